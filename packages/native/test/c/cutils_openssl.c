/* src/cutils/openssl3.h declares OpenSSL's functions by hand. Where the real headers are installed, this file includes
 * both: a declaration that differs does not compile, and the structure and the constants are compared. */
#include "check.h"

#if __has_include(<openssl/evp.h>)
#include <openssl/core.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include "cutils/openssl3.h"

struct declared {
  CUTILS_OSSL_PARAM_MEMBERS
};

TEST(our_declarations_are_those_of_openssl) {
  CHECK_INT(sizeof(struct declared), sizeof(OSSL_PARAM));
  CHECK_INT(offsetof(struct declared, data_type), offsetof(OSSL_PARAM, data_type));
  CHECK_INT(offsetof(struct declared, data), offsetof(OSSL_PARAM, data));
  CHECK_INT(offsetof(struct declared, data_size), offsetof(OSSL_PARAM, data_size));
  CHECK_INT(offsetof(struct declared, return_size), offsetof(OSSL_PARAM, return_size));
  CHECK_INT(OSSL_PARAM_OCTET_STRING, 5);
  CHECK_INT(OSSL_PARAM_UNMODIFIED, (size_t)-1);
  CHECK_STR(OSSL_CIPHER_PARAM_AEAD_TAG, "tag");
}

int main(void) {
  RUN(our_declarations_are_those_of_openssl);
  return finish();
}

#else

int main(void) {
  printf("OpenSSL's headers are not installed: nothing to compare with\n");
  return 77;
}

#endif
