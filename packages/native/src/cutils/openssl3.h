/* The few functions of OpenSSL 3 that libcutils calls, declared here so that building needs no OpenSSL headers: Node
 * carries the library and exports it, a plain system has libcrypto.so.3. Their binary interface is fixed for the whole
 * of OpenSSL 3; test/c/cutils_openssl.c checks these declarations against the real headers where those exist. */
#ifndef CUTILS_OPENSSL3_H
#define CUTILS_OPENSSL3_H

#include <stddef.h>

typedef struct evp_cipher_st EVP_CIPHER;
typedef struct evp_cipher_ctx_st EVP_CIPHER_CTX;
typedef struct evp_md_st EVP_MD;
typedef struct evp_md_ctx_st EVP_MD_CTX;
typedef struct engine_st ENGINE;
typedef struct ossl_lib_ctx_st OSSL_LIB_CTX;
typedef struct ossl_param_st OSSL_PARAM;

#define CUTILS_OSSL_PARAM_MEMBERS \
  const char *key;                \
  unsigned int data_type;         \
  void *data;                     \
  size_t data_size;               \
  size_t return_size;

#ifndef OPENSSL_CORE_H /* only the test has the real headers too */
struct ossl_param_st {
  CUTILS_OSSL_PARAM_MEMBERS
};
#define OSSL_PARAM_OCTET_STRING 5
#define OSSL_PARAM_UNMODIFIED ((size_t)-1)
#define OSSL_CIPHER_PARAM_AEAD_TAG "tag"
#endif

EVP_CIPHER *EVP_CIPHER_fetch(OSSL_LIB_CTX *library, const char *algorithm, const char *properties);
void EVP_CIPHER_free(EVP_CIPHER *cipher);
EVP_CIPHER_CTX *EVP_CIPHER_CTX_new(void);
void EVP_CIPHER_CTX_free(EVP_CIPHER_CTX *context);
int EVP_CIPHER_CTX_get_params(EVP_CIPHER_CTX *context, OSSL_PARAM params[]);
int EVP_CIPHER_CTX_set_params(EVP_CIPHER_CTX *context, const OSSL_PARAM params[]);
int EVP_EncryptInit_ex2(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, const unsigned char *key,
                        const unsigned char *iv, const OSSL_PARAM params[]);
int EVP_EncryptUpdate(EVP_CIPHER_CTX *context, unsigned char *out, int *out_len, const unsigned char *in, int len);
int EVP_EncryptFinal_ex(EVP_CIPHER_CTX *context, unsigned char *out, int *out_len);
int EVP_DecryptInit_ex2(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, const unsigned char *key,
                        const unsigned char *iv, const OSSL_PARAM params[]);
int EVP_DecryptUpdate(EVP_CIPHER_CTX *context, unsigned char *out, int *out_len, const unsigned char *in, int len);
int EVP_DecryptFinal_ex(EVP_CIPHER_CTX *context, unsigned char *out, int *out_len);

EVP_MD *EVP_MD_fetch(OSSL_LIB_CTX *library, const char *algorithm, const char *properties);
void EVP_MD_free(EVP_MD *digest);
EVP_MD_CTX *EVP_MD_CTX_new(void);
void EVP_MD_CTX_free(EVP_MD_CTX *context);
int EVP_MD_CTX_copy_ex(EVP_MD_CTX *out, const EVP_MD_CTX *in);
int EVP_DigestInit_ex2(EVP_MD_CTX *context, const EVP_MD *digest, const OSSL_PARAM params[]);
int EVP_DigestUpdate(EVP_MD_CTX *context, const void *data, size_t len);
int EVP_DigestFinal_ex(EVP_MD_CTX *context, unsigned char *out, unsigned int *out_len);

int RAND_bytes(unsigned char *out, int len);
void OPENSSL_cleanse(void *bytes, size_t len);
int CRYPTO_memcmp(const void *a, const void *b, size_t len);

#endif
