/* Conditions: all, any, not and the tests of attributes. Depth is limited, so is what recursion can use of the stack. */
#include <stdlib.h>

#include "authz/parser.h"

static bool add_node(parser *p, node_kind kind, uint32_t test, uint32_t *out) {
  compiler *c = p->c;
  if (!authz_make_room(c, (void **)&c->nodes, &c->node_room, c->node_count, sizeof *c->nodes)) return false;
  *out = c->node_count;
  c->nodes[c->node_count++] = (node){.kind = kind, .test = test, .child = NO_NODE, .next = NO_NODE};
  return true;
}

static bool symbol(parser *p, uint32_t *out) {
  compiler *c = p->c;
  names *symbols = &c->policy->symbols;
  if (p->now.kind != TOKEN_STRING) return authz_unexpected(p, "a text in quotes was expected");
  uint32_t found = authz_find_name(symbols, p->now.text);
  if (found == AUTHZ_NONE) {
    if (symbols->count >= AUTHZ_SYMBOLS_MAX) {
      return authz_fail_at(c, p->now.offset, AUTHZ_ETOOBIG, "a policy compares with at most 2048 different texts");
    }
    if (!authz_add_name(c, symbols, p->now.text, &found)) return false;
  }
  *out = found + 1;
  return authz_next_word(p);
}

/* The attribute at hand as the other side of a test; it must have the type. */
static bool other_attribute(parser *p, authz_type type, authz_test *test, const char *message) {
  uint32_t other = 0;
  size_t offset = p->now.offset;
  if (!authz_expect_declared(p, &p->c->policy->attributes, "this attribute is not declared", &other)) return false;
  if (p->c->policy->types[other] != type) return authz_fail_at(p->c, offset, AUTHZ_ETYPE, message);
  test->other = (uint8_t)other;
  return true;
}

static bool number(parser *p, token_kind kind, int32_t *out) {
  if (p->now.kind != kind) return authz_unexpected(p, kind == TOKEN_TIME ? "a time was expected: 07:00" : "a number was expected");
  *out = p->now.number;
  return authz_next_word(p);
}

static int compare_values(const void *a, const void *b) {
  uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
  return (left > right) - (left < right);
}

/* ("x", "y"): sorted, so that a decision can search it by halves. */
static bool text_list(parser *p, authz_test *test) {
  compiler *c = p->c;
  authz_policy *policy = c->policy;
  test->op = TEST_IN_LIST;
  test->list = policy->value_count;
  do {
    uint32_t value = 0;
    if (!authz_next_word(p) || !symbol(p, &value)) return false;
    if (!authz_make_room(c, (void **)&policy->values, &policy->value_room, policy->value_count, sizeof *policy->values)) return false;
    policy->values[policy->value_count++] = value;
  } while (authz_is_sign(p, ','));
  test->list_len = policy->value_count - test->list;
  qsort(policy->values + test->list, test->list_len, sizeof *policy->values, compare_values);
  return authz_expect_sign(p, ')', "\",\" or \")\" was expected");
}

static bool text_test(parser *p, authz_test *test) {
  if (authz_is_word(p, "in")) {
    if (!authz_next_word(p)) return false;
    if (authz_is_sign(p, '(')) return text_list(p, test);
    test->op = TEST_IN_SET;
    return other_attribute(p, AUTHZ_SET, test, "a text can be in a set only");
  }
  if (p->now.kind == TOKEN_WORD) {
    test->op = TEST_IS_OTHER;
    return other_attribute(p, AUTHZ_TEXT, test, "a text can be equal to a text only");
  }
  test->op = TEST_IS;
  return symbol(p, &test->value);
}

static bool set_test(parser *p, authz_test *test) {
  if (authz_is_word(p, "has")) {
    test->op = TEST_HAS;
    return authz_next_word(p) && symbol(p, &test->value);
  }
  if (!authz_is_word(p, "meets")) return authz_fail_at(p->c, p->now.offset, AUTHZ_ETYPE, "a set has or meets something");
  test->op = TEST_MEETS;
  return authz_next_word(p) && other_attribute(p, AUTHZ_SET, test, "a set can meet a set only");
}

static bool number_test(parser *p, authz_test *test) {
  test->op = TEST_RANGE;
  test->low = INT32_MIN;
  test->high = INT32_MAX;
  if (authz_is_word(p, "from")) {
    return authz_next_word(p) && number(p, TOKEN_NUMBER, &test->low) && authz_expect_word(p, "to", "\"to\" was expected") &&
           number(p, TOKEN_NUMBER, &test->high);
  }
  if (authz_is_word(p, "at")) {
    if (!authz_next_word(p)) return false;
    if (authz_is_word(p, "least")) return authz_next_word(p) && number(p, TOKEN_NUMBER, &test->low);
    return authz_expect_word(p, "most", "\"least\" or \"most\" was expected") && number(p, TOKEN_NUMBER, &test->high);
  }
  if (!number(p, TOKEN_NUMBER, &test->low)) return false;
  test->high = test->low;
  return true;
}

