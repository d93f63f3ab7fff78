/* What a result needs beyond the general rules of its fields. */
#include "check.h"

#include <string.h>

/* Field n of the segment being checked, which is not MSH; empty at its end when it does not reach that far. */
static hl7val_span field_of(const check *c, uint32_t n) {
  const hl7val_segment *segment = c->segment;
  const uint32_t *mark = c->ix->marks + segment->mark;
  if (n > segment->fields) return (hl7val_span){mark[segment->fields], 0};
  return (hl7val_span){mark[n - 1] + 1, mark[n] - mark[n - 1] - 1};
}

/* Component n of value, empty when there is none. */
static hl7val_span component(const check *c, hl7val_span value, uint32_t n) {
  hl7val_span part;
  if (hl7val_part_of(c->ix->bytes, value, c->ix->delims.component, n, &part)) return part;
  return (hl7val_span){value.at + value.len, 0};
}

/* A coded element says something when its code, its text or an alternate of them does. */
static bool names_something(const check *c, hl7val_span coded) {
  static const uint32_t parts[4] = {2, 4, 5, 9};
  if (coded.len == 0 || is_null(c->ix->bytes + coded.at, coded.len)) return false;
  if (c->ix->bytes[coded.at] != c->ix->delims.component) return true; /* its code is there */
  for (size_t i = 0; i < 4; i++) {
    if (component(c, coded, parts[i]).len) return true;
  }
  return false;
}

static bool is_structured_number(const check *c, hl7val_span value) {
  static const char *const comparators[] = {"<", ">", "<=", ">=", "=", "<>"};
  const uint8_t *bytes = c->ix->bytes;
  hl7val_span first = component(c, value, 1), low = component(c, value, 2), separator = component(c, value, 3),
              high = component(c, value, 4), rest;
  bool first_ok = first.len == 0;
  for (size_t i = 0; i < 6 && !first_ok; i++)
    first_ok = strlen(comparators[i]) == first.len && memcmp(comparators[i], bytes + first.at, first.len) == 0;
  bool separator_ok = separator.len == 0 || (separator.len == 1 && memchr("-+/.:", bytes[separator.at], 5));
  bool low_ok = low.len == 0 || hl7val_is_number(bytes + low.at, low.len);
  bool high_ok = high.len == 0 || hl7val_is_number(bytes + high.at, high.len);
  bool says_something = low.len || high.len;
  bool ends = !hl7val_part_of(bytes, value, c->ix->delims.component, 5, &rest);
  return first_ok && separator_ok && low_ok && high_ok && says_something && ends;
}

/* A coding system is a short name or an OID; a sentence there is a value in the wrong place. */
static bool names_system(const check *c, hl7val_span system) {
  return system.len == 0 || !memchr(c->ix->bytes + system.at, ' ', system.len);
}

static void check_document(check *c, place where, hl7val_span value) {
  hl7val_span encoding = component(c, value, 4), data;
  if (!hl7val_part_of(c->ix->bytes, value, c->ix->delims.component, 5, &data)) {
    hl7val_check_report(c, ISSUE_OBX_VALUE_DOCUMENT, where, value);
  } else if (data.len == 0) {
    hl7val_check_report(c, ISSUE_OBX_DOCUMENT_EMPTY, where, value);
  } else if (!hl7val_is_in_table(TABLE_0299, c->ix->bytes + encoding.at, encoding.len)) {
    where.component = 4;
    hl7val_check_report(c, ISSUE_OBX_VALUE_ENCODING, where, encoding);
  }
}

static void check_coded(check *c, place where, hl7val_span value) {
  for (uint32_t n = 3; n <= 6; n += 3) {
    hl7val_span system = component(c, value, n);
    if (names_system(c, system)) continue;
    where.component = n;
    hl7val_check_report(c, ISSUE_OBX_VALUE_SYSTEM, where, system);
    return;
  }
}

