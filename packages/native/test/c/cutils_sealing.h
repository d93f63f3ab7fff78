/* What the tests of sealing share: rings, a place, and sealing one text there. */
#ifndef CUTILS_SEALING_H
#define CUTILS_SEALING_H

#include "check.h"
#include "cutils.h"

#define TEXT(literal) ((cutils_span){(const uint8_t *)(literal), sizeof(literal) - 1})

static const uint8_t index_key[32] = {9};

static inline cutils_key make_key(uint32_t id, cutils_key_state state) {
  cutils_key key = {.id = id, .state = state};
  memset(key.key, (int)(id % 251 + 1), sizeof key.key);
  return key;
}

static inline cutils_ring *make_ring(const cutils_key *keys, size_t count) {
  cutils_ring *ring = NULL;
  CHECK_INT(cutils_ring_new(keys, count, index_key, &ring), CUTILS_OK);
  return ring;
}

static inline cutils_ring *one_key_ring(uint32_t id) {
  cutils_key key = make_key(id, CUTILS_ACTIVE);
  return make_ring(&key, 1);
}

static inline cutils_column make_column(cutils_span tenant, cutils_span table, cutils_span column) {
  cutils_column made;
  CHECK_INT(cutils_column_init(&made, tenant, table, column), CUTILS_OK);
  return made;
}

static const cutils_span text = TEXT("123-45-6789"), row = TEXT("r1");
#define SEALED_BYTES (11 + CUTILS_OVERHEAD_BYTES)

static inline cutils_column ssn(void) { return make_column(TEXT("t1"), TEXT("patient"), TEXT("ssn")); }

static inline void seal_text(cutils_ring *ring, uint8_t sealed[SEALED_BYTES]) {
  cutils_column column = ssn();
  size_t len = 0;
  CHECK_INT(cutils_seal(ring, &column, row, text, sealed, SEALED_BYTES, &len), CUTILS_OK);
  CHECK_INT(len, SEALED_BYTES);
}

static inline int open_text(cutils_ring *ring, const uint8_t *sealed, size_t sealed_len, uint8_t out[64]) {
  cutils_column column = ssn();
  size_t len = 99;
  int code = cutils_open(ring, &column, row, (cutils_span){sealed, sealed_len}, out, 64, &len);
  CHECK_INT(len, code == CUTILS_OK ? sealed_len - CUTILS_OVERHEAD_BYTES : 0);
  return code;
}

#endif
