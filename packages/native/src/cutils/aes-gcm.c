/* AES-256-GCM: the two operations on a keyed context, and the one-shot forms made of them. */
#include "cutils/internal.h"

int cutils_gcm_seal(EVP_CIPHER_CTX *context, const uint8_t *nonce, cutils_span aad, cutils_span text, uint8_t *out) {
  int written = 0;
  uint8_t *tag_at = out + text.len;
  OSSL_PARAM tag[2] = {
      {OSSL_CIPHER_PARAM_AEAD_TAG, OSSL_PARAM_OCTET_STRING, tag_at, CUTILS_TAG_BYTES, OSSL_PARAM_UNMODIFIED},
      {NULL, 0, NULL, 0, 0},
  };
  bool ok = EVP_EncryptInit_ex2(context, NULL, NULL, nonce, NULL) == 1;
  if (ok && aad.len) ok = EVP_EncryptUpdate(context, NULL, &written, aad.bytes, (int)aad.len) == 1;
  if (ok && text.len) {
    ok = EVP_EncryptUpdate(context, out, &written, text.bytes, (int)text.len) == 1 && written == (int)text.len;
  }
  ok = ok && EVP_EncryptFinal_ex(context, tag_at, &written) == 1 && written == 0;
  ok = ok && EVP_CIPHER_CTX_get_params(context, tag) == 1;
  if (ok) return CUTILS_OK;
  OPENSSL_cleanse(out, text.len + CUTILS_TAG_BYTES);
  return CUTILS_ECRYPTO;
}

int cutils_gcm_open(EVP_CIPHER_CTX *context, const uint8_t *nonce, cutils_span aad, cutils_span sealed, uint8_t *out) {
  int written = 0;
  int len = (int)(sealed.len - CUTILS_TAG_BYTES);
  uint8_t tag_bytes[CUTILS_TAG_BYTES];
  memcpy(tag_bytes, sealed.bytes + len, CUTILS_TAG_BYTES); /* OpenSSL's parameter is not const, the input is */
  const OSSL_PARAM tag[2] = {
      {OSSL_CIPHER_PARAM_AEAD_TAG, OSSL_PARAM_OCTET_STRING, tag_bytes, CUTILS_TAG_BYTES, OSSL_PARAM_UNMODIFIED},
      {NULL, 0, NULL, 0, 0},
  };
  bool ok = EVP_DecryptInit_ex2(context, NULL, NULL, nonce, tag) == 1;
  if (ok && aad.len) ok = EVP_DecryptUpdate(context, NULL, &written, aad.bytes, (int)aad.len) == 1;
  if (ok && len) ok = EVP_DecryptUpdate(context, out, &written, sealed.bytes, len) == 1 && written == len;
  /* Only this call compares the tag: until it says 1, out holds bytes that anybody may have chosen. */
  bool fits = ok && EVP_DecryptFinal_ex(context, tag_bytes, &written) == 1 && written == 0;
  if (fits) return CUTILS_OK;
  OPENSSL_cleanse(out, (size_t)len);
  return ok ? CUTILS_EOPEN : CUTILS_ECRYPTO;
}

/* A context keyed for this call alone, in *out; freed by the caller even after a failure. */
static int one_shot_context(bool sealing, const uint8_t *key, EVP_CIPHER_CTX **out) {
  EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  *out = context;
  bool ok = cipher != NULL && context != NULL &&
            (sealing ? EVP_EncryptInit_ex2(context, cipher, key, NULL, NULL)
                     : EVP_DecryptInit_ex2(context, cipher, key, NULL, NULL)) == 1;
  EVP_CIPHER_free(cipher);
  return ok ? CUTILS_OK : CUTILS_ECRYPTO;
}

static int check_one_shot(const uint8_t *key, const uint8_t *nonce, cutils_span aad, cutils_span in, const uint8_t *out) {
  if (!key || !nonce || !span_ok(aad) || !span_ok(in) || (!out && in.len)) return CUTILS_EARG;
  if (aad.len > CUTILS_TEXT_BYTES_MAX || in.len > CUTILS_TEXT_BYTES_MAX) return CUTILS_ETOOBIG;
  return CUTILS_OK;
}

int aes_gcm_encrypt(const uint8_t key[CUTILS_KEY_BYTES], const uint8_t nonce[CUTILS_NONCE_BYTES], const uint8_t *aad,
                    size_t aad_len, const uint8_t *in, size_t len, uint8_t *out) {
  cutils_span additional = {aad, aad_len}, text = {in, len};
  int code = out ? check_one_shot(key, nonce, additional, text, out) : CUTILS_EARG;
  if (code != CUTILS_OK) return code;
  EVP_CIPHER_CTX *context = NULL;
  code = one_shot_context(true, key, &context);
  if (code == CUTILS_OK) code = cutils_gcm_seal(context, nonce, additional, text, out);
  EVP_CIPHER_CTX_free(context);
  return code;
}

int aes_gcm_decrypt(const uint8_t key[CUTILS_KEY_BYTES], const uint8_t nonce[CUTILS_NONCE_BYTES], const uint8_t *aad,
                    size_t aad_len, const uint8_t *in, size_t len, uint8_t *out) {
  cutils_span additional = {aad, aad_len}, sealed = {in, len};
  if (len < CUTILS_TAG_BYTES) return CUTILS_EENVELOPE;
  uint8_t nothing[1]; /* an empty text needs no room: out may be NULL then */
  if (!out && len == CUTILS_TAG_BYTES) out = nothing;
  int code = check_one_shot(key, nonce, additional, sealed, out);
  if (code != CUTILS_OK) return code;
  EVP_CIPHER_CTX *context = NULL;
  code = one_shot_context(false, key, &context);
  if (code == CUTILS_OK) code = cutils_gcm_open(context, nonce, additional, sealed, out);
  EVP_CIPHER_CTX_free(context);
  return code;
}
