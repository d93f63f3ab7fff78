/* cutils_open and the envelope of D6 on hostile bytes.
 * Properties: bytes that no ring sealed never open; what a ring seals opens to the same text; a sealed value with one
 * changed byte, or at another place, does not. Input: one byte of how, then a place's row, then text or envelope. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cutils.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TEXT(literal) ((cutils_span){(const uint8_t *)(literal), sizeof(literal) - 1})

static cutils_ring *make_ring(void) {
  cutils_ring *ring = NULL;
  cutils_key keys[3] = {{1, CUTILS_ACTIVE, {1}}, {2, CUTILS_DECRYPT_ONLY, {2}}, {3, CUTILS_DESTROYED, {0}}};
  if (cutils_ring_new(keys, 3, keys[0].key, &ring) != CUTILS_OK) abort();
  return ring;
}

static void must_not_open(cutils_ring *ring, const cutils_column *column, cutils_span row, cutils_span sealed) {
  uint8_t *out = malloc(sealed.len + 1);
  size_t len = 1;
  if (!out) return;
  if (cutils_open(ring, column, row, sealed, out, sealed.len, &len) == CUTILS_OK || len != 0) abort();
  free(out);
}

static void seal_then_tamper(cutils_ring *ring, const cutils_column *column, cutils_span row, cutils_span text, uint8_t how) {
  size_t cap = text.len + CUTILS_OVERHEAD_BYTES, len = 0, opened_len = 0;
  uint8_t *sealed = malloc(cap), *opened = malloc(text.len + 1);
  if (!sealed || !opened) abort();
  if (cutils_seal(ring, column, row, text, sealed, cap, &len) != CUTILS_OK || len != cap) abort();
  if (cutils_open(ring, column, row, (cutils_span){sealed, len}, opened, text.len, &opened_len) != CUTILS_OK) abort();
  if (opened_len != text.len || (text.len && memcmp(opened, text.bytes, text.len) != 0)) abort();
  must_not_open(ring, column, TEXT("another row, surely never the one in the input, 0123456789"), (cutils_span){sealed, len});
  must_not_open(ring, column, row, (cutils_span){sealed, len - 1});
  sealed[how % len] ^= (uint8_t)(how | 1);
  must_not_open(ring, column, row, (cutils_span){sealed, len});
  free(sealed);
  free(opened);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static cutils_ring *ring;
  static cutils_column column;
  if (!ring) {
    ring = make_ring();
    if (cutils_column_init(&column, TEXT("tenant"), TEXT("patient"), TEXT("ssn")) != CUTILS_OK) abort();
  }
  if (size < 2) return 0;
  uint8_t how = data[0];
  size_t row_len = data[1] % 32 + 1u;
  if (size < 2 + row_len) return 0;
  cutils_span row = {data + 2, row_len}, rest = {data + 2 + row_len, size - 2 - row_len};
  must_not_open(ring, &column, row, rest);
  seal_then_tamper(ring, &column, row, rest, how);
  return 0;
}
