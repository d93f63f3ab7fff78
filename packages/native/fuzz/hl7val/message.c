/* Reading and judging hostile bytes.
 * Properties: every offset lies inside the input; both profiles come to the same ack and disposition; the room that is
 * asked for is enough; what locate says about a byte, get finds again; parts of a file do not overlap. */
#include <stdint.h>
#include <stdlib.h>

#include "hl7val.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ISSUES = 64 };

#define MUST(condition) \
  do { \
    if (!(condition)) abort(); \
  } while (0)

static void check_places(const hl7val_index *ix, size_t size) {
  for (uint32_t i = 0; i < ix->segment_count; i++) {
    hl7val_span value;
    for (uint32_t n = 1; hl7val_field(ix, &ix->segments[i], n, &value); n++) MUST(value.at + value.len <= size);
  }
  for (uint32_t at = 0; at < size; at += 1 + (uint32_t)size / 64) {
    hl7val_path path;
    hl7val_span value;
    uint32_t line;
    if (!hl7val_locate(ix, at, &path, &line) || !path.name) continue;
    MUST(hl7val_get(ix, &path, &value) == HL7VAL_OK);
    MUST(value.at <= at && at <= value.at + value.len);
    char text[HL7VAL_PATH_TEXT_MAX];
    hl7val_path again;
    MUST(hl7val_path_parse(text, hl7val_path_text(&path, text, sizeof text), &again) == HL7VAL_OK);
  }
}

static void check_parts(const uint8_t *data, size_t size) {
  hl7val_parts parts = {.file = data, .len = size};
  hl7val_part part;
  size_t end = 0;
  uint32_t line = 0;
  while (hl7val_next_part(&parts, &part) == HL7VAL_OK) {
    MUST(part.bytes.at >= end && part.line >= line);
    end = part.bytes.at + part.bytes.len;
    line = part.line;
    MUST(end <= size);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hl7val_index ix = {.mark_room = 0};
  hl7val_report strict = {.issue_room = 0}, tolerant = {.issue_room = 0};
  if (hl7val_index_message(data, size, &ix) == HL7VAL_ENOSPACE) {
    ix.mark_room = ix.mark_count;
    ix.segment_room = ix.segment_count;
    ix.marks = malloc((ix.mark_room + 1) * sizeof *ix.marks);
    ix.segments = malloc((ix.segment_room + 1) * sizeof *ix.segments);
  }
  uint32_t slot_room = 4 * ix.segment_room + 16;
  uint32_t *slots = malloc(slot_room * sizeof *slots);
  uint32_t *cuts = malloc((size / 64 * 2 + 2) * sizeof *cuts);
  hl7val_issue *issues = malloc(ISSUES * sizeof *issues);
  if (slots && issues && cuts && (ix.mark_room == 0 || (ix.marks && ix.segments))) {
    strict.issues = issues;
    strict.issue_room = ISSUES;
    MUST(hl7val_validate(data, size, HL7VAL_TOLERANT, &ix, slots, slot_room, 1, &tolerant) == HL7VAL_OK);
    /* With cuts it says the same, and needs no more room for them than the header says. */
    ix.cut_room = (uint32_t)(size / 64 * 2 + 2);
    ix.cuts = cuts;
    MUST(hl7val_validate(data, size, HL7VAL_STRICT, &ix, slots, slot_room, 1, &strict) == HL7VAL_OK);
    MUST(strict.ack == tolerant.ack && strict.disposition == tolerant.disposition);
    MUST(strict.issue_count == tolerant.issue_count);
    for (uint32_t i = 0; i < strict.issue_count && i < ISSUES; i++) {
      MUST(issues[i].at + issues[i].len <= size && issues[i].line >= 1);
      MUST(issues[i].code < hl7val_code_count() && issues[i].disposition <= (uint32_t)strict.disposition);
    }
    check_places(&ix, size);
  }
  free(slots);
  free(issues);
  free(cuts);
  free(ix.marks);
  free(ix.segments);
  check_parts(data, size);
  return 0;
}
