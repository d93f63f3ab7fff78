/* The header: what kind of message it is and by which rules it is judged. */
#include "check.h"

#include <string.h>

static hl7val_span header_part(const check *c, uint32_t field, uint32_t component) {
  hl7val_span value = {0, 0}, part = {0, 0};
  const hl7val_index *ix = c->ix;
  if (!hl7val_field(ix, ix->segments, field, &value)) return (hl7val_span){c->segment->at, 0};
  if (!hl7val_part_of(ix->bytes, value, ix->delims.component, component, &part))
    return (hl7val_span){value.at + value.len, 0};
  return part;
}

/* A name of up to four letters as one number; 0 for the empty text, 2 for one that is too long. */
static uint32_t pack(const uint8_t *text, size_t len) {
  uint32_t packed = 0;
  if (len > 4) return 2;
  for (size_t i = 0; i < len; i++) packed = packed << 8 | text[i];
  return packed;
}

static bool is_newer(const uint8_t *text, size_t len) {
  return len >= 3 && len <= 6 && memcmp(text, "2.", 2) == 0 && (text[2] == '9' || (len == 4 && is_digit(text[3])));
}

static bool check_version(check *c) {
  hl7val_span version = c->report->version;
  const uint8_t *text = c->ix->bytes + version.at;
  c->version = hl7val_version_named(text, version.len);
  if (c->version < RULE_VERSIONS) return true;
  c->version = RULE_VERSIONS - 1;
  bool newer = is_newer(text, version.len);
  hl7val_check_report(c, version.len == 0 ? ISSUE_VERSION_MISSING : newer ? ISSUE_VERSION_NEWER : ISSUE_VERSION_UNKNOWN,
               (place){12, 0, 0}, version);
  return newer;
}

static void check_structure_id(check *c, const rule_structure *structure) {
  hl7val_span id = header_part(c, 9, 3);
  if (id.len == 0) {
    if (c->version >= 4) hl7val_check_report(c, ISSUE_STRUCTURE_MISSING, (place){9, 0, 3}, id);
  } else if (strlen(structure->name) != id.len || memcmp(structure->name, c->ix->bytes + id.at, id.len) != 0) {
    hl7val_check_report(c, ISSUE_STRUCTURE_WRONG, (place){9, 0, 3}, id);
  }
}

static bool check_type(check *c) {
  hl7val_span type = c->report->type, event = c->report->event;
  const uint8_t *bytes = c->ix->bytes;
  if (type.len == 0) {
    hl7val_check_report(c, ISSUE_MESSAGE_TYPE_MISSING, (place){9, 0, 0}, type);
    return false;
  }
  bool type_known;
  uint32_t packed = pack(bytes + type.at, type.len);
  const rule_structure *structure = hl7val_structure_of(packed, pack(bytes + event.at, event.len), &type_known);
  if (!structure) {
    if (type_known) {
      hl7val_check_report(c, ISSUE_EVENT_UNKNOWN, (place){9, 0, 2}, event);
    } else {
      hl7val_check_report(c, ISSUE_MESSAGE_TYPE_UNKNOWN, (place){9, 0, 1}, type);
    }
    return false;
  }
  c->nodes = hl7val_nodes_of(structure);
  c->is_result = packed == HL7VAL_NAME('O', 'R', 'U');
  check_structure_id(c, structure);
  return true;
}

void hl7val_read_header(check *c) {
  hl7val_report *report = c->report;
  report->type = header_part(c, 9, 1);
  report->event = header_part(c, 9, 2);
  report->version = header_part(c, 12, 1);
  report->control_id = (hl7val_span){c->segment->at, 0};
  hl7val_field(c->ix, c->ix->segments, 10, &report->control_id);
}

bool hl7val_check_header(check *c) {
  hl7val_report *report = c->report;
  hl7val_read_header(c);
  bool version_ok = check_version(c);
  bool type_ok = check_type(c);
  if (report->control_id.len == 0) hl7val_check_report(c, ISSUE_CONTROL_ID_MISSING, (place){10, 0, 0}, report->control_id);
  hl7val_span processing = header_part(c, 11, 1);
  bool is_known = processing.len == 1 && memchr("PTD", c->ix->bytes[processing.at], 3);
  if (processing.len && !is_known) hl7val_check_report(c, ISSUE_PROCESSING_ID, (place){11, 0, 1}, processing);
  if (c->ix->delims.truncation && c->version < 8) {
    hl7val_span delims;
    if (hl7val_field(c->ix, c->ix->segments, 2, &delims))
      hl7val_check_report(c, ISSUE_DELIMITER_FIFTH, (place){2, 0, 0}, (hl7val_span){delims.at + 4, 1});
  }
  return version_ok && type_ok;
}
