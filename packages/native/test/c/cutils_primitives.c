/* AES-256-GCM, HMAC-SHA-256 and SHA-256 against published vectors, and what the one-shot functions refuse. */
#include "check.h"
#include "cutils.h"
#include "hex.h"

typedef struct gcm_vector {
  const char *key, *nonce, *aad, *text, *sealed;
} gcm_vector;

/* McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test cases 13 to 16. */
static const gcm_vector gcm_vectors[] = {
    {"0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000", "", "",
     "530f8afbc74536b9a963b4f1c4cb738b"},
    {"0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000", "",
     "00000000000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"},
    {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888", "",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba"
     "637b391aafd255",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abc"
     "c9f662898015adb094dac5d93471bdec1a502270e3cc6c"},
    {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
     "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba"
     "637b39",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abc"
     "c9f66276fc6ece0f4e1768cddf8853bb2d551b"},
};

typedef struct gcm_case {
  uint8_t key[32], nonce[12], aad[32], text[80], sealed[96];
  size_t aad_len, text_len, sealed_len;
} gcm_case;

static gcm_case read_vector(const gcm_vector *vector) {
  gcm_case read;
  hex(vector->key, read.key);
  hex(vector->nonce, read.nonce);
  read.aad_len = hex(vector->aad, read.aad);
  read.text_len = hex(vector->text, read.text);
  read.sealed_len = hex(vector->sealed, read.sealed);
  return read;
}

#define VECTORS (sizeof gcm_vectors / sizeof gcm_vectors[0])

TEST(encrypts_and_decrypts_the_published_aes_256_gcm_vectors) {
  for (size_t i = 0; i < VECTORS; i++) {
    gcm_case v = read_vector(&gcm_vectors[i]);
    uint8_t out[96];
    CHECK_INT(aes_gcm_encrypt(v.key, v.nonce, v.aad, v.aad_len, v.text, v.text_len, out), CUTILS_OK);
    CHECK_INT(v.text_len + CUTILS_TAG_BYTES, v.sealed_len);
    CHECK_BYTES(out, v.sealed, v.sealed_len);
    CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, v.aad, v.aad_len, v.sealed, v.sealed_len, out), CUTILS_OK);
    CHECK_BYTES(out, v.text, v.text_len);
  }
}

TEST(encrypts_in_place) {
  gcm_case v = read_vector(&gcm_vectors[3]);
  uint8_t both[96];
  memcpy(both, v.text, v.text_len);
  CHECK_INT(aes_gcm_encrypt(v.key, v.nonce, v.aad, v.aad_len, both, v.text_len, both), CUTILS_OK);
  CHECK_BYTES(both, v.sealed, v.sealed_len);
  CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, v.aad, v.aad_len, both, v.sealed_len, both), CUTILS_OK);
  CHECK_BYTES(both, v.text, v.text_len);
}

TEST(reads_and_writes_only_its_own_bytes) {
  gcm_case v = read_vector(&gcm_vectors[3]);
  uint8_t *key = guarded(v.key, 32), *nonce = guarded(v.nonce, 12), *aad = guarded(v.aad, v.aad_len);
  uint8_t *text = guarded(v.text, v.text_len), *out = guarded(v.sealed, v.sealed_len);
  CHECK_INT(aes_gcm_encrypt(key, nonce, aad, v.aad_len, text, v.text_len, out), CUTILS_OK);
  CHECK_INT(aes_gcm_decrypt(key, nonce, aad, v.aad_len, out, v.sealed_len, text), CUTILS_OK);
  CHECK_BYTES(text, v.text, v.text_len);
  guarded_free(key, 32);
  guarded_free(nonce, 12);
  guarded_free(aad, v.aad_len);
  guarded_free(text, v.text_len);
  guarded_free(out, v.sealed_len);
}

TEST(refuses_every_flipped_bit_and_leaves_no_text) {
  gcm_case v = read_vector(&gcm_vectors[3]);
  uint8_t zeros[80] = {0};
  for (size_t bit = 0; bit < v.sealed_len * 8; bit++) {
    uint8_t out[80];
    v.sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
    CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, v.aad, v.aad_len, v.sealed, v.sealed_len, out), CUTILS_EOPEN);
    CHECK_BYTES(out, zeros, v.text_len);
    v.sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
  }
}

