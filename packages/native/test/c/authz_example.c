/* What a program needs that knows nothing but the header: a policy, a request, the answer and the reason. */
#include "authz.h"

#include <stdio.h>
#include <string.h>

static const char text[] =
    "role doctor, clerk\n"
    "permission patient.read\n"
    "attribute subject.facilities: set\n"
    "attribute resource.facility: text\n"
    "allow \"doctors read the patients of their facilities\"\n"
    "  doctor to patient.read when resource.facility in subject.facilities\n";

/* Texts that the policy does not name: any number above its symbols, the same for the same text. */
static uint32_t number_of(const authz_policy *policy, uint32_t text_number) {
  return authz_count(policy, AUTHZ_SYMBOLS) + 1 + text_number;
}

static int is_allowed(const authz_policy *policy, uint64_t roles, uint32_t facility) {
  const uint32_t pool[] = {2, number_of(policy, 0), number_of(policy, 1)}; /* a set of two texts */
  const authz_value values[] = {{AUTHZ_SET, 0}, {AUTHZ_TEXT, number_of(policy, facility)}};
  const authz_request request = {.permission = 0, .roles = roles, .values = values, .pool = pool, .pool_len = 3};
  return authz_decide(policy, &request).reason == AUTHZ_ALLOWED;
}

static int decides_rightly(void) {
  authz_policy *policy;
  authz_error error;
  if (authz_compile(text, strlen(text), &policy, &error) != AUTHZ_OK) {
    printf("# %u:%u: %s\n", error.line, error.column, error.message);
    return 0;
  }
  const uint64_t doctor = 1, clerk = 2; /* bits, in the order in which roles are declared */
  const int right = is_allowed(policy, doctor, 1) && !is_allowed(policy, doctor, 2) && !is_allowed(policy, clerk, 1);
  authz_free(policy);
  return right;
}

static int shows_where_a_policy_is_wrong(void) {
  static const char wrong[] = "role doctor\nallow \"all\" doctor to patient.read\n";
  authz_policy *policy;
  authz_error error;
  return authz_compile(wrong, strlen(wrong), &policy, &error) == AUTHZ_EUNKNOWN && error.line == 2 && policy == NULL;
}

int main(void) {
  const int decided = decides_rightly(), shown = shows_where_a_policy_is_wrong();
  printf("%s 1 - decides with nothing but the header\n", decided ? "ok" : "not ok");
  printf("%s 2 - shows where a policy is wrong\n1..2\n", shown ? "ok" : "not ok");
  return !(decided && shown);
}
