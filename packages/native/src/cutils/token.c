/* HMAC-SHA-256 and the search tokens made with it. A field keeps the hash states after the key's inner and outer block,
 * so that a token costs two short hashes and no allocation. */
#include <stdlib.h>

#include "cutils/internal.h"

#define BLOCK_BYTES 64

struct cutils_field {
  EVP_MD *digest;
  EVP_MD_CTX *inner, *outer, *work;
};

void cutils_field_free(cutils_field *field) {
  if (!field) return;
  EVP_MD_CTX_free(field->inner);
  EVP_MD_CTX_free(field->outer);
  EVP_MD_CTX_free(field->work);
  EVP_MD_free(field->digest);
  free(field);
}

static bool absorb_block(EVP_MD_CTX *context, const EVP_MD *digest, const uint8_t key[BLOCK_BYTES], uint8_t pad) {
  uint8_t block[BLOCK_BYTES];
  for (size_t i = 0; i < BLOCK_BYTES; i++) block[i] = key[i] ^ pad;
  bool ok = EVP_DigestInit_ex2(context, digest, NULL) == 1 && EVP_DigestUpdate(context, block, BLOCK_BYTES) == 1;
  OPENSSL_cleanse(block, BLOCK_BYTES);
  return ok;
}

static int field_fill(cutils_field *field, cutils_span key) {
  uint8_t block[BLOCK_BYTES] = {0};
  if (key.len > BLOCK_BYTES) {
    int code = sha256(key.bytes, key.len, block);
    if (code != CUTILS_OK) return code;
  } else if (key.len) {
    memcpy(block, key.bytes, key.len);
  }
  field->digest = EVP_MD_fetch(NULL, "SHA256", NULL);
  field->inner = EVP_MD_CTX_new();
  field->outer = EVP_MD_CTX_new();
  field->work = EVP_MD_CTX_new();
  bool ok = field->digest && field->inner && field->outer && field->work;
  ok = ok && absorb_block(field->inner, field->digest, block, 0x36);
  ok = ok && absorb_block(field->outer, field->digest, block, 0x5c);
  OPENSSL_cleanse(block, BLOCK_BYTES);
  return ok ? CUTILS_OK : CUTILS_ECRYPTO;
}

int cutils_field_from_key(cutils_span key, cutils_field **out) {
  cutils_field *field = calloc(1, sizeof *field);
  if (!field) return CUTILS_ENOMEM;
  int code = field_fill(field, key);
  if (code == CUTILS_OK) {
    *out = field;
  } else {
    cutils_field_free(field);
  }
  return code;
}

int cutils_token(cutils_field *field, cutils_span value, uint8_t out[CUTILS_HASH_BYTES]) {
  if (!field || !span_ok(value) || !out) return CUTILS_EARG;
  uint8_t inner[CUTILS_HASH_BYTES];
  unsigned written = 0;
  bool ok = EVP_MD_CTX_copy_ex(field->work, field->inner) == 1;
  if (ok && value.len) ok = EVP_DigestUpdate(field->work, value.bytes, value.len) == 1;
  ok = ok && EVP_DigestFinal_ex(field->work, inner, &written) == 1 && written == CUTILS_HASH_BYTES;
  ok = ok && EVP_MD_CTX_copy_ex(field->work, field->outer) == 1;
  ok = ok && EVP_DigestUpdate(field->work, inner, CUTILS_HASH_BYTES) == 1;
  ok = ok && EVP_DigestFinal_ex(field->work, out, &written) == 1 && written == CUTILS_HASH_BYTES;
  return ok ? CUTILS_OK : CUTILS_ECRYPTO;
}

int cutils_hmac_sha256(cutils_span key, cutils_span data, uint8_t out[CUTILS_HASH_BYTES]) {
  if (!span_ok(key) || !span_ok(data) || !out) return CUTILS_EARG;
  cutils_field *field = NULL;
  int code = cutils_field_from_key(key, &field);
  if (code == CUTILS_OK) code = cutils_token(field, data, out);
  cutils_field_free(field);
  return code;
}

/* The key one level down: HMAC of what it is for and of which. */
static int derive(const uint8_t parent[CUTILS_KEY_BYTES], const char *purpose, cutils_span name,
                  uint8_t out[CUTILS_KEY_BYTES]) {
  uint8_t label[4 + 8 + 4 + CUTILS_NAME_BYTES_MAX];
  uint8_t *at = put_part(label, purpose, strlen(purpose));
  at = put_part(at, name.bytes, name.len);
  return cutils_hmac_sha256((cutils_span){parent, CUTILS_KEY_BYTES}, (cutils_span){label, (size_t)(at - label)}, out);
}

int cutils_field_new(cutils_ring *ring, cutils_span tenant, cutils_span field, cutils_field **out) {
  if (!out) return CUTILS_EARG;
  *out = NULL;
  if (!ring || !name_ok(tenant, CUTILS_NAME_BYTES_MAX) || !name_ok(field, CUTILS_NAME_BYTES_MAX)) return CUTILS_EARG;
  uint8_t tenant_key[CUTILS_KEY_BYTES], field_key[CUTILS_KEY_BYTES];
  int code = derive(ring->index_key, "tenant", tenant, tenant_key);
  if (code == CUTILS_OK) code = derive(tenant_key, "field", field, field_key);
  if (code == CUTILS_OK) code = cutils_field_from_key((cutils_span){field_key, CUTILS_KEY_BYTES}, out);
  OPENSSL_cleanse(tenant_key, sizeof tenant_key);
  OPENSSL_cleanse(field_key, sizeof field_key);
  return code;
}
