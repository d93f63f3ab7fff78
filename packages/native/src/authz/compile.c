/* From what was read to what is run: jumps of the conditions, rules that can never matter, the index by permission. */
#include <stdlib.h>

#include "authz/holds.h"

static void link_node(compiler *c, uint32_t at, uint32_t on_true, uint32_t on_false) {
  const node *n = &c->nodes[at];
  if (n->kind == NODE_TEST) {
    c->policy->tests[n->test].on_true = on_true;
    c->policy->tests[n->test].on_false = on_false;
    return;
  }
  if (n->kind == NODE_NOT) {
    link_node(c, n->child, on_false, on_true);
    return;
  }
  for (uint32_t child = n->child; child != NO_NODE; child = c->nodes[child].next) {
    uint32_t next = c->nodes[child].next;
    bool last = next == NO_NODE;
    uint32_t onwards = last ? 0 : c->nodes[next].test;
    if (n->kind == NODE_ALL) {
      link_node(c, child, last ? on_true : onwards, on_false);
    } else {
      link_node(c, child, on_true, last ? on_false : onwards);
    }
  }
}

void authz_link_condition(compiler *c, uint32_t root) { link_node(c, root, GO_APPLIES, GO_FALSE); }

static bool has_permission(const authz_rule *rule, uint32_t permission) {
  return rule->permissions[permission / 64] >> permission % 64 & 1;
}

/* Roles for which rules without a condition have settled each permission: denied anywhere, allowed before. */
typedef struct settled {
  uint64_t denied[AUTHZ_PERMISSIONS_MAX], denied_before[AUTHZ_PERMISSIONS_MAX], allowed_before[AUTHZ_PERMISSIONS_MAX];
} settled;

static void settle(const authz_policy *policy, const authz_rule *rule, uint64_t *roles) {
  for (uint32_t p = 0; p < policy->permissions.count; p++) {
    if (has_permission(rule, p)) roles[p] |= rule->roles;
  }
}

static bool leaves_something(const authz_policy *policy, const authz_rule *rule, const settled *s) {
  for (uint32_t p = 0; p < policy->permissions.count; p++) {
    if (!has_permission(rule, p)) continue;
    uint64_t gone = rule->denies ? s->denied_before[p] : s->denied[p] | s->allowed_before[p];
    if (rule->roles & ~gone) return true;
  }
  return false;
}

bool authz_check_reachable(compiler *c) {
  const authz_policy *policy = c->policy;
  settled *s = calloc(1, sizeof *s);
  if (!s) return authz_fail_at(c, 0, AUTHZ_ENOMEM, "out of memory");
  for (uint32_t i = 0; i < policy->rule_count; i++) {
    const authz_rule *rule = &policy->rules[i];
    if (rule->denies && rule->test_count == 0) settle(policy, rule, s->denied);
  }
  bool ok = true;
  for (uint32_t i = 0; ok && i < policy->rule_count; i++) {
    const authz_rule *rule = &policy->rules[i];
    if (!leaves_something(policy, rule, s)) {
      ok = authz_fail_at(c, rule->offset, AUTHZ_EUNREACHABLE, "rules without a condition settle all of this rule already");
    }
    if (rule->test_count == 0) settle(policy, rule, rule->denies ? s->denied_before : s->allowed_before);
  }
  free(s);
  return ok;
}

static uint64_t asked_by(const authz_policy *policy, const authz_rule *rule) {
  uint64_t asked = 0;
  for (uint32_t i = rule->first_test; i < rule->first_test + rule->test_count; i++) {
    const authz_test *test = &policy->tests[i];
    asked |= (uint64_t)1 << test->attribute;
    if (reads_two(test)) asked |= (uint64_t)1 << test->other;
  }
  return asked;
}

bool authz_index_rules(compiler *c) {
  authz_policy *policy = c->policy;
  for (uint32_t i = 0; i < policy->test_count; i++) {
    authz_test *test = &policy->tests[i];
    test->type = policy->types[test->attribute];
    if (reads_two(test)) test->other_type = policy->types[test->other];
  }
  size_t entries = 0;
  for (uint32_t i = 0; i < policy->rule_count; i++) {
    for (uint32_t p = 0; p < policy->permissions.count; p++) entries += has_permission(&policy->rules[i], p);
  }
  policy->entries = malloc((entries ? entries : 1) * sizeof *policy->entries);
  if (!policy->entries) return authz_fail_at(c, 0, AUTHZ_ENOMEM, "out of memory");
  uint32_t filled = 0;
  for (uint32_t p = 0; p < policy->permissions.count; p++) {
    policy->starts[p] = filled;
    for (int denies = 1; denies >= 0; denies--) {
      for (uint32_t i = 0; i < policy->rule_count; i++) {
        const authz_rule *rule = &policy->rules[i];
        if (rule->denies != denies || !has_permission(rule, p)) continue;
        uint32_t first = rule->test_count ? rule->first_test : GO_APPLIES;
        policy->entries[filled++] = (rule_entry){rule->roles, i, first, (uint16_t)rule->test_count, rule->denies};
        policy->asks[p] |= asked_by(policy, rule);
      }
    }
  }
  policy->starts[policy->permissions.count] = filled;
  return true;
}

void authz_free(authz_policy *policy) {
  if (!policy) return;
  free(policy->text);
  free(policy->roles.items);
  free(policy->permissions.items);
  free(policy->attributes.items);
  free(policy->symbols.items);
  free(policy->rules);
  free(policy->tests);
  free(policy->values);
  free(policy->entries);
  free(policy);
}

static bool compile(compiler *c, const char *text) {
  if (c->len > AUTHZ_TEXT_BYTES_MAX) return authz_fail_at(c, 0, AUTHZ_ETOOBIG, "a policy is at most 256 KiB");
  c->policy = calloc(1, sizeof *c->policy);
  char *copy = malloc(c->len + 1);
  if (!c->policy || !copy) {
    free(copy);
    return authz_fail_at(c, 0, AUTHZ_ENOMEM, "out of memory");
  }
  if (c->len) memcpy(copy, text, c->len);
  c->policy->text = copy;
  c->text = copy;
  return authz_parse_policy(c) && authz_check_reachable(c) && authz_index_rules(c);
}

int authz_compile(const char *text, size_t len, authz_policy **out, authz_error *error) {
  if (error) *error = (authz_error){.code = AUTHZ_EARG, .message = "a text and a place for the policy are needed"};
  if (!out) return AUTHZ_EARG;
  *out = NULL;
  if (!text && len) return AUTHZ_EARG;
  compiler c = {.len = len, .text = ""};
  bool ok = compile(&c, text);
  free(c.nodes);
  if (ok) {
    *out = c.policy;
    c.error = (authz_error){.code = AUTHZ_OK, .message = "ok"};
  } else {
    authz_free(c.policy);
  }
  if (error) *error = c.error;
  return c.error.code;
}
