/* The validator: one walk over the segments of a message. */
#include "check.h"

#include <string.h>

void hl7val_check_report_at(check *c, issue_code code, hl7val_path path, hl7val_span bytes, uint32_t line) {
  static const uint8_t strict_severity[4] = {HL7VAL_INFO, HL7VAL_WARNING, HL7VAL_ERROR, HL7VAL_ERROR};
  static const uint8_t tolerant_severity[4] = {HL7VAL_INFO, HL7VAL_WARNING, HL7VAL_ERROR, HL7VAL_ERROR};
  const rule_issue *rule = hl7val_rule_of_issue(code);
  hl7val_report *report = c->report;
  hl7val_ack ack = rule->strict == LEVEL_REJECT ? HL7VAL_AR : rule->strict == LEVEL_ERROR ? HL7VAL_AE : HL7VAL_AA;
  if (ack > report->ack) report->ack = ack;
  if (rule->tolerant > report->disposition) report->disposition = (hl7val_disposition)rule->tolerant;
  if (report->issue_count++ >= report->issue_room) return;
  report->issues[report->issue_count - 1] = (hl7val_issue){
      .code = code,
      .severity = c->profile == HL7VAL_STRICT ? strict_severity[rule->strict] : tolerant_severity[rule->tolerant],
      .disposition = rule->tolerant,
      .at = bytes.at,
      .len = bytes.len,
      .line = line,
      .path = path,
  };
}

void hl7val_check_report(check *c, issue_code code, place where, hl7val_span bytes) {
  hl7val_path path = {.name = c->segment->name,
                      .occurrence = c->segment->name ? c->occurrence : 0,
                      .field = where.field,
                      .repetition = where.repetition,
                      .component = where.component};
  hl7val_check_report_at(c, code, path, bytes, c->segment->line);
}

/* Which of its name a segment outside the rules is; 0 when too many different names were seen to tell. */
static uint32_t count_other(check *c, uint32_t name) {
  for (uint32_t i = 0; i < OTHER_NAMES_MAX; i++) {
    if (c->other_names[i] == 0) c->other_names[i] = name;
    if (c->other_names[i] == name) return ++c->other_seen[i];
  }
  return 0;
}

static bool continues_group(uint32_t name) {
  return name == HL7VAL_NAME('O', 'B', 'X') || name == HL7VAL_NAME('N', 'T', 'E') ||
         name == HL7VAL_NAME('P', 'R', 'T') || name >> 16 == 'Z';
}

static void check_segment(check *c, uint32_t i) {
  const hl7val_segment *segment = &c->ix->segments[i];
  c->segment = segment;
  if (!segment->name) {
    uint32_t end = c->ix->marks[segment->mark + segment->fields];
    hl7val_check_report(c, ISSUE_NOT_A_SEGMENT, (place){0, 0, 0}, (hl7val_span){segment->at, end - segment->at});
    return;
  }
  if (!continues_group(segment->name)) c->group_start = i;
  const rule_segment *rules = hl7val_rules_of_segment(segment->name);
  c->occurrence = rules ? ++*hl7val_seen_of_segment(c, rules) : count_other(c, segment->name);
  if (segment->name == HL7VAL_NAME('M', 'S', 'H') && i > 0) {
    hl7val_check_report(c, ISSUE_MSH_REPEATED, (place){0, 0, 0}, (hl7val_span){segment->at, 3});
    return;
  }
  if (segment->name == HL7VAL_NAME('O', 'B', 'R')) hl7val_check_obr(c);
  if (segment->name == HL7VAL_NAME('O', 'B', 'X')) hl7val_check_obx(c, i);
  if (segment->name == HL7VAL_NAME('P', 'I', 'D')) hl7val_check_pid(c);
  hl7val_check_order(c, segment);
  if (rules) hl7val_check_fields(c, rules);
}

static void check_results(check *c) {
  if (!c->is_result) return;
  const hl7val_span end = {c->ix->message.at + c->ix->message.len, 0};
  const hl7val_path pid = {.name = HL7VAL_NAME('P', 'I', 'D')}, obx = {.name = HL7VAL_NAME('O', 'B', 'X')};
  if (c->pid_count == 0) hl7val_check_report_at(c, ISSUE_PATIENT_MISSING, pid, end, c->segment->line);
  if (c->obr_count && !c->obx_count) hl7val_check_report_at(c, ISSUE_RESULTS_MISSING, obx, end, c->segment->line);
}

