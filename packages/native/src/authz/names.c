/* Lists of names, room for items, and errors with their place. */
#include <stdlib.h>

#include "authz/internal.h"

void authz_locate(compiler *c, size_t offset, uint32_t *line, uint32_t *column) {
  if (offset < c->cursor || c->line == 0) {
    c->cursor = 0;
    c->line = c->column = 1;
  }
  for (; c->cursor < offset && c->cursor < c->len; c->cursor++) {
    c->column++;
    if (c->text[c->cursor] == '\n') {
      c->line++;
      c->column = 1;
    }
  }
  *line = c->line;
  *column = c->column;
}

bool authz_fail_at(compiler *c, size_t offset, int code, const char *message) {
  c->error = (authz_error){.code = code, .offset = offset, .message = message};
  authz_locate(c, offset, &c->error.line, &c->error.column);
  return false;
}

bool authz_make_room(compiler *c, void **items, uint32_t *room, uint32_t count, size_t size) {
  if (count < *room) return true;
  uint32_t larger = *room ? *room * 2 : 16;
  void *grown = realloc(*items, (size_t)larger * size);
  if (!grown) return authz_fail_at(c, 0, AUTHZ_ENOMEM, "out of memory");
  *items = grown;
  *room = larger;
  return true;
}

uint32_t authz_find_name(const names *list, authz_name name) {
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i].len == name.len && memcmp(list->items[i].text, name.text, name.len) == 0) return i;
  }
  return AUTHZ_NONE;
}

bool authz_add_name(compiler *c, names *list, authz_name name, uint32_t *out) {
  if (!authz_make_room(c, (void **)&list->items, &list->room, list->count, sizeof *list->items)) return false;
  if (out) *out = list->count;
  list->items[list->count++] = name;
  return true;
}

const char *authz_code_name(int code) {
  switch ((authz_code)code) {
    case AUTHZ_OK: return "ok";
    case AUTHZ_EARG: return "bad-argument";
    case AUTHZ_ETOOBIG: return "too-big";
    case AUTHZ_ENOMEM: return "out-of-memory";
    case AUTHZ_ESYNTAX: return "syntax";
    case AUTHZ_EUNKNOWN: return "unknown-name";
    case AUTHZ_EDUPLICATE: return "duplicate-name";
    case AUTHZ_ETYPE: return "wrong-type";
    case AUTHZ_ECONTRADICTION: return "contradiction";
    case AUTHZ_EUNREACHABLE: return "unreachable-rule";
  }
  return "unknown";
}

static const names *names_of(const authz_policy *policy, authz_kind kind) {
  switch (kind) {
    case AUTHZ_ROLES: return &policy->roles;
    case AUTHZ_PERMISSIONS: return &policy->permissions;
    case AUTHZ_ATTRIBUTES: return &policy->attributes;
    case AUTHZ_SYMBOLS: return &policy->symbols;
    case AUTHZ_RULES: break;
  }
  return NULL;
}

uint32_t authz_count(const authz_policy *policy, authz_kind kind) {
  if (!policy) return 0;
  if (kind == AUTHZ_RULES) return policy->rule_count;
  const names *list = names_of(policy, kind);
  return list ? list->count : 0;
}

authz_name authz_name_of(const authz_policy *policy, authz_kind kind, uint32_t i) {
  if (i >= authz_count(policy, kind)) return (authz_name){NULL, 0};
  return kind == AUTHZ_RULES ? policy->rules[i].name : names_of(policy, kind)->items[i];
}

authz_type authz_attribute_type(const authz_policy *policy, uint32_t attribute) {
  return attribute < authz_count(policy, AUTHZ_ATTRIBUTES) ? (authz_type)policy->types[attribute] : AUTHZ_ABSENT;
}

uint64_t authz_attributes_of(const authz_policy *policy, uint32_t permission) {
  return permission < authz_count(policy, AUTHZ_PERMISSIONS) ? policy->asks[permission] : 0;
}

uint32_t authz_rule_line(const authz_policy *policy, uint32_t rule) {
  return rule < authz_count(policy, AUTHZ_RULES) ? policy->rules[rule].line : 0;
}
