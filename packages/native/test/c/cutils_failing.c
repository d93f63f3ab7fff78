/* Torture: everything libcutils does is run once and counted, then again with each allocation and each OpenSSL call
 * failing in turn. Each time it must answer with a code, leave no text behind, leak nothing (the leak sanitizer looks)
 * and work again afterwards. */
#include "check.h"
#include "cutils.h"
#include "failing-alloc.h"
#include "failing-openssl.h"

#define TEXT(literal) ((cutils_span){(const uint8_t *)(literal), sizeof(literal) - 1})

typedef int (*scenario)(void);

static const uint8_t index_key[32] = {1};
static const cutils_key keys[2] = {{1, CUTILS_ACTIVE, {2}}, {2, CUTILS_DECRYPT_ONLY, {3}}};

/* Seals, rotates, opens; the text must be back, or not be there at all. */
static int seal_rotate_open(void) {
  cutils_ring *ring = NULL;
  cutils_column column;
  uint8_t sealed[64] = {0}, opened[64] = {0}, zeros[64] = {0};
  size_t len = 0;
  int code = cutils_column_init(&column, TEXT("t"), TEXT("p"), TEXT("c"));
  if (code == CUTILS_OK) code = cutils_ring_new(keys, 2, index_key, &ring);
  if (code == CUTILS_OK) {
    code = cutils_seal(ring, &column, TEXT("r"), TEXT("secret"), sealed, sizeof sealed, &len);
    if (code != CUTILS_OK) CHECK_BYTES(sealed, zeros, sizeof sealed);
  }
  if (code == CUTILS_OK) code = cutils_ring_rotate(ring, 3, index_key);
  if (code == CUTILS_OK) {
    code = cutils_open(ring, &column, TEXT("r"), (cutils_span){sealed, len}, opened, sizeof opened, &len);
    CHECK_BYTES(opened, code == CUTILS_OK ? (const uint8_t *)"secret" : zeros, 6);
  }
  cutils_ring_free(ring);
  return code;
}

static int one_shot(void) {
  uint8_t sealed[32] = {0}, opened[16] = {0}, hash[32];
  int code = aes_gcm_encrypt(index_key, index_key, index_key, 8, index_key, 9, sealed);
  if (code == CUTILS_OK) code = aes_gcm_decrypt(index_key, index_key, index_key, 8, sealed, 25, opened);
  if (code == CUTILS_OK) code = sha256(sealed, 25, hash);
  return code;
}

static int token(void) {
  static const uint8_t long_key[100] = {7};
  cutils_ring *ring = NULL;
  cutils_field *field = NULL;
  uint8_t out[32];
  int code = cutils_ring_new(keys, 1, index_key, &ring);
  if (code == CUTILS_OK) code = cutils_field_new(ring, TEXT("t"), TEXT("f"), &field);
  if (code == CUTILS_OK) code = cutils_token(field, TEXT("value"), out);
  if (code == CUTILS_OK) code = cutils_hmac_sha256((cutils_span){long_key, 100}, TEXT("data"), out);
  cutils_field_free(field);
  cutils_ring_free(ring);
  return code;
}

static int merkle(void) {
  enum { LEAVES = 7 };
  cutils_hasher *hasher = NULL;
  uint8_t leaves[LEAVES][32], root[32], old_root[32], proof[CUTILS_PROOF_NODES_MAX * 32];
  size_t nodes = 0;
  int code = cutils_hasher_new(&hasher);
  for (uint8_t i = 0; code == CUTILS_OK && i < LEAVES; i++) {
    code = cutils_merkle_leaf(hasher, (cutils_span){&i, 1}, leaves[i]);
  }
  if (code == CUTILS_OK) code = cutils_merkle_root(hasher, leaves[0], LEAVES, root);
  for (uint64_t i = 0; code == CUTILS_OK && i < LEAVES; i++) {
    code = cutils_merkle_inclusion(hasher, leaves[0], LEAVES, i, proof, &nodes);
    if (code == CUTILS_OK) code = cutils_merkle_verify_inclusion(hasher, leaves[i], i, LEAVES, proof, nodes, root);
  }
  for (uint64_t old = 1; code == CUTILS_OK && old <= LEAVES; old++) {
    code = cutils_merkle_root(hasher, leaves[0], old, old_root);
    if (code == CUTILS_OK) code = cutils_merkle_consistency(hasher, leaves[0], LEAVES, old, proof, &nodes);
    if (code == CUTILS_OK) code = cutils_merkle_verify_consistency(hasher, old, LEAVES, proof, nodes, old_root, root);
  }
  cutils_hasher_free(hasher);
  return code;
}

static const scenario scenarios[] = {seal_rotate_open, one_shot, token, merkle};
#define SCENARIOS (sizeof scenarios / sizeof scenarios[0])

TEST(survives_the_failure_of_each_allocation) {
  for (size_t i = 0; i < SCENARIOS; i++) {
    alloc_reset(-1);
    CHECK_INT(scenarios[i](), CUTILS_OK);
    long count = alloc_count;
    for (long n = 0; n < count; n++) {
      alloc_reset(n);
      CHECK_INT(scenarios[i](), CUTILS_ENOMEM);
    }
    alloc_reset(-1);
    CHECK_INT(scenarios[i](), CUTILS_OK);
  }
}

TEST(checks_the_answer_of_every_openssl_call) {
  for (size_t i = 0; i < SCENARIOS; i++) {
    openssl_reset(-1);
    CHECK_INT(scenarios[i](), CUTILS_OK);
    long count = openssl_count;
    CHECK(count > 0);
    for (long n = 0; n < count; n++) {
      openssl_reset(n);
      int code = scenarios[i]();
      /* A tag check that fails and one that cannot be made look the same, and must: neither gives the text out. */
      CHECK(code == CUTILS_ECRYPTO || code == CUTILS_EOPEN);
    }
    openssl_reset(-1);
    CHECK_INT(scenarios[i](), CUTILS_OK);
  }
}

TEST(a_ring_whose_random_source_failed_works_again) {
  cutils_ring *ring = NULL;
  cutils_column column;
  uint8_t sealed[64];
  size_t len = 0;
  CHECK_INT(cutils_column_init(&column, TEXT("t"), TEXT("p"), TEXT("c")), CUTILS_OK);
  CHECK_INT(cutils_ring_new(keys, 1, index_key, &ring), CUTILS_OK);
  openssl_reset(0); /* the first call a seal makes is for nonces */
  CHECK_INT(cutils_seal(ring, &column, TEXT("r"), TEXT("x"), sealed, sizeof sealed, &len), CUTILS_ECRYPTO);
  openssl_reset(-1);
  CHECK_INT(cutils_seal(ring, &column, TEXT("r"), TEXT("x"), sealed, sizeof sealed, &len), CUTILS_OK);
  cutils_ring_free(ring);
}

int main(void) {
  RUN(survives_the_failure_of_each_allocation);
  RUN(checks_the_answer_of_every_openssl_call);
  RUN(a_ring_whose_random_source_failed_works_again);
  return finish();
}