/* A message that could not be indexed, or whose delimiters are unusable. */
static void report_unreadable(check *c, hl7val_status status, size_t len) {
  const hl7val_path msh2 = {.name = HL7VAL_NAME('M', 'S', 'H'), .occurrence = 1, .field = 2};
  const hl7val_path none = {0, 0, 0, 0, 0, 0};
  const hl7val_index *ix = c->ix;
  uint32_t all = len < HL7VAL_FILE_BYTES_MAX ? (uint32_t)len : HL7VAL_FILE_BYTES_MAX;
  if (status == HL7VAL_EDELIMS) {
    hl7val_span delims = {ix->message.at, 0};
    bool has_delims = ix->segment_count && hl7val_field(ix, ix->segments, 2, &delims) && ix->segments[0].fields > 1;
    issue_code code = !has_delims  ? ISSUE_MSH_INCOMPLETE
                      : delims.len ? ISSUE_DELIMITERS_UNUSABLE
                                   : ISSUE_DELIMITERS_MISSING;
    hl7val_check_report_at(c, code, msh2, delims, ix->segments[0].line);
    if (!has_delims) c->report->ack = HL7VAL_ACK_NONE;
    return;
  }
  issue_code code = status == HL7VAL_EEMPTY    ? ISSUE_MESSAGE_EMPTY
                    : status == HL7VAL_ETOOBIG ? ISSUE_MESSAGE_TOO_BIG
                                               : ISSUE_MSH_MISSING;
  hl7val_check_report_at(c, code, none, (hl7val_span){0, status == HL7VAL_ENOMSH ? all : 0}, 1);
  c->report->ack = HL7VAL_ACK_NONE;
}

static uint32_t slots_for(uint32_t segments) {
  uint32_t slots = 16;
  while (slots < 2 * segments) slots *= 2;
  return slots;
}

static void prepare(check *c) {
  const hl7val_delims *d = &c->ix->delims;
  c->class_of[d->component] = CLASS_COMPONENT;
  c->class_of[d->repetition] = CLASS_REPETITION;
  c->class_of[d->subcomponent] = CLASS_SUBCOMPONENT;
  memset(c->slots, 0, (c->slot_mask + 1) * sizeof c->slots[0]);
}

hl7val_status hl7val_validate(const uint8_t *bytes, size_t len, hl7val_profile profile, hl7val_index *ix,
                              uint32_t *slots, uint32_t slot_room, uint64_t seed, hl7val_report *report) {
  hl7val_status status = hl7val_index_message(bytes, len, ix);
  if (status == HL7VAL_ENOSPACE) return status;
  uint32_t slot_count = slots_for(ix->segment_count);
  if (ix->segment_count && slot_count > slot_room) return HL7VAL_ENOSPACE;

  check c = {.ix = ix, .report = report, .profile = profile, .slots = slots, .slot_mask = slot_count - 1, .seed = seed};
  report->issue_count = 0;
  report->ack = HL7VAL_AA;
  report->disposition = HL7VAL_TAKE;
  report->type = report->event = report->version = report->control_id = (hl7val_span){0, 0};
  if (ix->segment_count) {
    c.segment = &ix->segments[0];
    c.occurrence = 1;
  }
  if (status != HL7VAL_OK && status != HL7VAL_EDELIMS) {
    report_unreadable(&c, status, len);
    return HL7VAL_OK;
  }
  if (status == HL7VAL_EDELIMS) {
    report_unreadable(&c, status, len);
    hl7val_read_header(&c);
    return HL7VAL_OK;
  }
  prepare(&c);
  hl7val_check_text(&c);
  c.segment = &ix->segments[0];
  if (!hl7val_check_header(&c)) return HL7VAL_OK;
  for (uint32_t i = 0; i < ix->segment_count; i++) check_segment(&c, i);
  hl7val_check_order_end(&c);
  check_results(&c);
  return HL7VAL_OK;
}
