/* The envelope of one stored value and its binding to a place. */
#include "cutils/internal.h"

/* Column, row and key id, each with its length. */
#define AAD_BYTES_MAX (sizeof(((cutils_column *)0)->aad) + 4 + CUTILS_ROW_BYTES_MAX + 4 + 4)

int cutils_column_init(cutils_column *out, cutils_span tenant, cutils_span table, cutils_span column) {
  if (!out) return CUTILS_EARG;
  out->len = 0;
  if (!name_ok(tenant, CUTILS_NAME_BYTES_MAX) || !name_ok(table, CUTILS_NAME_BYTES_MAX) ||
      !name_ok(column, CUTILS_NAME_BYTES_MAX)) {
    return CUTILS_EARG;
  }
  uint8_t *at = put_part(out->aad, "v1", 2);
  at = put_part(at, tenant.bytes, tenant.len);
  at = put_part(at, table.bytes, table.len);
  at = put_part(at, column.bytes, column.len);
  out->len = (size_t)(at - out->aad);
  return CUTILS_OK;
}

static cutils_span make_aad(uint8_t *aad, const cutils_column *column, cutils_span row, uint32_t key_id) {
  uint8_t id[4];
  put_u32(id, key_id);
  memcpy(aad, column->aad, column->len);
  uint8_t *at = put_part(aad + column->len, row.bytes, row.len);
  at = put_part(at, id, sizeof id);
  return (cutils_span){aad, (size_t)(at - aad)};
}

/* What seal and open demand alike. The column's length is checked too: it is the caller's memory. */
static int check_call(const cutils_ring *ring, const cutils_column *column, cutils_span row, cutils_span in,
                      const uint8_t *out, size_t *out_len) {
  if (!out_len) return CUTILS_EARG;
  *out_len = 0;
  if (!ring || !column || column->len == 0 || column->len > sizeof column->aad) return CUTILS_EARG;
  if (!name_ok(row, CUTILS_ROW_BYTES_MAX) || !span_ok(in) || !out) return CUTILS_EARG;
  return CUTILS_OK;
}

int cutils_seal(cutils_ring *ring, const cutils_column *column, cutils_span row, cutils_span text, uint8_t *out, size_t cap,
                size_t *out_len) {
  int code = check_call(ring, column, row, text, out, out_len);
  if (code != CUTILS_OK) return code;
  if (text.len > CUTILS_TEXT_BYTES_MAX) return CUTILS_ETOOBIG;
  if (cap < text.len + CUTILS_OVERHEAD_BYTES) return CUTILS_ENOSPACE;
  key_slot *key = ring->active;
  if (!key) return CUTILS_ENOACTIVE;
  if (key->seals >= CUTILS_SEALS_MAX) return CUTILS_EEXHAUSTED;

  uint8_t nonce[CUTILS_NONCE_BYTES];
  code = cutils_nonce_pool_take(&ring->nonces, nonce);
  if (code != CUTILS_OK) return code;
  uint8_t aad[AAD_BYTES_MAX];
  code = cutils_gcm_seal(key->seal, nonce, make_aad(aad, column, row, key->id), text, out + CUTILS_HEADER_BYTES);
  if (code != CUTILS_OK) return code;
  key->seals++;
  out[0] = CUTILS_ENVELOPE_VERSION;
  out[1] = CUTILS_ALG_AES_256_GCM;
  memcpy(put_u32(out + 2, key->id), nonce, CUTILS_NONCE_BYTES);
  *out_len = text.len + CUTILS_OVERHEAD_BYTES;
  return CUTILS_OK;
}

int cutils_envelope_key_id(cutils_span sealed, uint32_t *out) {
  if (!span_ok(sealed) || !out) return CUTILS_EARG;
  if (sealed.len < CUTILS_OVERHEAD_BYTES || sealed.bytes[0] != CUTILS_ENVELOPE_VERSION ||
      sealed.bytes[1] != CUTILS_ALG_AES_256_GCM) {
    return CUTILS_EENVELOPE;
  }
  *out = get_u32(sealed.bytes + 2);
  return CUTILS_OK;
}

int cutils_open(cutils_ring *ring, const cutils_column *column, cutils_span row, cutils_span sealed, uint8_t *out,
                size_t cap, size_t *out_len) {
  int code = check_call(ring, column, row, sealed, out, out_len);
  if (code != CUTILS_OK) return code;
  uint32_t key_id = 0;
  code = cutils_envelope_key_id(sealed, &key_id);
  if (code != CUTILS_OK) return code;
  size_t text_len = sealed.len - CUTILS_OVERHEAD_BYTES;
  if (text_len > CUTILS_TEXT_BYTES_MAX) return CUTILS_ETOOBIG;
  if (cap < text_len) return CUTILS_ENOSPACE;
  key_slot *key = cutils_ring_find(ring, key_id);
  if (!key) return CUTILS_EUNKNOWNKEY;
  if (key->state == CUTILS_DESTROYED) return CUTILS_EDESTROYED;

  uint8_t aad[AAD_BYTES_MAX];
  cutils_span body = {sealed.bytes + CUTILS_HEADER_BYTES, sealed.len - CUTILS_HEADER_BYTES};
  code = cutils_gcm_open(key->open, sealed.bytes + 6, make_aad(aad, column, row, key_id), body, out);
  if (code == CUTILS_OK) *out_len = text_len;
  return code;
}

int cutils_seal_many(cutils_ring *ring, cutils_item *items, size_t count) {
  if (!items && count) return CUTILS_EARG;
  int first = CUTILS_OK;
  for (cutils_item *item = items; item < items + count; item++) {
    item->code = cutils_seal(ring, item->column, item->row, item->in, item->out, item->cap, &item->out_len);
    if (first == CUTILS_OK) first = item->code;
  }
  return first;
}

int cutils_open_many(cutils_ring *ring, cutils_item *items, size_t count) {
  if (!items && count) return CUTILS_EARG;
  int first = CUTILS_OK;
  for (cutils_item *item = items; item < items + count; item++) {
    item->code = cutils_open(ring, item->column, item->row, item->in, item->out, item->cap, &item->out_len);
    if (first == CUTILS_OK) first = item->code;
  }
  return first;
}
