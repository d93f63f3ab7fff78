/* Looks up the rules of rules/hl7.txt. */
#include "check.h"

#include <string.h>

#include "rules.inc"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const rule_issue issues[ISSUE_COUNT] = {
#define ISSUE(name, code, hl7, strict, tolerant, text, hint) {code, text, hint, hl7, strict, tolerant},
#include "issues.inc"
#undef ISSUE
};

const rule_issue *hl7val_rule_of_issue(uint32_t code) { return &issues[code]; }
uint32_t hl7val_code_count(void) { return ISSUE_COUNT; }

hl7val_code_info hl7val_code(uint32_t code) {
  const rule_issue *issue = &issues[code];
  return (hl7val_code_info){issue->code, issue->text, issue->hint, issue->hl7};
}

const rule_segment *hl7val_rules_of_segment(uint32_t name) {
  _Static_assert(COUNT(rule_segments) <= 96, "check.known_seen has a place for each segment");
  size_t low = 0, high = COUNT(rule_segments);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (rule_segments[middle].name == name) return &rule_segments[middle];
    if (rule_segments[middle].name < name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return NULL;
}

uint32_t *hl7val_seen_of_segment(check *c, const rule_segment *rules) { return &c->known_seen[rules - rule_segments]; }

bool hl7val_is_known_segment(uint32_t name) {
  size_t low = 0, high = COUNT(rule_known_segments);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (rule_known_segments[middle] == name) return true;
    if (rule_known_segments[middle] < name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return false;
}

bool hl7val_is_segment_anywhere(uint32_t name) {
  for (size_t i = 0; i < COUNT(rule_anywhere); i++) {
    if (rule_anywhere[i] == name) return true;
  }
  return false;
}

const rule_structure *hl7val_structure_of(uint32_t type, uint32_t event, bool *type_known) {
  *type_known = false;
  for (size_t i = 0; i < COUNT(rule_events); i++) {
    const rule_event *e = &rule_events[i];
    if (e->type != type) continue;
    *type_known = true;
    if (e->event == event || e->event == 1) return &rule_structures[e->structure];
  }
  return NULL;
}

const rule_node *hl7val_nodes_of(const rule_structure *structure) { return &rule_nodes[structure->first_node]; }

uint8_t hl7val_version_named(const uint8_t *text, size_t len) {
  for (uint8_t v = 0; v < RULE_VERSIONS; v++) {
    if (strlen(rule_versions[v]) == len && memcmp(rule_versions[v], text, len) == 0) return v;
  }
  bool is_later_2_8 = len == 5 && memcmp(text, "2.8.", 4) == 0 && is_digit(text[4]);
  return is_later_2_8 ? RULE_VERSIONS - 1 : RULE_VERSIONS;
}

const rule_field *hl7val_rule_field_at(uint32_t i) { return &rule_fields[i]; }
const rule_type *hl7val_rule_type_at(uint32_t i) { return &rule_types[i]; }

const rule_type *hl7val_rule_component_at(const rule_type *type, uint32_t n) {
  return &rule_types[rule_components[type->first_component + n - 1]];
}

const rule_type *hl7val_rule_type_named(const uint8_t *text, size_t len) {
  uint64_t head = rule_head(text, len);
  for (size_t i = 0; i < COUNT(rule_types) && len <= 8; i++) {
    if (rule_types[i].head == head) return &rule_types[i];
  }
  return NULL;
}

bool hl7val_is_in_table(rule_table_index table, const uint8_t *text, size_t len) {
  const rule_table *t = &rule_tables[table - 1];
  const rule_code *codes = &rule_codes[t->first_code];
  uint64_t head = rule_head(text, len);
  for (uint32_t i = 0; i < t->code_count; i++) {
    bool starts_alike = codes[i].head == head && codes[i].len == len;
    if (starts_alike && (len <= 8 || memcmp(codes[i].text, text, len) == 0)) return true;
  }
  return false;
}

bool hl7val_is_table_strict(rule_table_index table) { return rule_tables[table - 1].strict; }
