/* Deciding about many resources: up to 64 of them go through the rules side by side, a bit for each. A test is made for all
 * that have come to it before the next one is looked at, which is possible because every test goes on to a later one. The
 * decisions are those of authz_decide. */
#include "authz/holds.h"

#define LANES 64

/* Where an attribute's values are: those of a resource lie step apart, one that is common to all stands still. */
typedef struct column {
  const authz_value *at;
  size_t step;
  members pool;
} column;

typedef struct lanes {
  const authz_policy *policy;
  column columns[AUTHZ_ATTRIBUTES_MAX]; /* of the attributes asked for */
  size_t count;                         /* at most LANES */
  authz_decision *decisions;
} lanes;

static inline authz_value value_at(const column *c, size_t lane) { return c->at[lane * c->step]; }

static inline bool set_at(const column *c, size_t lane, members *out) {
  return read_set(c->pool, value_at(c, lane).value, out);
}

/* The lanes, out of those asked, whose value is of its type; a set is there as a whole. */
static uint64_t readable(const lanes *l, const column *c, uint8_t type, uint64_t asked) {
  uint64_t good = 0;
  members set;
  for (size_t i = 0; i < l->count; i++) good |= (uint64_t)is_of(value_at(c, i), type) << i;
  good &= asked;
  for (size_t i = 0; type == AUTHZ_SET && i < l->count; i++) {
    if (good >> i & 1 && !set_at(c, i, &set)) good &= ~((uint64_t)1 << i);
  }
  return good;
}

static bool holds_of_sets(const authz_test *test, const column *own, const column *other, size_t lane) {
  members set = {NULL, 0};
  switch ((test_op)test->op) {
    case TEST_HAS: return set_at(own, lane, &set) && is_member(set, test->value);
    case TEST_IN_SET: return set_at(other, lane, &set) && is_member(set, value_at(own, lane).value);
    default: break;
  }
  members other_set = {NULL, 0};
  return set_at(own, lane, &set) && set_at(other, lane, &other_set) && meet(set, other_set);
}

/* The lanes, out of those asked, for which the test holds. Their values are readable. */
static uint64_t holding(const lanes *l, const authz_test *test, uint64_t asked) {
  const column *own = &l->columns[test->attribute], *other = &l->columns[test->other];
  uint64_t held = 0;
  switch ((test_op)test->op) {
    case TEST_IS:
      for (size_t i = 0; i < l->count; i++) held |= (uint64_t)(value_at(own, i).value == test->value) << i;
      break;
    case TEST_IS_OTHER:
      for (size_t i = 0; i < l->count; i++) held |= (uint64_t)(value_at(own, i).value == value_at(other, i).value) << i;
      break;
    case TEST_IN_LIST:
    case TEST_RANGE:
    case TEST_WINDOW:
      for (size_t i = 0; i < l->count; i++) held |= (uint64_t)holds_of(l->policy, test, value_at(own, i).value) << i;
      break;
    case TEST_HAS:
    case TEST_IN_SET:
    case TEST_MEETS:
      for (size_t i = 0; i < l->count; i++) {
        if (asked >> i & 1) held |= (uint64_t)holds_of_sets(test, own, other, i) << i;
      }
      break;
  }
  return held & asked;
}

/* Notes for lanes that a rule cannot be decided by: the rule and the attribute. An allow rule does so only where nothing was
 * noted before. */
static void note_fault(const lanes *l, const rule_entry *rule, uint32_t attribute, uint64_t which) {
  for (size_t i = 0; i < l->count; i++) {
    if (!(which >> i & 1)) continue;
    if (!rule->denies && l->decisions[i].reason != AUTHZ_DENIED_DEFAULT) continue;
    l->decisions[i] = authz_undecidable(rule->rule, attribute, value_at(&l->columns[attribute], i));
  }
}

