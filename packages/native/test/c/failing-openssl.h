/* OpenSSL failing when told to: every call libcutils makes is counted, and the one chosen answers as OpenSSL does when it
 * fails. Included by one file of a test program, which is then linked with --wrap for each of these names. */
#ifndef INFIRMARY_FAILING_OPENSSL_H
#define INFIRMARY_FAILING_OPENSSL_H

#include "cutils/openssl3.h"

static long openssl_count;        /* calls since openssl_reset */
static long openssl_fail_at = -1; /* which of them fails, from 0; -1: none */

static inline void openssl_reset(long fail_at) {
  openssl_count = 0;
  openssl_fail_at = fail_at;
}

static inline int openssl_fails(void) { return openssl_count++ == openssl_fail_at; }

#define FAILING(type, name, failure, parameters, arguments) \
  type __real_##name parameters;                            \
  type __wrap_##name parameters;                            \
  type __wrap_##name parameters { return openssl_fails() ? failure : __real_##name arguments; }

FAILING(EVP_CIPHER *, EVP_CIPHER_fetch, NULL, (OSSL_LIB_CTX * lib, const char *name, const char *props), (lib, name, props))
FAILING(EVP_CIPHER_CTX *, EVP_CIPHER_CTX_new, NULL, (void), ())
FAILING(int, EVP_CIPHER_CTX_get_params, 0, (EVP_CIPHER_CTX * c, OSSL_PARAM p[]), (c, p))
FAILING(int, EVP_EncryptInit_ex2, 0,
        (EVP_CIPHER_CTX * c, const EVP_CIPHER *t, const unsigned char *k, const unsigned char *iv, const OSSL_PARAM p[]),
        (c, t, k, iv, p))
FAILING(int, EVP_EncryptUpdate, 0, (EVP_CIPHER_CTX * c, unsigned char *o, int *n, const unsigned char *i, int l),
        (c, o, n, i, l))
FAILING(int, EVP_EncryptFinal_ex, 0, (EVP_CIPHER_CTX * c, unsigned char *o, int *n), (c, o, n))
FAILING(int, EVP_DecryptInit_ex2, 0,
        (EVP_CIPHER_CTX * c, const EVP_CIPHER *t, const unsigned char *k, const unsigned char *iv, const OSSL_PARAM p[]),
        (c, t, k, iv, p))
FAILING(int, EVP_DecryptUpdate, 0, (EVP_CIPHER_CTX * c, unsigned char *o, int *n, const unsigned char *i, int l),
        (c, o, n, i, l))
FAILING(int, EVP_DecryptFinal_ex, 0, (EVP_CIPHER_CTX * c, unsigned char *o, int *n), (c, o, n))
FAILING(EVP_MD *, EVP_MD_fetch, NULL, (OSSL_LIB_CTX * lib, const char *name, const char *props), (lib, name, props))
FAILING(EVP_MD_CTX *, EVP_MD_CTX_new, NULL, (void), ())
FAILING(int, EVP_MD_CTX_copy_ex, 0, (EVP_MD_CTX * o, const EVP_MD_CTX *i), (o, i))
FAILING(int, EVP_DigestInit_ex2, 0, (EVP_MD_CTX * c, const EVP_MD *t, const OSSL_PARAM p[]), (c, t, p))
FAILING(int, EVP_DigestUpdate, 0, (EVP_MD_CTX * c, const void *d, size_t l), (c, d, l))
FAILING(int, EVP_DigestFinal_ex, 0, (EVP_MD_CTX * c, unsigned char *o, unsigned int *n), (c, o, n))
FAILING(int, RAND_bytes, 0, (unsigned char *o, int l), (o, l))

#endif
