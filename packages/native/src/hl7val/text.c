/* What concerns the bytes of a message as a whole. */
#include "check.h"

#include <string.h>

/* Reports something about one byte of the message with the path of the element it stands in. */
static void report_byte(check *c, issue_code code, uint32_t at, uint32_t len) {
  hl7val_path path = {0, 0, 0, 0, 0, 0};
  uint32_t line = 1;
  hl7val_locate(c->ix, at, &path, &line);
  hl7val_check_report_at(c, code, path, (hl7val_span){at, len}, line);
}

static void check_framing(check *c) {
  const hl7val_index *ix = c->ix;
  const hl7val_path none = {0, 0, 0, 0, 0, 0};
  const hl7val_span start = {0, 0}, end = {ix->message.at + ix->message.len, 0};
  uint32_t first = ix->segments[0].line, last = ix->segments[ix->segment_count - 1].line;
  if (ix->saw & HL7VAL_SAW_LINES_BEFORE)
    hl7val_check_report_at(c, ISSUE_LINES_BEFORE_MSH, none, (hl7val_span){0, ix->message.at}, 1);
  if (ix->saw & HL7VAL_SAW_BOM) hl7val_check_report_at(c, ISSUE_BYTE_ORDER_MARK, none, (hl7val_span){0, 3}, 1);
  if (ix->saw & HL7VAL_SAW_MLLP) hl7val_check_report_at(c, ISSUE_FRAME_BYTES, none, start, first);
  if (ix->saw & (HL7VAL_SAW_LF | HL7VAL_SAW_CRLF)) {
    hl7val_span line_end = {ix->marks[ix->segments[0].mark + ix->segments[0].fields], 1};
    hl7val_check_report_at(c, ISSUE_LINE_END, none, line_end, first);
  }
  if (ix->saw & HL7VAL_SAW_NO_TERMINATOR) hl7val_check_report_at(c, ISSUE_LINE_END_MISSING, none, end, last);
  if (ix->saw & HL7VAL_SAW_MORE) hl7val_check_report_at(c, ISSUE_SEVERAL_MESSAGES, none, end, last);
}

static void check_charset(check *c) {
  const hl7val_index *ix = c->ix;
  hl7val_span value = {ix->segments[0].at, 0}, name;
  hl7val_field(ix, ix->segments, 18, &value);
  hl7val_part_of(ix->bytes, value, ix->delims.repetition, 1, &name);
  bool exact;
  hl7val_charset named = hl7val_charset_named(ix->bytes + name.at, name.len, &exact);
  bool non_ascii = ix->saw & HL7VAL_SAW_NON_ASCII, not_utf8 = ix->saw & HL7VAL_SAW_NOT_UTF8;
  place where = {18, 0, 0};
  if (named == HL7VAL_CHARSET_REFUSED) {
    hl7val_check_report(c, ISSUE_CHARSET_REFUSED, where, name);
    return;
  }
  if (named == HL7VAL_CHARSET_UNKNOWN) {
    hl7val_check_report(c, ISSUE_CHARSET_UNKNOWN, where, name);
  } else if (!exact) {
    hl7val_check_report(c, ISSUE_CHARSET_NAME, where, name);
  }
  if (!non_ascii) return;
  if (!not_utf8) {
    if (named != HL7VAL_UTF8 && named != HL7VAL_CHARSET_UNKNOWN)
      hl7val_check_report(c, name.len ? ISSUE_CHARSET_WRONG : ISSUE_CHARSET_MISSING, where, name);
    return;
  }
  /* The first character that does not fit is where the reader should look. */
  uint32_t at = ix->message.at, end = at + ix->message.len, code_point;
  while (at < end) {
    size_t took = hl7val_read_char(ix->charset, ix->bytes + at, end - at, &code_point);
    if (!took) {
      report_byte(c, ISSUE_CHARSET_MISMATCH, at, 1);
      return;
    }
    at += (uint32_t)took;
  }
}

/* More than this many of one kind say nothing new and would only cost time. */
enum { REPORTS_OF_A_KIND_MAX = 20 };