TEST(refuses_another_key_nonce_or_additional_data) {
  gcm_case v = read_vector(&gcm_vectors[3]);
  uint8_t out[80];
  v.key[0] ^= 1;
  CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, v.aad, v.aad_len, v.sealed, v.sealed_len, out), CUTILS_EOPEN);
  v.key[0] ^= 1;
  v.nonce[11] ^= 1;
  CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, v.aad, v.aad_len, v.sealed, v.sealed_len, out), CUTILS_EOPEN);
  v.nonce[11] ^= 1;
  CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, v.aad, v.aad_len - 1, v.sealed, v.sealed_len, out), CUTILS_EOPEN);
  CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, NULL, 0, v.sealed, v.sealed_len, out), CUTILS_EOPEN);
  CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, v.aad, v.aad_len, v.sealed, v.sealed_len, out), CUTILS_OK);
}

TEST(refuses_what_is_shorter_than_a_tag) {
  gcm_case v = read_vector(&gcm_vectors[0]);
  for (size_t len = 0; len < CUTILS_TAG_BYTES; len++) {
    CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, NULL, 0, v.sealed, len, NULL), CUTILS_EENVELOPE);
  }
  CHECK_INT(aes_gcm_decrypt(v.key, v.nonce, NULL, 0, v.sealed, CUTILS_TAG_BYTES, NULL), CUTILS_OK);
}

TEST(refuses_missing_pointers_and_lengths_over_the_limit_unread) {
  uint8_t key[32] = {0}, nonce[12] = {0}, in[32] = {0}, out[64];
  CHECK_INT(aes_gcm_encrypt(NULL, nonce, NULL, 0, in, 1, out), CUTILS_EARG);
  CHECK_INT(aes_gcm_encrypt(key, NULL, NULL, 0, in, 1, out), CUTILS_EARG);
  CHECK_INT(aes_gcm_encrypt(key, nonce, NULL, 1, in, 1, out), CUTILS_EARG);
  CHECK_INT(aes_gcm_encrypt(key, nonce, NULL, 0, NULL, 1, out), CUTILS_EARG);
  CHECK_INT(aes_gcm_encrypt(key, nonce, NULL, 0, NULL, 0, NULL), CUTILS_EARG);
  CHECK_INT(aes_gcm_decrypt(NULL, nonce, NULL, 0, in, 16, out), CUTILS_EARG);
  CHECK_INT(aes_gcm_decrypt(key, nonce, NULL, 0, in, 17, NULL), CUTILS_EARG);
  CHECK_INT(aes_gcm_decrypt(key, nonce, NULL, 0, NULL, 17, out), CUTILS_EARG);
  CHECK_INT(aes_gcm_encrypt(key, nonce, NULL, 0, in, CUTILS_TEXT_BYTES_MAX + 1, out), CUTILS_ETOOBIG);
  CHECK_INT(aes_gcm_encrypt(key, nonce, in, CUTILS_TEXT_BYTES_MAX + 1, in, 1, out), CUTILS_ETOOBIG);
  CHECK_INT(aes_gcm_decrypt(key, nonce, NULL, 0, in, SIZE_MAX, out), CUTILS_ETOOBIG);
}

typedef struct text_vector {
  const char *key, *data, *hash;
} text_vector;

TEST(hashes_the_published_sha_256_vectors) {
  /* FIPS 180-4 examples and the NIST long message of a million letters. */
  static const text_vector vectors[] = {
      {"", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
  };
  uint8_t hash[32], expected[32];
  for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
    hex(vectors[i].hash, expected);
    CHECK_INT(sha256((const uint8_t *)vectors[i].data, strlen(vectors[i].data), hash), CUTILS_OK);
    CHECK_BYTES(hash, expected, 32);
  }
  uint8_t *million = malloc(1000000);
  memset(million, 'a', 1000000);
  hex("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", expected);
  CHECK_INT(sha256(million, 1000000, hash), CUTILS_OK);
  CHECK_BYTES(hash, expected, 32);
  free(million);
  CHECK_INT(sha256(NULL, 0, hash), CUTILS_OK);
  CHECK_INT(sha256(NULL, 1, hash), CUTILS_EARG);
  CHECK_INT(sha256(hash, 1, NULL), CUTILS_EARG);
}

static void repeat(uint8_t *out, uint8_t byte, size_t count) { memset(out, byte, count); }