static bool flag_test(parser *p, authz_test *test) {
  test->op = TEST_IS;
  test->value = authz_is_word(p, "true");
  if (!test->value && !authz_is_word(p, "false")) return authz_unexpected(p, "\"true\" or \"false\" was expected");
  return authz_next_word(p);
}

static bool time_test(parser *p, authz_test *test) {
  test->op = TEST_WINDOW;
  return authz_expect_word(p, "from", "\"from\" and a time were expected") && number(p, TOKEN_TIME, &test->low) &&
         authz_expect_word(p, "to", "\"to\" was expected") && number(p, TOKEN_TIME, &test->high);
}

/* What follows the attribute's name. "is" may stand before a value, and "is not" turns the test around. */
static bool parse_relation(parser *p, authz_test *test, bool *negated) {
  authz_type type = (authz_type)p->c->policy->types[test->attribute];
  size_t offset = p->now.offset;
  bool is = authz_is_word(p, "is");
  if (is) {
    if (!authz_next_word(p)) return false;
    *negated = authz_is_word(p, "not");
    if (*negated && !authz_next_word(p)) return false;
  }
  bool value_at_hand = p->now.kind != TOKEN_WORD;
  switch (type) {
    case AUTHZ_TEXT:
      if (is == authz_is_word(p, "in")) return authz_fail_at(p->c, offset, AUTHZ_ETYPE, "a text is something or in something");
      return text_test(p, test);
    case AUTHZ_SET:
      if (is) return authz_fail_at(p->c, offset, AUTHZ_ETYPE, "a set has or meets something");
      return set_test(p, test);
    case AUTHZ_NUMBER:
      if (is != value_at_hand) return authz_fail_at(p->c, offset, AUTHZ_ETYPE, "a number is a number, from ... to or at least ... or at most");
      return number_test(p, test);
    case AUTHZ_FLAG:
      if (!is) return authz_fail_at(p->c, offset, AUTHZ_ETYPE, "a flag is true or false");
      return flag_test(p, test);
    case AUTHZ_TIME:
      if (is) return authz_fail_at(p->c, offset, AUTHZ_ETYPE, "a time is tested with from ... to");
      return time_test(p, test);
    case AUTHZ_ABSENT: break;
  }
  return false;
}

static bool parse_test(parser *p, uint32_t *out) {
  compiler *c = p->c;
  authz_policy *policy = c->policy;
  uint32_t attribute = 0;
  authz_test test = {.offset = p->now.offset};
  authz_locate(c, p->now.offset, &test.line, &test.column);
  if (c->rule_tests++ >= AUTHZ_TESTS_MAX) return authz_fail_at(c, test.offset, AUTHZ_ETOOBIG, "a rule has at most 256 tests");
  if (!authz_expect_declared(p, &policy->attributes, "this attribute is not declared", &attribute)) return false;
  test.attribute = (uint8_t)attribute;
  bool negated = false;
  if (!parse_relation(p, &test, &negated)) return false;
  if (!authz_make_room(c, (void **)&policy->tests, &policy->test_room, policy->test_count, sizeof *policy->tests)) return false;
  uint32_t number_of_test = policy->test_count++;
  policy->tests[number_of_test] = test;
  uint32_t leaf = NO_NODE;
  if (!add_node(p, NODE_TEST, number_of_test, &leaf)) return false;
  *out = leaf;
  if (!negated) return true;
  if (!add_node(p, NODE_NOT, number_of_test, out)) return false;
  c->nodes[*out].child = leaf;
  return true;
}

/* What stands between the brackets: one condition of not, one or more of the others. */
static bool parse_children(parser *p, uint32_t depth, uint32_t parent) {
  compiler *c = p->c;
  uint32_t last = NO_NODE;
  for (;;) {
    uint32_t child = NO_NODE;
    if (!authz_parse_condition(p, depth + 1, &child)) return false;
    *(last == NO_NODE ? &c->nodes[parent].child : &c->nodes[last].next) = child;
    last = child;
    if (c->nodes[parent].kind == NODE_NOT || !authz_is_sign(p, ',')) break;
    if (!authz_next_word(p)) return false;
  }
  return authz_expect_sign(p, ')', c->nodes[parent].kind == NODE_NOT ? "\")\" was expected" : "\",\" or \")\" was expected");
}

bool authz_parse_condition(parser *p, uint32_t depth, uint32_t *root) {
  node_kind kind = authz_is_word(p, "all") ? NODE_ALL : authz_is_word(p, "any") ? NODE_ANY : authz_is_word(p, "not") ? NODE_NOT : NODE_TEST;
  if (kind == NODE_TEST) return parse_test(p, root);
  if (depth >= AUTHZ_NESTING_MAX) return authz_fail_at(p->c, p->now.offset, AUTHZ_ETOOBIG, "conditions nest at most 32 deep");
  return add_node(p, kind, p->c->policy->test_count, root) && authz_next_word(p) && authz_expect_sign(p, '(', "\"(\" was expected") &&
         parse_children(p, depth, *root);
}
