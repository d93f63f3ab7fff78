/* Declarations and rules. */
#include "authz/parser.h"

bool authz_next_word(parser *p) {
  p->now = authz_next_token(p->c->text, p->c->len, &p->at);
  return p->now.kind != TOKEN_BAD || authz_fail_at(p->c, p->now.offset, AUTHZ_ESYNTAX, p->now.message);
}

bool authz_unexpected(parser *p, const char *message) { return authz_fail_at(p->c, p->now.offset, AUTHZ_ESYNTAX, message); }

bool authz_is_word(const parser *p, const char *word) {
  return p->now.kind == TOKEN_WORD && p->now.text.len == strlen(word) && memcmp(p->now.text.text, word, strlen(word)) == 0;
}

bool authz_is_sign(const parser *p, char sign) { return p->now.kind == TOKEN_SIGN && p->now.sign == sign; }

bool authz_expect_word(parser *p, const char *word, const char *message) {
  return authz_is_word(p, word) ? authz_next_word(p) : authz_unexpected(p, message);
}

bool authz_expect_sign(parser *p, char sign, const char *message) {
  return authz_is_sign(p, sign) ? authz_next_word(p) : authz_unexpected(p, message);
}

bool authz_expect_declared(parser *p, const names *list, const char *message, uint32_t *out) {
  if (p->now.kind != TOKEN_WORD) return authz_unexpected(p, "a name was expected");
  *out = authz_find_name(list, p->now.text);
  if (*out == AUTHZ_NONE) return authz_fail_at(p->c, p->now.offset, AUTHZ_EUNKNOWN, message);
  return authz_next_word(p);
}

/* Names that mean something of their own and cannot be declared. */
static bool is_reserved(const parser *p) {
  static const char *const words[] = {"role", "permission", "attribute", "allow", "deny", "anyone",
                                      "anything", "to", "when", "all", "any", "not"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (authz_is_word(p, words[i])) return true;
  }
  return false;
}

static bool declare(parser *p, names *list, uint32_t max, const char *too_many) {
  if (p->now.kind != TOKEN_WORD || is_reserved(p) || memchr(p->now.text.text, '*', p->now.text.len)) {
    return authz_unexpected(p, "a new name was expected");
  }
  if (authz_find_name(list, p->now.text) != AUTHZ_NONE) {
    return authz_fail_at(p->c, p->now.offset, AUTHZ_EDUPLICATE, "this name is declared already");
  }
  if (list->count >= max) return authz_fail_at(p->c, p->now.offset, AUTHZ_ETOOBIG, too_many);
  return authz_add_name(p->c, list, p->now.text, NULL) && authz_next_word(p);
}

static bool parse_names(parser *p, names *list, uint32_t max, const char *too_many) {
  do {
    if (!authz_next_word(p) || !declare(p, list, max, too_many)) return false;
  } while (authz_is_sign(p, ','));
  return true;
}

static bool parse_attribute(parser *p) {
  static const char *const types[] = {"text", "set", "number", "flag", "time"};
  authz_policy *policy = p->c->policy;
  uint32_t attribute = policy->attributes.count;
  if (!authz_next_word(p) || !declare(p, &policy->attributes, AUTHZ_ATTRIBUTES_MAX, "a policy has at most 64 attributes")) return false;
  if (!authz_expect_sign(p, ':', "\":\" and a type were expected")) return false;
  for (uint8_t i = 0; i < sizeof types / sizeof types[0]; i++) {
    if (authz_is_word(p, types[i])) {
      policy->types[attribute] = (uint8_t)(AUTHZ_TEXT + i);
      return authz_next_word(p);
    }
  }
  return authz_unexpected(p, "a type was expected: text, set, number, flag or time");
}

static bool parse_roles(parser *p, authz_rule *rule) {
  if (authz_is_word(p, "anyone")) {
    rule->roles = ROLES_ANYONE;
    return authz_next_word(p);
  }
  for (;;) {
    uint32_t role = 0;
    if (!authz_expect_declared(p, &p->c->policy->roles, "this role is not declared", &role)) return false;
    rule->roles |= (uint64_t)1 << role;
    if (!authz_is_sign(p, ',')) return true;
    if (!authz_next_word(p)) return false;
  }
}

/* Adds the permissions whose names begin so; false when there are none. */
static bool add_matching(const names *list, authz_rule *rule, authz_name prefix) {
  bool found = false;
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i].len < prefix.len || memcmp(list->items[i].text, prefix.text, prefix.len) != 0) continue;
    rule->permissions[i / 64] |= (uint64_t)1 << i % 64;
    found = true;
  }
  return found;
}