/* One repetition of OBX-5 against OBX-2. */
static void check_observation(check *c, const rule_type *type, place where, hl7val_span value) {
  const uint8_t *bytes = c->ix->bytes;
  if (type->kind == KIND_NUMBER) {
    if (!hl7val_is_number(bytes + value.at, value.len)) hl7val_check_report(c, ISSUE_OBX_VALUE_NUMBER, where, value);
  } else if (type->kind == KIND_DATE) {
    if (!hl7val_is_date(bytes + value.at, value.len)) hl7val_check_report(c, ISSUE_OBX_VALUE_DATE, where, value);
  } else if (type->kind == KIND_TIME) {
    if (!hl7val_is_time_of_day(bytes + value.at, value.len)) hl7val_check_report(c, ISSUE_OBX_VALUE_TIME, where, value);
  } else if (type->kind == KIND_TIMESTAMP || strcmp(type->name, "TS") == 0) {
    const hl7val_span first = component(c, value, 1);
    if (!hl7val_is_timestamp(bytes + first.at, first.len)) hl7val_check_report(c, ISSUE_OBX_VALUE_TIMESTAMP, where, value);
  } else if (strcmp(type->name, "SN") == 0) {
    if (!is_structured_number(c, value)) hl7val_check_report(c, ISSUE_OBX_VALUE_STRUCTURED, where, value);
  } else if (strcmp(type->name, "ED") == 0) {
    check_document(c, where, value);
  } else if (strcmp(type->name, "CE") == 0 || strcmp(type->name, "CWE") == 0 || strcmp(type->name, "CNE") == 0) {
    check_coded(c, where, value);
  }
}

static void check_observations(check *c, const rule_type *type, hl7val_span value) {
  const uint8_t *bytes = c->ix->bytes;
  uint32_t end = value.at + value.len, from = value.at;
  for (uint32_t n = 1;; n++) {
    const uint8_t *cut = memchr(bytes + from, c->ix->delims.repetition, end - from);
    uint32_t to = cut ? (uint32_t)(cut - bytes) : end;
    if (to > from && !is_null(bytes + from, to - from))
      check_observation(c, type, (place){5, cut || n > 1 ? n : 0, 0}, (hl7val_span){from, to - from});
    if (!cut) return;
    from = to + 1;
  }
}

static uint64_t mix(uint64_t h, const uint8_t *bytes, size_t len) {
  for (; len >= 8; bytes += 8, len -= 8) {
    uint64_t eight;
    memcpy(&eight, bytes, 8);
    h = (h ^ eight) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
  }
  uint64_t rest = len;
  for (size_t i = 0; i < len; i++) rest = rest << 8 | bytes[i];
  h = (h ^ rest) * 0xBF58476D1CE4E5B9u;
  return h ^ h >> 32;
}

static hl7val_span field_at(const check *c, uint32_t i, uint32_t n) {
  const hl7val_segment *segment = &c->ix->segments[i];
  const uint32_t *mark = c->ix->marks + segment->mark;
  if (n > segment->fields) return (hl7val_span){0, 0};
  return (hl7val_span){mark[n - 1] + 1, mark[n] - mark[n - 1] - 1};
}

static bool same_bytes(const check *c, hl7val_span a, hl7val_span b) {
  return a.len == b.len && memcmp(c->ix->bytes + a.at, c->ix->bytes + b.at, a.len) == 0;
}

/* More steps than this mean that the table is being attacked or the group is huge; a duplicate is then not seen. */
enum { PROBES_MAX = 64 };

/* Finds an earlier OBX of this group with the same OBX-3 and OBX-4, or remembers this one. */
static bool find_twin(check *c, uint32_t i, uint32_t *twin) {
  hl7val_span code = field_at(c, i, 3), sub = field_at(c, i, 4);
  const uint8_t *bytes = c->ix->bytes;
  uint64_t hash = mix(mix(c->seed, bytes + code.at, code.len), bytes + sub.at, sub.len);
  for (uint32_t probe = 0; probe < PROBES_MAX; probe++) {
    uint32_t *slot = &c->slots[(hash + probe) & c->slot_mask];
    /* An entry from before this group's start is as good as none: groups only ever follow each other. */
    if (*slot <= c->group_start + 1) {
      *slot = i + 1;
      return false;
    }
    *twin = *slot - 1;
    if (same_bytes(c, code, field_at(c, *twin, 3)) && same_bytes(c, sub, field_at(c, *twin, 4))) return true;
  }
  return false;
}

