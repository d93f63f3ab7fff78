/* Search tokens: equal within one tenant and field, unrelated everywhere else. */
#include "check.h"
#include "cutils.h"
#include "hex.h"

#define TEXT(literal) ((cutils_span){(const uint8_t *)(literal), sizeof(literal) - 1})

static cutils_ring *ring_with_index_key(uint8_t first) {
  uint8_t index_key[32] = {first};
  cutils_ring *ring = NULL;
  CHECK_INT(cutils_ring_new(NULL, 0, index_key, &ring), CUTILS_OK);
  return ring;
}

static void token_of(cutils_ring *ring, cutils_span tenant, cutils_span name, cutils_span value, uint8_t out[32]) {
  cutils_field *field = NULL;
  CHECK_INT(cutils_field_new(ring, tenant, name, &field), CUTILS_OK);
  CHECK_INT(cutils_token(field, value, out), CUTILS_OK);
  cutils_field_free(field);
}

TEST(is_the_documented_chain_of_hmacs) {
  cutils_ring *ring = ring_with_index_key(3);
  uint8_t key[32] = {3}, label[64], token[32], expected[32];
  size_t len = hex("00000006" "74656e616e74" "00000002" "7431", label);
  CHECK_INT(cutils_hmac_sha256((cutils_span){key, 32}, (cutils_span){label, len}, key), CUTILS_OK);
  len = hex("00000005" "6669656c64" "00000003" "73736e", label);
  CHECK_INT(cutils_hmac_sha256((cutils_span){key, 32}, (cutils_span){label, len}, key), CUTILS_OK);
  CHECK_INT(cutils_hmac_sha256((cutils_span){key, 32}, TEXT("123456789"), expected), CUTILS_OK);
  token_of(ring, TEXT("t1"), TEXT("ssn"), TEXT("123456789"), token);
  CHECK_BYTES(token, expected, 32);
  cutils_ring_free(ring);
}

TEST(differs_by_tenant_field_value_and_index_key) {
  cutils_ring *ring = ring_with_index_key(1), *other = ring_with_index_key(2);
  uint8_t tokens[7][32];
  token_of(ring, TEXT("t1"), TEXT("ssn"), TEXT("123"), tokens[0]);
  token_of(ring, TEXT("t2"), TEXT("ssn"), TEXT("123"), tokens[1]);
  token_of(ring, TEXT("t1"), TEXT("mrn"), TEXT("123"), tokens[2]);
  token_of(ring, TEXT("t1"), TEXT("ssn"), TEXT("124"), tokens[3]);
  token_of(other, TEXT("t1"), TEXT("ssn"), TEXT("123"), tokens[4]);
  token_of(ring, TEXT("t1s"), TEXT("sn"), TEXT("123"), tokens[5]);
  token_of(ring, TEXT("t1"), TEXT("ssn"), TEXT(""), tokens[6]);
  for (int i = 0; i < 7; i++) {
    for (int j = 0; j < i; j++) CHECK(memcmp(tokens[i], tokens[j], 32) != 0);
  }
  cutils_ring_free(ring);
  cutils_ring_free(other);
}

TEST(stays_the_same_through_rotation_and_after_the_ring_is_gone) {
  cutils_ring *ring = ring_with_index_key(1);
  uint8_t before[32], after[32], key[32] = {1};
  cutils_field *field = NULL;
  CHECK_INT(cutils_field_new(ring, TEXT("t1"), TEXT("ssn"), &field), CUTILS_OK);
  CHECK_INT(cutils_token(field, TEXT("123"), before), CUTILS_OK);
  CHECK_INT(cutils_ring_rotate(ring, 9, key), CUTILS_OK);
  token_of(ring, TEXT("t1"), TEXT("ssn"), TEXT("123"), after);
  CHECK_BYTES(before, after, 32);
  cutils_ring_free(ring);
  CHECK_INT(cutils_token(field, TEXT("123"), after), CUTILS_OK);
  CHECK_BYTES(before, after, 32);
  cutils_field_free(field);
}

TEST(checks_every_argument) {
  cutils_ring *ring = ring_with_index_key(1);
  uint8_t name[CUTILS_NAME_BYTES_MAX + 1] = {1}, token[32];
  cutils_field *field = (cutils_field *)1;
  CHECK_INT(cutils_field_new(NULL, TEXT("t"), TEXT("f"), &field), CUTILS_EARG);
  CHECK(field == NULL);
  CHECK_INT(cutils_field_new(ring, TEXT(""), TEXT("f"), &field), CUTILS_EARG);
  CHECK_INT(cutils_field_new(ring, TEXT("t"), (cutils_span){name, sizeof name}, &field), CUTILS_EARG);
  CHECK_INT(cutils_field_new(ring, TEXT("t"), TEXT("f"), NULL), CUTILS_EARG);
  CHECK_INT(cutils_field_new(ring, (cutils_span){name, 255}, (cutils_span){name, 255}, &field), CUTILS_OK);
  CHECK_INT(cutils_token(NULL, TEXT("v"), token), CUTILS_EARG);
  CHECK_INT(cutils_token(field, (cutils_span){NULL, 1}, token), CUTILS_EARG);
  CHECK_INT(cutils_token(field, TEXT("v"), NULL), CUTILS_EARG);
  CHECK_INT(cutils_token(field, (cutils_span){NULL, 0}, token), CUTILS_OK);
  cutils_field_free(field);
  cutils_field_free(NULL);
  cutils_ring_free(ring);
}

int main(void) {
  RUN(is_the_documented_chain_of_hmacs);
  RUN(differs_by_tenant_field_value_and_index_key);
  RUN(stays_the_same_through_rotation_and_after_the_ring_is_gone);
  RUN(checks_every_argument);
  return finish();
}