static bool parse_permission(parser *p, authz_rule *rule) {
  const names *list = &p->c->policy->permissions;
  authz_name name = p->now.text;
  bool by_prefix = p->now.kind == TOKEN_WORD && name.len > 2 && memcmp(name.text + name.len - 2, ".*", 2) == 0;
  if (by_prefix) {
    if (!add_matching(list, rule, (authz_name){name.text, name.len - 1})) {
      return authz_fail_at(p->c, p->now.offset, AUTHZ_EUNKNOWN, "no permission that is declared begins so");
    }
    return authz_next_word(p);
  }
  uint32_t permission = 0;
  if (!authz_expect_declared(p, list, "this permission is not declared", &permission)) return false;
  rule->permissions[permission / 64] |= (uint64_t)1 << permission % 64;
  return true;
}

static bool parse_permissions(parser *p, authz_rule *rule) {
  if (authz_is_word(p, "anything")) {
    if (!add_matching(&p->c->policy->permissions, rule, (authz_name){"", 0})) {
      return authz_fail_at(p->c, p->now.offset, AUTHZ_EUNKNOWN, "no permission is declared");
    }
    return authz_next_word(p);
  }
  for (;;) {
    if (!parse_permission(p, rule)) return false;
    if (!authz_is_sign(p, ',')) return true;
    if (!authz_next_word(p)) return false;
  }
}

static bool parse_rule_name(parser *p, authz_rule *rule) {
  if (p->now.kind != TOKEN_STRING || p->now.text.len == 0) return authz_unexpected(p, "the rule's name in quotes was expected");
  rule->name = p->now.text;
  const authz_policy *policy = p->c->policy;
  for (uint32_t i = 0; i < policy->rule_count; i++) {
    const authz_name other = policy->rules[i].name;
    if (other.len == rule->name.len && memcmp(other.text, rule->name.text, other.len) == 0) {
      return authz_fail_at(p->c, p->now.offset, AUTHZ_EDUPLICATE, "another rule has this name");
    }
  }
  return authz_next_word(p);
}

static bool parse_when(parser *p, authz_rule *rule) {
  compiler *c = p->c;
  uint32_t root = NO_NODE;
  c->node_count = c->rule_tests = 0;
  if (!authz_next_word(p) || !authz_parse_condition(p, 0, &root)) return false;
  rule->test_count = c->policy->test_count - rule->first_test;
  if (!authz_check_condition(c, root)) return false;
  authz_link_condition(c, root);
  return true;
}

static bool parse_rule(parser *p) {
  authz_policy *policy = p->c->policy;
  if (policy->rule_count >= AUTHZ_RULES_MAX) {
    return authz_fail_at(p->c, p->now.offset, AUTHZ_ETOOBIG, "a policy has at most 2048 rules");
  }
  authz_rule rule = {.denies = authz_is_word(p, "deny"), .offset = p->now.offset, .first_test = policy->test_count};
  authz_locate(p->c, p->now.offset, &rule.line, &rule.column);
  bool ok = authz_next_word(p) && parse_rule_name(p, &rule) && parse_roles(p, &rule) &&
            authz_expect_word(p, "to", "\"to\" and permissions were expected") && parse_permissions(p, &rule);
  if (ok && authz_is_word(p, "when")) ok = parse_when(p, &rule);
  if (!ok || !authz_make_room(p->c, (void **)&policy->rules, &policy->rule_room, policy->rule_count, sizeof *policy->rules)) {
    return false;
  }
  policy->rules[policy->rule_count++] = rule;
  return true;
}

bool authz_parse_policy(compiler *c) {
  parser p = {.c = c};
  bool ok = authz_next_word(&p);
  while (ok && p.now.kind != TOKEN_END) {
    if (authz_is_word(&p, "role")) {
      ok = parse_names(&p, &c->policy->roles, AUTHZ_ROLES_MAX, "a policy has at most 63 roles");
    } else if (authz_is_word(&p, "permission")) {
      ok = parse_names(&p, &c->policy->permissions, AUTHZ_PERMISSIONS_MAX, "a policy has at most 1024 permissions");
    } else if (authz_is_word(&p, "attribute")) {
      ok = parse_attribute(&p);
    } else if (authz_is_word(&p, "allow") || authz_is_word(&p, "deny")) {
      ok = parse_rule(&p);
    } else {
      ok = authz_unexpected(&p, "role, permission, attribute, allow or deny was expected");
    }
  }
  return ok;
}
