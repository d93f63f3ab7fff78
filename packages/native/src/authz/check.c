/* Contradictions: tests that must hold together and never can. Tests of one attribute change their answer at few values;
 * two of them can hold together exactly when they do at one of those, so those are tried. */
#include "authz/holds.h"

typedef struct literal {
  uint32_t test;
  bool negated;
} literal;

typedef struct checker {
  compiler *c;
  literal literals[AUTHZ_TESTS_MAX]; /* what must hold together, so far */
  uint32_t count;
} checker;

static const authz_test *test_of(const checker *k, literal l) { return &k->c->policy->tests[l.test]; }

static bool both_hold(const checker *k, literal a, literal b, uint32_t value) {
  const authz_policy *policy = k->c->policy;
  return holds_of(policy, test_of(k, a), value) != a.negated && holds_of(policy, test_of(k, b), value) != b.negated;
}

/* The values at which a test changes its answer, tried one after the other. */
static bool holds_at_edges(const checker *k, literal a, literal b, const authz_test *edges) {
  switch ((test_op)edges->op) {
    case TEST_IS: return both_hold(k, a, b, edges->value);
    case TEST_IN_LIST:
      for (uint32_t i = 0; i < edges->list_len; i++) {
        if (both_hold(k, a, b, k->c->policy->values[edges->list + i])) return true;
      }
      return false;
    case TEST_RANGE:
      return both_hold(k, a, b, (uint32_t)edges->low) ||
             (edges->high < INT32_MAX && both_hold(k, a, b, (uint32_t)(edges->high + 1)));
    case TEST_WINDOW: return both_hold(k, a, b, (uint32_t)edges->low) || both_hold(k, a, b, (uint32_t)edges->high);
    case TEST_IS_OTHER:
    case TEST_IN_SET:
    case TEST_HAS:
    case TEST_MEETS: break;
  }
  return false;
}

/* Values apart from all edges: a text no rule names, the smallest number, both flags, midnight. */
static bool holds_elsewhere(const checker *k, literal a, literal b, authz_type type) {
  switch (type) {
    case AUTHZ_TEXT: return both_hold(k, a, b, UINT32_MAX);
    case AUTHZ_NUMBER: return both_hold(k, a, b, (uint32_t)INT32_MIN);
    case AUTHZ_FLAG:
    case AUTHZ_TIME: return both_hold(k, a, b, 0) || both_hold(k, a, b, 1);
    case AUTHZ_SET:
    case AUTHZ_ABSENT: break;
  }
  return true;
}

static bool can_hold_together(const checker *k, literal a, literal b) {
  const authz_test *left = test_of(k, a), *right = test_of(k, b);
  if (left->attribute != right->attribute) return true;
  bool one_value = left->op == TEST_IS || left->op == TEST_IN_LIST || left->op == TEST_RANGE || left->op == TEST_WINDOW;
  bool other_value = right->op == TEST_IS || right->op == TEST_IN_LIST || right->op == TEST_RANGE || right->op == TEST_WINDOW;
  if (one_value != other_value) return true;
  if (!one_value) {
    bool same = left->op == right->op && left->other == right->other && left->value == right->value;
    return !same || a.negated == b.negated;
  }
  return holds_at_edges(k, a, b, left) || holds_at_edges(k, a, b, right) ||
         holds_elsewhere(k, a, b, (authz_type)k->c->policy->types[left->attribute]);
}

static bool add_literal(checker *k, literal added) {
  k->literals[k->count++] = added;
  for (uint32_t i = 0; i < k->count; i++) {
    if (!can_hold_together(k, k->literals[i], added)) {
      return authz_fail_at(k->c, test_of(k, added)->offset, AUTHZ_ECONTRADICTION,
                     i + 1 == k->count ? "this can never hold" : "this can never hold together with what was asked before");
    }
  }
  return true;
}

/* Whether the children of a node must all hold: "all", and "any" under "not". */
static bool is_conjunction(const node *n, bool negated) {
  return n->kind == NODE_NOT || n->kind == (negated ? NODE_ANY : NODE_ALL);
}

/* First everything that must hold at once ... */
static bool gather(checker *k, uint32_t at, bool negated) {
  const node *n = &k->c->nodes[at];
  if (n->kind == NODE_TEST) return add_literal(k, (literal){n->test, negated});
  if (!is_conjunction(n, negated)) return true;
  for (uint32_t child = n->child; child != NO_NODE; child = k->c->nodes[child].next) {
    if (!gather(k, child, negated != (n->kind == NODE_NOT))) return false;
  }
  return true;
}

/* ... then each alternative together with that. */
static bool try_alternatives(checker *k, uint32_t at, bool negated) {
  const node *n = &k->c->nodes[at];
  bool conjunction = is_conjunction(n, negated), below = negated != (n->kind == NODE_NOT);
  for (uint32_t child = n->child; child != NO_NODE; child = k->c->nodes[child].next) {
    uint32_t kept = k->count;
    if (!conjunction && !gather(k, child, below)) return false;
    if (!try_alternatives(k, child, below)) return false;
    k->count = kept;
  }
  return true;
}

bool authz_check_condition(compiler *c, uint32_t root) {
  checker k = {.c = c};
  return gather(&k, root, false) && try_alternatives(&k, root, false);
}