TEST(computes_the_rfc_4231_hmac_vectors) {
  uint8_t key[131], data[160], mac[32], expected[32];
  repeat(key, 0x0b, 20);
  hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", expected);
  CHECK_INT(cutils_hmac_sha256((cutils_span){key, 20}, (cutils_span){(const uint8_t *)"Hi There", 8}, mac), CUTILS_OK);
  CHECK_BYTES(mac, expected, 32);
  hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", expected);
  CHECK_INT(cutils_hmac_sha256((cutils_span){(const uint8_t *)"Jefe", 4},
                               (cutils_span){(const uint8_t *)"what do ya want for nothing?", 28}, mac),
            CUTILS_OK);
  CHECK_BYTES(mac, expected, 32);
  repeat(key, 0xaa, 131);
  repeat(data, 0xdd, 50);
  hex("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe", expected);
  CHECK_INT(cutils_hmac_sha256((cutils_span){key, 20}, (cutils_span){data, 50}, mac), CUTILS_OK);
  CHECK_BYTES(mac, expected, 32);
  const char *long_data =
      "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed "
      "before being used by the HMAC algorithm.";
  hex("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2", expected);
  CHECK_INT(cutils_hmac_sha256((cutils_span){key, 131}, (cutils_span){(const uint8_t *)long_data, strlen(long_data)}, mac),
            CUTILS_OK);
  CHECK_BYTES(mac, expected, 32);
  const char *hash_key_first = "Test Using Larger Than Block-Size Key - Hash Key First";
  hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54", expected);
  cutils_span first = {(const uint8_t *)hash_key_first, strlen(hash_key_first)};
  CHECK_INT(cutils_hmac_sha256((cutils_span){key, 131}, first, mac), CUTILS_OK);
  CHECK_BYTES(mac, expected, 32);
}

TEST(hmac_takes_an_empty_key_and_refuses_missing_bytes) {
  uint8_t mac[32], expected[32];
  hex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad", expected);
  CHECK_INT(cutils_hmac_sha256((cutils_span){NULL, 0}, (cutils_span){NULL, 0}, mac), CUTILS_OK);
  CHECK_BYTES(mac, expected, 32);
  CHECK_INT(cutils_hmac_sha256((cutils_span){NULL, 1}, (cutils_span){NULL, 0}, mac), CUTILS_EARG);
  CHECK_INT(cutils_hmac_sha256((cutils_span){NULL, 0}, (cutils_span){NULL, 1}, mac), CUTILS_EARG);
  CHECK_INT(cutils_hmac_sha256((cutils_span){NULL, 0}, (cutils_span){NULL, 0}, NULL), CUTILS_EARG);
}

TEST(compares_and_wipes) {
  uint8_t a[4] = {1, 2, 3, 4}, b[4] = {1, 2, 3, 4}, zeros[4] = {0};
  CHECK_INT(cutils_equal(a, b, 4), 1);
  b[3] = 5;
  CHECK_INT(cutils_equal(a, b, 4), 0);
  CHECK_INT(cutils_equal(a, b, 3), 1);
  CHECK_INT(cutils_equal(NULL, NULL, 0), 1);
  cutils_wipe(a, 4);
  CHECK_BYTES(a, zeros, 4);
  cutils_wipe(NULL, 0);
}

TEST(names_every_code_once) {
  for (int code = CUTILS_ECRYPTO; code <= CUTILS_OK; code++) {
    CHECK(strcmp(cutils_code_name(code), "unknown") != 0);
    for (int other = CUTILS_ECRYPTO; other < code; other++) {
      CHECK(strcmp(cutils_code_name(code), cutils_code_name(other)) != 0);
    }
  }
  CHECK_STR(cutils_code_name(1), "unknown");
  CHECK_STR(cutils_code_name(CUTILS_ECRYPTO - 1), "unknown");
}

int main(void) {
  RUN(encrypts_and_decrypts_the_published_aes_256_gcm_vectors);
  RUN(encrypts_in_place);
  RUN(reads_and_writes_only_its_own_bytes);
  RUN(refuses_every_flipped_bit_and_leaves_no_text);
  RUN(refuses_another_key_nonce_or_additional_data);
  RUN(refuses_what_is_shorter_than_a_tag);
  RUN(refuses_missing_pointers_and_lengths_over_the_limit_unread);
  RUN(hashes_the_published_sha_256_vectors);
  RUN(computes_the_rfc_4231_hmac_vectors);
  RUN(hmac_takes_an_empty_key_and_refuses_missing_bytes);
  RUN(compares_and_wipes);
  RUN(names_every_code_once);
  return finish();
}
