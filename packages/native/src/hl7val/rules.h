/* The shape of rules.inc, which rules/compile.ts makes of rules/hl7.txt. */
#ifndef HL7VAL_RULES_H
#define HL7VAL_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RULE_VERSIONS = 11, RULE_NEVER = 255 };

typedef enum rule_level { LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR, LEVEL_REJECT } rule_level;
typedef enum rule_stance { STANCE_TAKE, STANCE_WARN, STANCE_HOLD, STANCE_REFUSE } rule_stance;

typedef struct rule_issue {
  const char *code, *text, *hint;
  uint16_t hl7;
  uint8_t strict;   /* rule_level */
  uint8_t tolerant; /* rule_stance */
} rule_issue;

typedef enum rule_kind {
  KIND_FREE,
  KIND_TEXT,
  KIND_CODE,
  KIND_NUMBER,
  KIND_SETID,
  KIND_DATE,
  KIND_TIME,
  KIND_TIMESTAMP,
  KIND_COMPOSITE
} rule_kind;

typedef struct rule_type {
  uint64_t head; /* the name as rule_head makes it */
  char name[8];
  uint8_t kind;
  uint8_t component_count;
  uint16_t first_component; /* in rule_components, each the index of a type */
} rule_type;

typedef struct rule_table {
  uint16_t number;
  bool strict;
  uint16_t first_code, code_count; /* in rule_codes */
} rule_table;

typedef struct rule_code {
  uint64_t head; /* the first eight letters as rule_head makes it */
  const char *text;
  uint8_t len;
} rule_code;

/* Up to eight letters as one number. */
static inline uint64_t rule_head(const uint8_t *text, size_t len) {
  uint64_t head = 0;
  for (size_t i = 0; i < len && i < 8; i++) head = head << 8 | text[i];
  return head;
}

enum { FIELD_REQUIRED = 1, FIELD_LENIENT = 2, FIELD_WITHDRAWN = 4, FIELD_TYPE_VITAL = 8, FIELD_TABLE_VITAL = 16 };

typedef struct rule_field {
  uint8_t type;    /* index of a type */
  uint8_t flags;   /* FIELD_… */
  uint8_t repeats; /* at most so often, 0 for any */
  uint8_t table;   /* index of a table plus one, 0 for none */
  uint16_t length; /* longest text in bytes, 0 for any */
} rule_field;

typedef struct rule_segment {
  uint32_t name;
  uint16_t first_field[RULE_VERSIONS];
  uint8_t field_count[RULE_VERSIONS]; /* 0: the version does not have it */
} rule_segment;

enum { NODE_REPEATS = 1, NODE_VITAL = 2, NODE_CHOICE = 4 };

/* A segment or, with name 0, a group. Groups come before what they hold; end is the index behind it. */
typedef struct rule_node {
  uint32_t name;
  uint16_t end, parent; /* counted from the structure's first node */
  uint8_t flags;
  uint8_t required; /* from this version on, RULE_NEVER for optional */
} rule_node;

typedef struct rule_structure {
  char name[8];
  uint16_t first_node, node_count;
} rule_structure;

typedef struct rule_event {
  uint32_t type, event; /* packed; event 0 for an empty one, 1 for any */
  uint8_t structure;
} rule_event;

#endif
