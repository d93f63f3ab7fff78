/* What a program needs that knows nothing but the header: a value sealed for its place, opened there and nowhere else, and a
 * token to look it up by. */
#include "cutils.h"

#include <stdio.h>
#include <string.h>

static cutils_span span(const char *text) { return (cutils_span){(const uint8_t *)text, strlen(text)}; }

static int seals_and_opens(cutils_ring *ring) {
  cutils_column ssn;
  uint8_t sealed[64], opened[64];
  size_t sealed_len, opened_len;
  if (cutils_column_init(&ssn, span("hospital"), span("patient"), span("ssn")) != CUTILS_OK) return 0;
  if (cutils_seal(ring, &ssn, span("row-1"), span("123-45-6789"), sealed, sizeof sealed, &sealed_len) != CUTILS_OK) return 0;
  const cutils_span stored = {sealed, sealed_len};
  if (cutils_open(ring, &ssn, span("row-1"), stored, opened, sizeof opened, &opened_len) != CUTILS_OK) return 0;
  if (sealed_len != 11 + CUTILS_OVERHEAD_BYTES || opened_len != 11 || memcmp(opened, "123-45-6789", 11) != 0) return 0;
  return cutils_open(ring, &ssn, span("row-2"), stored, opened, sizeof opened, &opened_len) == CUTILS_EOPEN;
}

static int makes_tokens(cutils_ring *ring) {
  cutils_field *field;
  uint8_t one[CUTILS_HASH_BYTES], same[CUTILS_HASH_BYTES], other[CUTILS_HASH_BYTES];
  if (cutils_field_new(ring, span("hospital"), span("ssn"), &field) != CUTILS_OK) return 0;
  const int made = cutils_token(field, span("123456789"), one) == CUTILS_OK &&
                   cutils_token(field, span("123456789"), same) == CUTILS_OK &&
                   cutils_token(field, span("123456780"), other) == CUTILS_OK;
  cutils_field_free(field);
  return made && cutils_equal(one, same, sizeof one) && !cutils_equal(one, other, sizeof one);
}

int main(void) {
  cutils_key key = {.id = 1, .state = CUTILS_ACTIVE};
  uint8_t index_key[CUTILS_KEY_BYTES];
  cutils_ring *ring;
  memset(key.key, 0x11, sizeof key.key);
  memset(index_key, 0x44, sizeof index_key);
  int sealed = 0, found = 0;
  if (cutils_ring_new(&key, 1, index_key, &ring) == CUTILS_OK) {
    cutils_wipe(&key, sizeof key);
    sealed = seals_and_opens(ring);
    found = makes_tokens(ring);
    cutils_ring_free(ring);
  }
  printf("%s 1 - seals and opens with nothing but the header\n", sealed ? "ok" : "not ok");
  printf("%s 2 - makes tokens to look values up by\n1..2\n", found ? "ok" : "not ok");
  return !(sealed && found);
}
