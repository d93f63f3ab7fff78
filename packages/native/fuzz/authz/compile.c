/* Compiling hostile text, and deciding hostile requests by what compiled.
 * Properties: a failure names a place inside the text; explaining comes to the same as deciding, and so does deciding with
 * the attributes given by a resource; whom every rule's roles exclude is never allowed.
 * Input: the text, and behind its first NUL the bytes of a request. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "authz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define POOL_WORDS 64

static void check(int holds) {
  if (!holds) abort();
}

static void decide_all(const authz_policy *policy, const uint8_t *bytes, size_t size) {
  authz_value values[AUTHZ_ATTRIBUTES_MAX] = {{0, 0}}, absent[AUTHZ_ATTRIBUTES_MAX] = {{0, 0}};
  uint32_t pool[POOL_WORDS] = {0}, numbers[AUTHZ_ATTRIBUTES_MAX];
  const uint32_t width = authz_count(policy, AUTHZ_ATTRIBUTES);
  for (uint32_t i = 0; i < width && 2 * i + 1 < size; i++) {
    values[i].type = bytes[2 * i] % 8 == 7 ? (uint32_t)authz_attribute_type(policy, i) : bytes[2 * i] % 6;
    values[i].value = bytes[2 * i + 1];
  }
  for (uint32_t i = 0; i < width; i++) numbers[i] = i;
  memcpy(pool, bytes, size < sizeof pool ? size : sizeof pool);
  for (uint32_t i = 0; i < POOL_WORDS; i += 3) pool[i] %= 8;
  for (uint32_t p = 0; p < authz_count(policy, AUTHZ_PERMISSIONS) + 1; p++) {
    authz_request request = {.permission = p, .roles = size ? bytes[0] : 0, .values = values, .pool = pool, .pool_len = POOL_WORDS};
    authz_decision decision = authz_decide(policy, &request), many;
    authz_step steps[4];
    size_t count = 0;
    authz_decision explained = authz_explain(policy, &request, steps, 4, &count);
    check(memcmp(&decision, &explained, sizeof decision) == 0);
    check(count <= authz_count(policy, AUTHZ_RULES));
    check(decision.reason >= AUTHZ_ALLOWED && decision.reason <= AUTHZ_DENIED_REQUEST);
    check((decision.reason == AUTHZ_ALLOWED) <= (decision.rule < authz_count(policy, AUTHZ_RULES)));
    request.values = absent;
    request.pool = NULL;
    const authz_resources resources = {numbers, width, values, 1, pool, POOL_WORDS};
    authz_decide_many(policy, &request, &resources, &many);
    check(memcmp(&decision, &many, sizeof decision) == 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const uint8_t *end = size ? memchr(data, 0, size) : NULL;
  size_t len = end ? (size_t)(end - data) : size;
  authz_policy *policy = NULL;
  authz_error error;
  int code = authz_compile((const char *)data, len, &policy, &error);
  check(code == error.code && error.offset <= len && (code == AUTHZ_OK) == (policy != NULL));
  if (policy) decide_all(policy, data + len + (end != NULL), size - len - (end != NULL));
  authz_free(policy);
  return 0;
}