static void check_duplicate(check *c, uint32_t i, const rule_type *type) {
  uint32_t twin;
  if (field_of(c, 3).len == 0 || !find_twin(c, i, &twin)) return;
  bool is_measured = type && (type->kind == KIND_NUMBER || strcmp(type->name, "SN") == 0);
  bool same = same_bytes(c, field_at(c, i, 5), field_at(c, twin, 5));
  hl7val_span value = field_of(c, 5);
  if (same && value.len == 0) return;
  issue_code code = same || is_measured ? ISSUE_OBX_DUPLICATE : ISSUE_OBX_REPEATED_CODE;
  hl7val_check_report(c, code, (place){3, 0, 0}, field_of(c, 3));
}

static void check_status(check *c) {
  hl7val_span status = field_of(c, 11);
  if (status.len == 0 || is_null(c->ix->bytes + status.at, status.len)) {
    if (c->version > 0) hl7val_check_report(c, ISSUE_OBX_STATUS_MISSING, (place){11, 0, 0}, status);
  } else if (!hl7val_is_in_table(TABLE_0085, c->ix->bytes + status.at, status.len)) {
    hl7val_check_report(c, ISSUE_OBX_STATUS_UNKNOWN, (place){11, 0, 0}, status);
  }
}

/* The type that OBX-2 names, NULL when it is no value type. */
static const rule_type *value_type(check *c, const uint8_t *name, size_t len) {
  if (c->last_type && len && len <= 8 && c->last_type->head == rule_head(name, len)) return c->last_type;
  c->last_type = hl7val_is_in_table(TABLE_0125, name, len) ? hl7val_rule_type_named(name, len) : NULL;
  return c->last_type;
}

void hl7val_check_obx(check *c, uint32_t i) {
  const uint8_t *bytes = c->ix->bytes;
  hl7val_span set_id = field_of(c, 1), type_name = field_of(c, 2), value = field_of(c, 5);
  if (c->obx_count++ == 0 && c->is_result && c->obr_count == 0 && c->version < 8)
    hl7val_check_report(c, ISSUE_OBX_BEFORE_OBR, (place){0, 0, 0}, (hl7val_span){c->segment->at, 3});
  if (set_id.len && !hl7val_is_set_id(bytes + set_id.at, set_id.len))
    hl7val_check_report(c, ISSUE_OBX_SET_ID, (place){1, 0, 0}, set_id);
  if (!names_something(c, field_of(c, 3)))
    hl7val_check_report(c, c->is_result ? ISSUE_OBX_CODE_MISSING : ISSUE_OBX_CODE_MISSING_ASIDE, (place){3, 0, 0},
                 field_of(c, 3));
  check_status(c);

  const rule_type *type = value_type(c, bytes + type_name.at, type_name.len);
  bool has_value = value.len && !is_null(bytes + value.at, value.len);
  if (!type && has_value) {
    hl7val_check_report(c, type_name.len ? ISSUE_OBX_TYPE_UNKNOWN : ISSUE_OBX_TYPE_MISSING, (place){2, 0, 0}, type_name);
  }
  if (has_value && type) check_observations(c, type, value);
  check_duplicate(c, i, type);
}

void hl7val_check_obr(check *c) {
  c->obr_count++;
  hl7val_span test = field_of(c, 4);
  if (!names_something(c, test)) hl7val_check_report(c, ISSUE_OBR_CODE_MISSING, (place){4, 0, 0}, test);
}

void hl7val_check_pid(check *c) {
  hl7val_span list = field_of(c, 3), first;
  if (c->pid_count++ && c->is_result)
    hl7val_check_report(c, ISSUE_PATIENT_SEVERAL, (place){0, 0, 0}, (hl7val_span){c->segment->at, 3});
  const uint8_t *bytes = c->ix->bytes;
  for (uint32_t n = 1; n <= 100 && hl7val_part_of(bytes, list, c->ix->delims.repetition, n, &first); n++) {
    hl7val_span id = component(c, first, 1);
    if (id.len && !is_null(bytes + id.at, id.len)) return;
  }
  hl7val_check_report(c, ISSUE_PATIENT_ID_MISSING, (place){3, 0, 0}, list);
}