/* The lanes, out of those asked, to which the rule applies; *faults gets those that it cannot be decided for. */
static uint64_t applying(const lanes *l, const rule_entry *rule, uint64_t asked, uint64_t *faults) {
  if (rule->count == 0) return asked;
  uint64_t applies = 0, reached[AUTHZ_TESTS_MAX];
  memset(reached, 0, rule->count * sizeof *reached);
  reached[0] = asked;
  const authz_test *tests = l->policy->tests + rule->first;
  for (uint32_t t = 0; t < rule->count; t++) {
    const authz_test *test = &tests[t];
    if (!reached[t]) continue;
    uint64_t good = readable(l, &l->columns[test->attribute], test->type, reached[t]), both = good;
    if (good != reached[t]) note_fault(l, rule, test->attribute, reached[t] & ~good);
    if (reads_two(test)) both = readable(l, &l->columns[test->other], test->other_type, good);
    if (both != good) note_fault(l, rule, test->other, good & ~both);
    *faults |= reached[t] & ~both;
    const uint64_t held = holding(l, test, both), not_held = both & ~held;
    if (test->on_true < GO_APPLIES) reached[test->on_true - rule->first] |= held;
    if (test->on_false < GO_APPLIES) reached[test->on_false - rule->first] |= not_held;
    applies |= test->on_true == GO_APPLIES ? held : 0;
    applies |= test->on_false == GO_APPLIES ? not_held : 0;
  }
  return applies;
}

static void decide_lanes(const lanes *l, const rule_entry *rule, const rule_entry *end, uint64_t roles) {
  uint64_t open = UINT64_MAX >> (LANES - l->count);
  for (size_t i = 0; i < l->count; i++) l->decisions[i] = (authz_decision){AUTHZ_DENIED_DEFAULT, AUTHZ_NONE, AUTHZ_NONE};
  for (; open && rule < end; rule++) {
    if (!(rule->roles & roles)) continue;
    uint64_t faults = 0;
    const uint64_t applies = applying(l, rule, open, &faults);
    const authz_decision decision = {rule->denies ? AUTHZ_DENIED_BY_RULE : AUTHZ_ALLOWED, rule->rule, AUTHZ_NONE};
    for (size_t i = 0; applies >> i; i++) {
      if (applies >> i & 1) l->decisions[i] = decision;
      if (i == LANES - 1) break;
    }
    open &= ~applies;
    if (rule->denies) open &= ~faults;
  }
}

/* Finds the column of every attribute asked for; false when a number is no attribute, or is there twice. */
static bool find_columns(lanes *l, const authz_request *request, const authz_resources *r, uint64_t asked) {
  const members pool = {request->pool, request->pool ? request->pool_len : 0};
  const members pool_of_resources = {r->pool, r->pool ? r->pool_len : 0};
  uint64_t given = 0;
  for (uint32_t i = 0; i < r->width; i++) {
    const uint32_t attribute = r->attributes[i];
    if (attribute >= l->policy->attributes.count || given >> attribute & 1) return false;
    given |= (uint64_t)1 << attribute;
    l->columns[attribute] = (column){r->values + i, r->width, pool_of_resources};
  }
  asked &= ~given;
  for (uint32_t i = 0; asked; i++, asked >>= 1) {
    if (asked & 1) l->columns[i] = (column){request->values + i, 0, pool};
  }
  return true;
}

void authz_decide_many(const authz_policy *policy, const authz_request *request, const authz_resources *r,
                       authz_decision *decisions) {
  lanes l;
  l.policy = policy;
  if (!r) return;
  if (!authz_request_ok(policy, request) || r->width > AUTHZ_ATTRIBUTES_MAX || (r->width && !(r->attributes && r->values)) ||
      !find_columns(&l, request, r, policy->asks[request->permission])) {
    for (size_t i = 0; i < r->count; i++) decisions[i] = (authz_decision){AUTHZ_DENIED_REQUEST, AUTHZ_NONE, AUTHZ_NONE};
    return;
  }
  const rule_entry *first = policy->entries + policy->starts[request->permission];
  const rule_entry *end = policy->entries + policy->starts[request->permission + 1];
  for (size_t done = 0; done < r->count; done += l.count) {
    l.count = r->count - done < LANES ? r->count - done : LANES;
    l.decisions = decisions + done;
    decide_lanes(&l, first, end, request->roles | ROLE_ANYBODY);
    for (uint32_t i = 0; i < r->width; i++) l.columns[r->attributes[i]].at += l.count * r->width;
  }
}
