/* SHA-256, comparison and wiping. */
#include <stdlib.h>

#include "cutils/internal.h"

struct cutils_hasher {
  EVP_MD *digest;
  EVP_MD_CTX *context;
};

int cutils_hasher_new(cutils_hasher **out) {
  if (!out) return CUTILS_EARG;
  *out = NULL;
  cutils_hasher *hasher = calloc(1, sizeof *hasher);
  if (!hasher) return CUTILS_ENOMEM;
  hasher->digest = EVP_MD_fetch(NULL, "SHA256", NULL);
  hasher->context = EVP_MD_CTX_new();
  if (!hasher->digest || !hasher->context || EVP_DigestInit_ex2(hasher->context, hasher->digest, NULL) != 1) {
    cutils_hasher_free(hasher);
    return CUTILS_ECRYPTO;
  }
  *out = hasher;
  return CUTILS_OK;
}

void cutils_hasher_free(cutils_hasher *hasher) {
  if (!hasher) return;
  EVP_MD_CTX_free(hasher->context);
  EVP_MD_free(hasher->digest);
  free(hasher);
}

int cutils_hasher_prefixed(cutils_hasher *hasher, const uint8_t *prefix, cutils_span data, uint8_t out[CUTILS_HASH_BYTES]) {
  if (!hasher || !span_ok(data) || !out) return CUTILS_EARG;
  unsigned written = 0;
  bool ok = EVP_DigestInit_ex2(hasher->context, NULL, NULL) == 1;
  if (ok && prefix) ok = EVP_DigestUpdate(hasher->context, prefix, 1) == 1;
  if (ok && data.len) ok = EVP_DigestUpdate(hasher->context, data.bytes, data.len) == 1;
  ok = ok && EVP_DigestFinal_ex(hasher->context, out, &written) == 1 && written == CUTILS_HASH_BYTES;
  return ok ? CUTILS_OK : CUTILS_ECRYPTO;
}

int cutils_hasher_sha256(cutils_hasher *hasher, cutils_span data, uint8_t out[CUTILS_HASH_BYTES]) {
  return cutils_hasher_prefixed(hasher, NULL, data, out);
}

int sha256(const uint8_t *data, size_t len, uint8_t out[CUTILS_HASH_BYTES]) {
  cutils_hasher *hasher = NULL;
  int code = cutils_hasher_new(&hasher);
  if (code == CUTILS_OK) code = cutils_hasher_sha256(hasher, (cutils_span){data, len}, out);
  cutils_hasher_free(hasher);
  return code;
}

int cutils_equal(const uint8_t *a, const uint8_t *b, size_t len) { return len == 0 || CRYPTO_memcmp(a, b, len) == 0; }

void cutils_wipe(void *bytes, size_t len) {
  if (len) OPENSSL_cleanse(bytes, len);
}
