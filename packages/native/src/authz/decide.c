/* Deciding: the rules of a permission, those that deny first, each a walk from test to test. Nothing is allocated, nothing
 * outside the request is read, and every value is checked where it is used, because requests come from anywhere. */
#include "authz/holds.h"

typedef struct view {
  const authz_policy *policy;
  const authz_value *values;
  members pool;
} view;

/* A test cannot be made: because of its own attribute, or because of the other one. */
enum { FAULT = 2, FAULT_OF_OTHER = 3 };

/* One test: 1 or 0, or a fault. */
static inline uint32_t run_test(const view *v, const authz_test *test) {
  const authz_value value = v->values[test->attribute];
  members set = {NULL, 0}, other_set = {NULL, 0};
  if (!is_of(value, test->type)) return FAULT;
  if (test->type == AUTHZ_SET && !read_set(v->pool, value.value, &set)) return FAULT;
  if (!reads_two(test)) return test->op == TEST_HAS ? is_member(set, test->value) : holds_of(v->policy, test, value.value);

  const authz_value other = v->values[test->other];
  if (!is_of(other, test->other_type)) return FAULT_OF_OTHER;
  if (test->op == TEST_IS_OTHER) return value.value == other.value;
  if (!read_set(v->pool, other.value, &other_set)) return FAULT_OF_OTHER;
  return test->op == TEST_IN_SET ? is_member(other_set, value.value) : meet(set, other_set);
}

/* A rule: 1 when it applies, 0 when not, or a fault; *last is the test that settled it, if any. */
static inline uint32_t run_rule(const view *v, const rule_entry *rule, uint32_t *last) {
  uint32_t at = rule->first;
  while (at < GO_APPLIES) {
    const authz_test *test = &v->policy->tests[at];
    *last = at;
    const uint32_t holds = run_test(v, test);
    if (holds >= FAULT) return holds;
    at = holds ? test->on_true : test->on_false;
  }
  return at == GO_APPLIES;
}

authz_decision authz_undecidable(uint32_t rule, uint32_t attribute, authz_value value) {
  return (authz_decision){value.type == AUTHZ_ABSENT ? AUTHZ_DENIED_ABSENT : AUTHZ_DENIED_TYPE, rule, attribute};
}

static authz_decision undecided(const view *v, uint32_t rule, uint32_t fault, uint32_t at) {
  const authz_test *test = &v->policy->tests[at];
  const uint32_t attribute = fault == FAULT ? test->attribute : test->other;
  return authz_undecidable(rule, attribute, v->values[attribute]);
}

/* Where explaining writes its steps; deciding has none. */
typedef struct journal {
  authz_step *steps;
  size_t cap, count;
} journal;

static uint32_t outcome_of(bool for_roles, uint32_t holds, authz_decision why) {
  if (holds >= FAULT) return why.reason == AUTHZ_DENIED_ABSENT ? AUTHZ_RULE_ABSENT : AUTHZ_RULE_TYPE;
  if (holds) return AUTHZ_RULE_APPLIES;
  return for_roles ? AUTHZ_RULE_FALSE : AUTHZ_RULE_NO_ROLE;
}

static void note(journal *j, const authz_policy *policy, uint32_t number, uint32_t outcome, uint32_t attribute, uint32_t last) {
  if (j->count < j->cap) {
    const authz_rule *rule = &policy->rules[number];
    authz_step step = {number, outcome, attribute, rule->line, rule->column};
    if (last != AUTHZ_NONE) {
      step.line = policy->tests[last].line;
      step.column = policy->tests[last].column;
    }
    j->steps[j->count] = step;
  }
  j->count++;
}

static inline authz_decision decide(const authz_policy *policy, const authz_request *request, journal *j) {
  const view v = {policy, request->values, {request->pool, request->pool ? request->pool_len : 0}};
  const uint64_t roles = request->roles | ROLE_ANYBODY;
  const rule_entry *end = policy->entries + policy->starts[request->permission + 1];
  authz_decision denied = {AUTHZ_DENIED_DEFAULT, AUTHZ_NONE, AUTHZ_NONE};
  for (const rule_entry *rule = policy->entries + policy->starts[request->permission]; rule < end; rule++) {
    uint32_t last = AUTHZ_NONE;
    const bool for_roles = (rule->roles & roles) != 0;
    const uint32_t holds = for_roles ? run_rule(&v, rule, &last) : 0;
    authz_decision why = {AUTHZ_DENIED_DEFAULT, AUTHZ_NONE, AUTHZ_NONE};
    if (holds >= FAULT) why = undecided(&v, rule->rule, holds, last);
    if (j) note(j, policy, rule->rule, outcome_of(for_roles, holds, why), why.attribute, last);
    if (holds == 0) continue;
    if (holds == 1) return (authz_decision){rule->denies ? AUTHZ_DENIED_BY_RULE : AUTHZ_ALLOWED, rule->rule, AUTHZ_NONE};
    if (rule->denies) return why;
    if (denied.reason == AUTHZ_DENIED_DEFAULT) denied = why;
  }
  return denied;
}

static const authz_decision bad_request = {AUTHZ_DENIED_REQUEST, AUTHZ_NONE, AUTHZ_NONE};

bool authz_request_ok(const authz_policy *policy, const authz_request *request) {
  return policy && request && request->permission < policy->permissions.count &&
         (request->values || policy->attributes.count == 0);
}

authz_decision authz_decide(const authz_policy *policy, const authz_request *request) {
  return authz_request_ok(policy, request) ? decide(policy, request, NULL) : bad_request;
}

authz_decision authz_explain(const authz_policy *policy, const authz_request *request, authz_step *steps, size_t cap,
                             size_t *count) {
  journal j = {.steps = steps, .cap = steps ? cap : 0};
  const authz_decision decision = authz_request_ok(policy, request) ? decide(policy, request, &j) : bad_request;
  if (count) *count = j.count;
  return decision;
}