static void check_control_characters(check *c) {
  const uint8_t *bytes = c->ix->bytes;
  uint32_t end = c->ix->message.at + c->ix->message.len;
  uint8_t odd = 0;
  for (uint32_t i = c->ix->message.at; i < end; i++) {
    uint8_t b = bytes[i];
    odd |= (uint8_t)((b < ' ') & (b != BYTE_CR) & (b != BYTE_LF));
  }
  if (!odd) return;
  int nuls = 0, others = 0;
  for (uint32_t i = c->ix->message.at; i < end && nuls + others < REPORTS_OF_A_KIND_MAX; i++) {
    uint8_t b = bytes[i];
    if (b == 0 && nuls++ == 0) report_byte(c, ISSUE_NUL_BYTE, i, 1);
    bool is_odd = b < ' ' && b != 0 && b != BYTE_CR && b != BYTE_LF && b != '\t' && !is_frame_byte(b);
    if (is_odd) others++, report_byte(c, ISSUE_CONTROL_CHARACTER, i, 1);
  }
  /* A zero byte refuses the message, so it must be found however many others come first. */
  const uint8_t *nul = nuls ? NULL : memchr(bytes + c->ix->message.at, 0, c->ix->message.len);
  if (nul) report_byte(c, ISSUE_NUL_BYTE, (uint32_t)(nul - bytes), 1);
}

/* Length of the escape sequence at at, delimiters included, 0 when it is none within its field; *local for \Z..\ and
 * switches of sets. */
static uint32_t escape_length(const check *c, uint32_t at, uint32_t end, bool *local) {
  const hl7val_index *ix = c->ix;
  enum { BODY_MAX = 1024 };
  *local = false;
  uint32_t reach = end - at - 1 < BODY_MAX ? end - at - 1 : BODY_MAX;
  const uint8_t *body = ix->bytes + at + 1;
  const uint8_t *close = memchr(body, ix->delims.escape, reach);
  if (!close || close == body || memchr(body, ix->delims.field, (size_t)(close - body))) return 0;
  uint32_t len = (uint32_t)(close - body) + 2;
  *local = body[0] == 'Z' || body[0] == 'C' || body[0] == 'M';
  if (*local) return len;
  uint8_t text[BODY_MAX];
  size_t text_len;
  hl7val_status status = hl7val_decode(ix->bytes + at, len, &ix->delims, ix->charset, text, sizeof text, &text_len);
  bool as_written = status == HL7VAL_OK && text_len == len && memcmp(text, ix->bytes + at, len) == 0;
  return as_written ? 0 : len;
}

static void check_escapes(check *c) {
  const hl7val_index *ix = c->ix;
  const hl7val_segment *header = &ix->segments[0];
  const uint32_t behind = header->fields < 2 ? header->at : ix->marks[header->mark + 1];
  const uint32_t message_end = ix->message.at + ix->message.len;
  /* Most messages have none, which is seen at once. */
  if (!memchr(ix->bytes + behind, ix->delims.escape, message_end - behind)) return;
  int reports = 0;
  for (uint32_t s = 0; s < ix->segment_count && reports < REPORTS_OF_A_KIND_MAX; s++) {
    const hl7val_segment *segment = &ix->segments[s];
    uint32_t at = segment->at, end = ix->marks[segment->mark + segment->fields];
    if (segment->name == HL7VAL_NAME('M', 'S', 'H')) {
      if (segment->fields < 2) continue;
      at = ix->marks[segment->mark + 1];
    }
    while (at < end && reports < REPORTS_OF_A_KIND_MAX) {
      const uint8_t *found = memchr(ix->bytes + at, ix->delims.escape, end - at);
      if (!found) break;
      at = (uint32_t)(found - ix->bytes);
      bool local;
      uint32_t len = escape_length(c, at, end, &local);
      if (local || !len) {
        report_byte(c, local ? ISSUE_ESCAPE_LOCAL : ISSUE_ESCAPE_BROKEN, at, len ? len : 1);
        reports++;
      }
      at += len ? len : 1;
    }
  }
}

void hl7val_check_text(check *c) {
  check_framing(c);
  check_charset(c);
  check_control_characters(c);
  check_escapes(c);
}
