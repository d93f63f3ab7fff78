/* One run of the validator: what its sources share. */
#ifndef HL7VAL_CHECK_H
#define HL7VAL_CHECK_H

#include "internal.h"
#include "rules.h"
#include "scan.h"

typedef enum issue_code {
#define ISSUE(name, code, hl7, strict, tolerant, text, hint) ISSUE_##name,
#include "issues.inc"
#undef ISSUE
  ISSUE_COUNT
} issue_code;

/* TABLE_0085 and so on: the index of a table plus one. */
typedef enum rule_table_index {
#include "tables.inc"
} rule_table_index;

/* How often names outside the rules have been seen; more than this many different ones are not told apart. */
enum { OTHER_NAMES_MAX = 64 };

typedef struct check {
  const hl7val_index *ix;
  hl7val_report *report;
  hl7val_profile profile;
  uint8_t version; /* index of a version of the rules */
  bool is_result;  /* ORU: OBX is what the message is for */
  /* the structure and the place reached in it */
  const rule_node *nodes;
  uint16_t node;
  /* the segment being checked */
  const hl7val_segment *segment;
  uint32_t occurrence;
  /* duplicates */
  uint32_t *slots;
  uint32_t slot_mask;
  uint64_t seed;
  uint32_t group_start; /* index of the segment that opened the group of OBX */
  const rule_type *last_type; /* of the OBX before: most follow each other with the same one */
  /* counts */
  uint32_t obr_count, obx_count, pid_count;
  uint32_t known_seen[96];
  uint32_t other_names[OTHER_NAMES_MAX], other_seen[OTHER_NAMES_MAX];
  uint8_t class_of[256]; /* CLASS_… of each byte */
} check;

enum { CLASS_COMPONENT = 1, CLASS_REPETITION = 2, CLASS_SUBCOMPONENT = 4 };

/* The first position in [at, end) that may hold a delimiter within a field; end when there is none. */
static inline uint32_t next_cut(const check *c, uint32_t at, uint32_t end) {
  const hl7val_index *ix = c->ix;
  if (!ix->cuts) {
    while (at < end && !c->class_of[ix->bytes[at]]) at++;
    return at;
  }
  if (at >= end) return end;
  const uint32_t from = at - ix->message.at, to = end - ix->message.at;
  uint32_t word = from / 32, bits = ix->cuts[word] & UINT32_MAX << from % 32;
  while (!bits) {
    if (++word * 32 >= to) return end;
    bits = ix->cuts[word];
  }
  const uint32_t found = word * 32 + lowest_bit(bits);
  return found < to ? ix->message.at + found : end;
}

/* The first position in [at, end) that holds a delimiter of these classes; end when there is none. *seen gathers all classes
 * on the way. */
static inline uint32_t next_of(const check *c, uint8_t classes, uint32_t at, uint32_t end, uint8_t *seen) {
  for (;; at++) {
    at = next_cut(c, at, end);
    if (at >= end) return end;
    const uint8_t found = c->class_of[c->ix->bytes[at]];
    if (found & classes) return at;
    *seen |= found;
  }
}

/* Reports code at bytes of the current segment; component and the steps below are 0 for the whole field. */
typedef struct place {
  uint32_t field, repetition, component;
} place;
void hl7val_check_report(check *c, issue_code code, place where, hl7val_span bytes);

/* The same for something that is not in a segment. */
void hl7val_check_report_at(check *c, issue_code code, hl7val_path path, hl7val_span bytes, uint32_t line);

/* Reads type, event, version and control id into the report, as far as they are there. */
void hl7val_read_header(check *c);

/* The header: version, type, structure, processing id, control id. False when nothing further can be checked. */
bool hl7val_check_header(check *c);

/* What concerns the bytes as a whole: framing, line ends, characters, escapes. */
void hl7val_check_text(check *c);

/* The order of segments. */
void hl7val_check_order(check *c, const hl7val_segment *segment);
void hl7val_check_order_end(check *c);

/* Every field of the current segment against its rules. */
void hl7val_check_fields(check *c, const rule_segment *rules);

/* What OBX and OBR need beyond that. i is the segment's index. */
void hl7val_check_obx(check *c, uint32_t i);
void hl7val_check_obr(check *c);
void hl7val_check_pid(check *c);

/* The rules of a segment, NULL for a name without; and whether HL7 knows the name at all. */
const rule_segment *hl7val_rules_of_segment(uint32_t name);
bool hl7val_is_known_segment(uint32_t name);
bool hl7val_is_segment_anywhere(uint32_t name);
uint32_t *hl7val_seen_of_segment(check *c, const rule_segment *rules);

/* The structure of a message type, NULL when there is none; *type_known tells whether only the event is wrong. */
const rule_structure *hl7val_structure_of(uint32_t type, uint32_t event, bool *type_known);
const rule_node *hl7val_nodes_of(const rule_structure *structure);

/* The index of a version, RULE_VERSIONS when it is none; 2.8.1 and later 2.8.x count as 2.8. */
uint8_t hl7val_version_named(const uint8_t *text, size_t len);
const rule_issue *hl7val_rule_of_issue(uint32_t code);
const rule_field *hl7val_rule_field_at(uint32_t i);
const rule_type *hl7val_rule_type_at(uint32_t i);
const rule_type *hl7val_rule_component_at(const rule_type *type, uint32_t n);
const rule_type *hl7val_rule_type_named(const uint8_t *text, size_t len);
bool hl7val_is_in_table(rule_table_index table, const uint8_t *text, size_t len);
bool hl7val_is_table_strict(rule_table_index table);

/* Single values. All of them refuse the empty text. */
bool hl7val_is_number(const uint8_t *text, size_t len);
bool hl7val_is_set_id(const uint8_t *text, size_t len);
bool hl7val_is_date(const uint8_t *text, size_t len);
bool hl7val_is_time_of_day(const uint8_t *text, size_t len);
bool hl7val_is_timestamp(const uint8_t *text, size_t len);

/* The text "" that tells a receiver to delete a value. */
static inline bool is_null(const uint8_t *text, size_t len) { return len == 2 && text[0] == '"' && text[1] == '"'; }

#endif
