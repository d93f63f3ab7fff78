/* Every field of a segment against its rules. */
#include "check.h"

static issue_code malformed(const rule_type *type, bool vital) {
  switch (type->kind) {
    case KIND_NUMBER: return ISSUE_NUMBER_MALFORMED;
    case KIND_SETID: return ISSUE_SET_ID_MALFORMED;
    case KIND_DATE: return ISSUE_DATE_MALFORMED;
    case KIND_TIME: return ISSUE_TIME_MALFORMED;
    default: return vital ? ISSUE_TIMESTAMP_VITAL : ISSUE_TIMESTAMP_MALFORMED;
  }
}

/* True when the value fits a type without components; composite ones are not looked into. */
static bool fits(const rule_type *type, const uint8_t *text, size_t len) {
  if (len == 0 || is_null(text, len)) return true;
  switch (type->kind) {
    case KIND_NUMBER: return hl7val_is_number(text, len);
    case KIND_SETID: return hl7val_is_set_id(text, len);
    case KIND_DATE: return hl7val_is_date(text, len);
    case KIND_TIME: return hl7val_is_time_of_day(text, len);
    case KIND_TIMESTAMP: return hl7val_is_timestamp(text, len);
    default: return true;
  }
}

/* A time stamp field is DTM from v2.6 and TS before: a composite whose first part is what counts. */
static const rule_type *leading_type(const rule_type *type) {
  bool is_stamp = type->kind == KIND_COMPOSITE && type->component_count == 2 &&
                  hl7val_rule_component_at(type, 1)->kind == KIND_TIMESTAMP && type->name[0] == 'T';
  return is_stamp ? hl7val_rule_component_at(type, 1) : type;
}

static void check_components(check *c, const rule_type *type, place where, hl7val_span value) {
  const uint8_t *bytes = c->ix->bytes;
  uint32_t end = value.at + value.len, from = value.at;
  for (uint32_t n = 1;; n++) {
    uint8_t parts = 0;
    const uint32_t to = next_of(c, CLASS_COMPONENT, from, end, &parts);
    where.component = n;
    hl7val_span part = {from, to - from};
    if (n > type->component_count) {
      if (part.len) {
        hl7val_check_report(c, ISSUE_COMPONENTS_EXTRA, where, part);
        return;
      }
    } else if (!parts && !fits(leading_type(hl7val_rule_component_at(type, n)), bytes + from, part.len)) {
      hl7val_check_report(c, ISSUE_COMPONENT_MALFORMED, where, part);
    }
    if (to >= end) return;
    from = to + 1;
  }
}

/* One repetition of a field; n is 0 where there is but one. */
static void check_value(check *c, const rule_field *rule, uint32_t field, uint32_t n, hl7val_span value, uint8_t classes) {
  const uint8_t *bytes = c->ix->bytes;
  const rule_type *type = hl7val_rule_type_at(rule->type);
  const rule_type *leading = leading_type(type);
  hl7val_span first = value;
  if (classes & CLASS_COMPONENT) hl7val_part_of(bytes, value, c->ix->delims.component, 1, &first);
  if (is_null(bytes + first.at, first.len)) return;

  if (leading->kind == KIND_COMPOSITE) {
    if (classes & CLASS_COMPONENT) {
      check_components(c, type, (place){field, n, 0}, value);
    } else if (!(classes & CLASS_SUBCOMPONENT) && !fits(leading_type(hl7val_rule_component_at(type, 1)),
                                                         bytes + first.at, first.len)) {
      hl7val_check_report(c, ISSUE_COMPONENT_MALFORMED, (place){field, n, 0}, first);
    }
  } else if (!fits(leading, bytes + first.at, first.len)) {
    hl7val_check_report(c, malformed(leading, rule->flags & FIELD_TYPE_VITAL), (place){field, n, 0}, first);
  } else if (leading == type && (classes & CLASS_COMPONENT) && type->kind != KIND_FREE && type->kind != KIND_TEXT) {
    hl7val_check_report(c, ISSUE_FIELD_HAS_COMPONENTS, (place){field, n, 0}, value);
  }
  bool is_single = type->kind == KIND_TEXT || type->kind == KIND_CODE || type->kind == KIND_SETID;
  if (is_single && rule->length && first.len > rule->length && c->version < 8) /* lengths are only advice from v2.7 */
    hl7val_check_report(c, ISSUE_FIELD_TOO_LONG, (place){field, n, 0}, first);
  if (rule->table && first.len && !hl7val_is_in_table((rule_table_index)rule->table, bytes + first.at, first.len)) {
    issue_code code = rule->flags & FIELD_TABLE_VITAL ? ISSUE_VALUE_NOT_IN_TABLE_VITAL
                      : hl7val_is_table_strict((rule_table_index)rule->table)  ? ISSUE_VALUE_NOT_IN_TABLE
                                                      : ISSUE_VALUE_UNUSUAL;
    hl7val_check_report(c, code, (place){field, n, 0}, first);
  }
}

