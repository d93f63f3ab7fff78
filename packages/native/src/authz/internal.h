/* What the files of libauthz share with each other and show nobody. */
#ifndef AUTHZ_INTERNAL_H
#define AUTHZ_INTERNAL_H

#include <stdbool.h>
#include <string.h>

#include "authz.h"

/* The subject's bit that every subject has, so that "anyone" (all bits) is for those without a role too. */
#define ROLE_ANYBODY ((uint64_t)1 << 63)
#define ROLES_ANYONE UINT64_MAX

typedef enum test_op {
  TEST_IS,         /* text, number or flag equals value */
  TEST_IS_OTHER,   /* text equals the text of other */
  TEST_IN_LIST,    /* text is one of values[list .. list + list_len) */
  TEST_IN_SET,     /* text is a member of other */
  TEST_HAS,        /* set has value */
  TEST_MEETS,      /* set and other have a member in common */
  TEST_RANGE,      /* number from low to high, both included */
  TEST_WINDOW      /* time from low (included) to high (not included), round midnight when low > high */
} test_op;

/* Where a test goes on to when it knows the answer: another test of the policy, or one of these. */
#define GO_APPLIES (UINT32_MAX - 1)
#define GO_FALSE UINT32_MAX

/* One test and where to go from it: a condition is a program of these, entered at its first. */
typedef struct authz_test {
  uint8_t op, attribute, other;
  uint8_t type, other_type; /* of the two attributes */
  uint32_t value, list, list_len;
  int32_t low, high;
  uint32_t on_true, on_false;
  uint32_t line, column;
  size_t offset;
} authz_test;

typedef struct authz_rule {
  authz_name name;
  bool denies;
  uint64_t roles;
  uint32_t first_test, test_count; /* no tests: it always applies */
  uint32_t line, column;
  size_t offset;
  uint64_t permissions[AUTHZ_PERMISSIONS_MAX / 64];
} authz_rule;

/* What deciding needs to know of a rule: for each permission these lie one behind the other. */
typedef struct rule_entry {
  uint64_t roles;
  uint32_t rule, first; /* its number; its first test, or GO_APPLIES */
  uint16_t count;       /* of tests, which lie one behind the other: each goes on to a later one */
  bool denies;
} rule_entry;

typedef struct names {
  authz_name *items;
  uint32_t count, room;
} names;

struct authz_policy {
  char *text; /* a copy: names point into it */
  names roles, permissions, attributes, symbols;
  uint8_t types[AUTHZ_ATTRIBUTES_MAX];
  authz_rule *rules;
  uint32_t rule_count, rule_room;
  authz_test *tests;
  uint32_t test_count, test_room;
  uint32_t *values; /* the texts of TEST_IN_LIST */
  uint32_t value_count, value_room;
  /* For each permission: its rules in entries[starts[p] .. starts[p + 1]), those that deny first. */
  rule_entry *entries;
  uint32_t starts[AUTHZ_PERMISSIONS_MAX + 1];
  uint64_t asks[AUTHZ_PERMISSIONS_MAX]; /* attributes its rules ask for */
};

/* A condition as it was read: tests are leaves. Children are linked, first to last. */
typedef enum node_kind { NODE_TEST, NODE_ALL, NODE_ANY, NODE_NOT } node_kind;
#define NO_NODE UINT32_MAX
typedef struct node {
  node_kind kind;
  uint32_t test;        /* the test of a leaf; else the first test anywhere below */
  uint32_t child, next; /* first child and next sibling, or NO_NODE */
} node;

/* What compiling passes around. */
typedef struct compiler {
  authz_policy *policy;
  const char *text;
  size_t len;
  node *nodes; /* of the rule being read */
  uint32_t node_count, node_room;
  uint32_t rule_tests; /* how many tests the rule being read has so far */
  size_t cursor;       /* an offset whose line and column are known: places are mostly asked for in their order */
  uint32_t line, column;
  authz_error error;
} compiler;

/* The line and column of an offset of the text. */
void authz_locate(compiler *c, size_t offset, uint32_t *line, uint32_t *column);

/* Notes the error at an offset of the text and answers false, so that callers can return it. */
bool authz_fail_at(compiler *c, size_t offset, int code, const char *message);

/* Makes room for one more item; false, with the error noted, when there is no memory. */
bool authz_make_room(compiler *c, void **items, uint32_t *room, uint32_t count, size_t size);

/* The number of a name, or AUTHZ_NONE. */
uint32_t authz_find_name(const names *list, authz_name name);
bool authz_add_name(compiler *c, names *list, authz_name name, uint32_t *out);

/* Whether there are a policy, a permission of it and values where they are needed. */
bool authz_request_ok(const authz_policy *policy, const authz_request *request);

/* The decision of a rule that cannot be decided because of this value. */
authz_decision authz_undecidable(uint32_t rule, uint32_t attribute, authz_value value);

/* The steps of compiling, in their order. */
bool authz_parse_policy(compiler *c);
bool authz_check_condition(compiler *c, uint32_t root);            /* contradictions within one rule */
void authz_link_condition(compiler *c, uint32_t root);             /* where each test goes on to */
bool authz_check_reachable(compiler *c);                           /* rules that others leave nothing to */
bool authz_index_rules(compiler *c);

#endif
