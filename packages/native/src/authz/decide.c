/* Deciding: the rules of a permission, those that deny first, each a walk from test to test. Nothing is allocated, nothing
 * outside the request is read, and every value is checked where it is used, because requests come from anywhere. */
#include "authz/holds.h"

/* The values of one request, with those of one resource laid over them. */
typedef struct view {
  const authz_policy *policy;
  const authz_request *request;
  const authz_value *over;  /* the resource's values, or NULL */
  const uint8_t *place;     /* for each attribute, which of them is its value; NOT_OVER: none */
} view;

#define NOT_OVER UINT8_MAX

/* What a walk found: an authz_outcome, with the attribute in question and the test that settled it. */
typedef struct finding {
  uint32_t outcome, attribute, test;
} finding;

typedef struct members {
  const uint32_t *items;
  uint32_t count;
} members;

static authz_value value_of(const view *v, uint32_t attribute) {
  if (v->over && v->place[attribute] != NOT_OVER) return v->over[v->place[attribute]];
  return v->request->values[attribute];
}

/* Looks at one attribute: true when it is there and of its type. Else *outcome says why not. */
static bool read_value(const view *v, uint32_t attribute, authz_value *out, uint32_t *outcome) {
  *out = value_of(v, attribute);
  uint32_t type = v->policy->types[attribute];
  bool ok = out->type == type;
  if (type == AUTHZ_FLAG) ok = ok && out->value <= 1;
  if (type == AUTHZ_TIME) ok = ok && out->value < 24 * 60;
  if (type == AUTHZ_TEXT) ok = ok && out->value != 0;
  if (!ok) *outcome = out->type == AUTHZ_ABSENT ? AUTHZ_RULE_ABSENT : AUTHZ_RULE_TYPE;
  return ok;
}

static bool read_set(const view *v, authz_value value, members *out) {
  const authz_request *request = v->request;
  if (!request->pool || value.value >= request->pool_len) return false;
  out->count = request->pool[value.value];
  out->items = request->pool + value.value + 1;
  return out->count <= AUTHZ_MEMBERS_MAX && out->count < request->pool_len - value.value;
}

static bool is_member(members set, uint32_t value) {
  bool found = false;
  for (uint32_t i = 0; i < set.count; i++) found |= set.items[i] == value;
  return found;
}

static bool meet(members a, members b) {
  for (uint32_t i = 0; i < a.count; i++) {
    if (is_member(b, a.items[i])) return true;
  }
  return false;
}

/* One test: 1 or 0, or -1 with the outcome and the attribute at fault. */
static int run_test(const view *v, const authz_test *test, finding *found) {
  authz_value value, other;
  members set = {NULL, 0}, other_set = {NULL, 0};
  found->attribute = test->attribute;
  if (!read_value(v, test->attribute, &value, &found->outcome)) return -1;
  bool of_set = test->op == TEST_HAS || test->op == TEST_MEETS;
  if (of_set && !read_set(v, value, &set)) {
    found->outcome = AUTHZ_RULE_TYPE;
    return -1;
  }
  if (test->op == TEST_HAS) return is_member(set, test->value);
  bool of_other = test->op == TEST_IS_OTHER || test->op == TEST_IN_SET || test->op == TEST_MEETS;
  if (!of_other) return holds_of(v->policy, test, value.value);

  found->attribute = test->other;
  if (!read_value(v, test->other, &other, &found->outcome)) return -1;
  if (test->op == TEST_IS_OTHER) return value.value == other.value;
  if (!read_set(v, other, &other_set)) {
    found->outcome = AUTHZ_RULE_TYPE;
    return -1;
  }
  return test->op == TEST_IN_SET ? is_member(other_set, value.value) : meet(set, other_set);
}

static finding run_rule(const view *v, const authz_rule *rule, uint64_t roles) {
  finding found = {.outcome = AUTHZ_RULE_NO_ROLE, .attribute = AUTHZ_NONE, .test = AUTHZ_NONE};
  if (!(rule->roles & roles)) return found;
  uint32_t at = rule->test_count ? rule->first_test : GO_APPLIES;
  while (at < GO_APPLIES) {
    const authz_test *test = &v->policy->tests[at];
    found.test = at;
    int holds = run_test(v, test, &found);
    if (holds < 0) return found;
    at = holds ? test->on_true : test->on_false;
  }
  found.outcome = at == GO_APPLIES ? AUTHZ_RULE_APPLIES : AUTHZ_RULE_FALSE;
  found.attribute = AUTHZ_NONE;
  return found;
}