static void check_repetitions(check *c, const rule_field *rule, uint32_t field, hl7val_span value, uint8_t classes) {
  uint32_t end = value.at + value.len, from = value.at, n = 1;
  uint8_t seen = 0;
  for (;; n++) {
    const uint32_t to = next_of(c, CLASS_REPETITION, from, end, &seen);
    if (rule->repeats && n == rule->repeats + 1u)
      hl7val_check_report(c, ISSUE_FIELD_REPEATS, (place){field, n, 0}, (hl7val_span){from, end - from});
    if (to > from) check_value(c, rule, field, n, (hl7val_span){from, to - from}, classes);
    if (to >= end) return;
    from = to + 1;
  }
}

static void check_field(check *c, const rule_field *rule, uint32_t field, hl7val_span value) {
  if (rule->flags & FIELD_WITHDRAWN) {
    hl7val_check_report(c, ISSUE_FIELD_WITHDRAWN, (place){field, 0, 0}, value);
    return;
  }
  if (hl7val_rule_type_at(rule->type)->kind == KIND_FREE && rule->repeats == 0) return;
  uint8_t classes = 0;
  next_of(c, 0, value.at, value.at + value.len, &classes);
  if (classes & CLASS_REPETITION) {
    check_repetitions(c, rule, field, value, classes);
  } else {
    check_value(c, rule, field, 0, value, classes);
  }
}

static void report_missing(check *c, const rule_field *rule, uint32_t field, hl7val_span where) {
  if (!(rule->flags & (FIELD_REQUIRED | FIELD_LENIENT))) return;
  bool vital = rule->flags & FIELD_REQUIRED;
  hl7val_check_report(c, vital ? ISSUE_FIELD_MISSING_VITAL : ISSUE_FIELD_MISSING, (place){field, 0, 0},
               (hl7val_span){where.at, 0});
}

void hl7val_check_fields(check *c, const rule_segment *rules) {
  const hl7val_index *ix = c->ix;
  const hl7val_segment *segment = c->segment;
  uint32_t known = rules->field_count[c->version];
  bool is_msh = segment->name == HL7VAL_NAME('M', 'S', 'H');
  /* A segment newer than the version: its fields are judged as it came into the standard. */
  uint8_t version = c->version;
  while (!known && version + 1 < RULE_VERSIONS) known = rules->field_count[++version];
  while (!known && version > 0) known = rules->field_count[--version];
  const rule_field *rule = hl7val_rule_field_at(rules->first_field[version]);

  const uint32_t *mark = ix->marks + segment->mark + (is_msh ? 1 : 0);
  const uint32_t *last = ix->marks + segment->mark + segment->fields;
  uint32_t n = is_msh ? 3 : 1;
  for (; mark < last; n++, mark++) {
    const hl7val_span value = {mark[0] + 1, mark[1] - mark[0] - 1};
    if (n > known) {
      if (value.len == 0) continue;
      hl7val_check_report(c, ISSUE_FIELD_EXTRA, (place){n, 0, 0}, value);
      return;
    }
    if (value.len) {
      check_field(c, &rule[n - 1], n, value);
    } else {
      report_missing(c, &rule[n - 1], n, value);
    }
  }
  hl7val_span end = {ix->marks[segment->mark + segment->fields], 0};
  for (; n <= known; n++) report_missing(c, &rule[n - 1], n, end);
}
