/* No nonce comes twice under one key: 200,000 values sealed, or as many as INFIRMARY_NONCES says. */
#include <stdlib.h>

#include "cutils_sealing.h"

enum { NONCE_AT = 6, NONCE_BYTES = 12, USUAL_COUNT = 200000 };

static int compare(const void *a, const void *b) { return memcmp(a, b, NONCE_BYTES); }

TEST(seals_no_two_values_with_one_nonce) {
  const char *wanted = getenv("INFIRMARY_NONCES");
  const size_t count = wanted ? strtoul(wanted, NULL, 10) : USUAL_COUNT;
  uint8_t *nonces = malloc(count * NONCE_BYTES + 1);
  cutils_ring *ring = one_key_ring(1);
  cutils_column column = ssn();
  uint8_t sealed[SEALED_BYTES];
  size_t len = 0, failed = 0, repeated = 0;
  CHECK(nonces != NULL);
  for (size_t i = 0; nonces && i < count; i++) {
    failed += cutils_seal(ring, &column, row, text, sealed, sizeof sealed, &len) != CUTILS_OK;
    memcpy(nonces + i * NONCE_BYTES, sealed + NONCE_AT, NONCE_BYTES);
  }
  CHECK_INT(failed, 0);
  qsort(nonces, count, NONCE_BYTES, compare);
  for (size_t i = 1; i < count; i++) repeated += compare(nonces + (i - 1) * NONCE_BYTES, nonces + i * NONCE_BYTES) == 0;
  CHECK_INT(repeated, 0);
  cutils_ring_free(ring);
  free(nonces);
}

int main(void) {
  RUN(seals_no_two_values_with_one_nonce);
  return finish();
}