/* Where explaining writes its steps; deciding has none. */
typedef struct journal {
  authz_step *steps;
  size_t cap, count;
} journal;

static void note(journal *j, const authz_policy *policy, uint32_t number, finding found) {
  if (j->count < j->cap) {
    const authz_rule *rule = &policy->rules[number];
    authz_step step = {number, found.outcome, found.attribute, rule->line, rule->column};
    if (found.test != AUTHZ_NONE) {
      step.line = policy->tests[found.test].line;
      step.column = policy->tests[found.test].column;
    }
    j->steps[j->count] = step;
  }
  j->count++;
}

static authz_decision undecidable(uint32_t rule, finding found) {
  uint32_t reason = found.outcome == AUTHZ_RULE_ABSENT ? AUTHZ_DENIED_ABSENT : AUTHZ_DENIED_TYPE;
  return (authz_decision){reason, rule, found.attribute};
}

static const authz_decision bad_request = {AUTHZ_DENIED_REQUEST, AUTHZ_NONE, AUTHZ_NONE};

static authz_decision decide(const view *v, journal *j) {
  const authz_policy *policy = v->policy;
  uint64_t roles = v->request->roles | ROLE_ANYBODY;
  authz_decision denied = {AUTHZ_DENIED_DEFAULT, AUTHZ_NONE, AUTHZ_NONE};
  uint32_t permission = v->request->permission;
  for (uint32_t i = policy->starts[permission]; i < policy->starts[permission + 1]; i++) {
    uint32_t number = policy->order[i];
    const authz_rule *rule = &policy->rules[number];
    finding found = run_rule(v, rule, roles);
    if (j) note(j, policy, number, found);
    if (found.outcome == AUTHZ_RULE_NO_ROLE || found.outcome == AUTHZ_RULE_FALSE) continue;
    bool applies = found.outcome == AUTHZ_RULE_APPLIES;
    if (rule->denies) return applies ? (authz_decision){AUTHZ_DENIED_BY_RULE, number, AUTHZ_NONE} : undecidable(number, found);
    if (applies) return (authz_decision){AUTHZ_ALLOWED, number, AUTHZ_NONE};
    if (denied.reason == AUTHZ_DENIED_DEFAULT) denied = undecidable(number, found);
  }
  return denied;
}

static bool request_ok(const authz_policy *policy, const authz_request *request) {
  return policy && request && request->permission < policy->permissions.count &&
         (request->values || policy->attributes.count == 0);
}

authz_decision authz_decide(const authz_policy *policy, const authz_request *request) {
  if (!request_ok(policy, request)) return bad_request;
  view v = {.policy = policy, .request = request};
  return decide(&v, NULL);
}

/* Where a resource has the value of each attribute; false when a number is none, or is there twice. */
static bool place_attributes(const authz_policy *policy, const uint32_t *attributes, uint32_t width, uint8_t *place) {
  memset(place, NOT_OVER, AUTHZ_ATTRIBUTES_MAX);
  for (uint32_t i = 0; i < width; i++) {
    if (attributes[i] >= policy->attributes.count || place[attributes[i]] != NOT_OVER) return false;
    place[attributes[i]] = (uint8_t)i;
  }
  return true;
}

void authz_decide_many(const authz_policy *policy, const authz_request *request, const uint32_t *attributes, uint32_t width,
                       const authz_value *resources, size_t count, authz_decision *decisions) {
  uint8_t place[AUTHZ_ATTRIBUTES_MAX];
  bool ok = request_ok(policy, request) && width <= AUTHZ_ATTRIBUTES_MAX && ((attributes && resources) || width == 0) &&
            place_attributes(policy, attributes, width, place);
  view v = {.policy = policy, .request = request, .place = place};
  for (size_t i = 0; i < count; i++) {
    if (ok && width) v.over = resources + i * width;
    decisions[i] = ok ? decide(&v, NULL) : bad_request;
  }
}

authz_decision authz_explain(const authz_policy *policy, const authz_request *request, authz_step *steps, size_t cap,
                             size_t *count) {
  journal j = {.steps = steps, .cap = steps ? cap : 0};
  authz_decision decision = bad_request;
  if (request_ok(policy, request)) {
    view v = {.policy = policy, .request = request};
    decision = decide(&v, &j);
  }
  if (count) *count = j.count;
  return decision;
}
