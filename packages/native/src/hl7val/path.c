/* The path language and how it finds its bytes. */
#include "internal.h"

#include <string.h>

bool hl7val_field(const hl7val_index *ix, const hl7val_segment *segment, uint32_t n, hl7val_span *value) {
  bool is_header = segment->name == HL7VAL_NAME('M', 'S', 'H');
  if (is_header && n == 1) {
    *value = (hl7val_span){segment->at + 3, 1};
    return segment->fields > 0;
  }
  if (is_header) n--;
  if (n == 0 || n > segment->fields) return false;
  uint32_t from = ix->marks[segment->mark + n - 1] + 1;
  *value = (hl7val_span){from, ix->marks[segment->mark + n] - from};
  return true;
}

bool hl7val_part_of(const uint8_t *bytes, hl7val_span value, uint8_t delimiter, uint32_t n, hl7val_span *part) {
  uint32_t end = value.at + value.len;
  uint32_t from = value.at;
  for (; n > 1; n--) {
    const uint8_t *cut = memchr(bytes + from, delimiter, end - from);
    if (!cut) return false;
    from = (uint32_t)(cut - bytes) + 1;
  }
  const uint8_t *cut = memchr(bytes + from, delimiter, end - from);
  *part = (hl7val_span){from, (cut ? (uint32_t)(cut - bytes) : end) - from};
  return true;
}

/* Reads a number of 1 to 999999 and moves over it; 0 when there is none. */
static uint32_t read_number(const char *text, size_t len, size_t *at) {
  uint32_t number = 0;
  size_t from = *at;
  while (*at < len && *at - from < 6 && is_digit((uint8_t)text[*at]))
    number = number * 10 + (uint32_t)(text[(*at)++] - '0');
  return number;
}

/* [n] at *at: the number, 0 when there is no bracket; *ok turns false when it is malformed. */
static uint32_t read_bracket(const char *text, size_t len, size_t *at, bool *ok) {
  if (*at >= len || text[*at] != '[') return 0;
  ++*at;
  uint32_t number = read_number(text, len, at);
  *ok = *ok && number && *at < len && text[*at] == ']';
  ++*at;
  return number;
}

/* separator and a number at *at: the number, 0 when there is no separator. */
static uint32_t read_step(const char *text, size_t len, size_t *at, bool *ok) {
  if (*at >= len || text[*at] != '.') return 0;
  ++*at;
  uint32_t number = read_number(text, len, at);
  *ok = *ok && number;
  return number;
}

hl7val_status hl7val_path_parse(const char *text, size_t len, hl7val_path *path) {
  *path = (hl7val_path){0, 0, 0, 0, 0, 0};
  if (len < 3) return HL7VAL_EPATH;
  uint8_t a = (uint8_t)text[0], b = (uint8_t)text[1], c = (uint8_t)text[2];
  bool ok = is_upper(a) && (is_upper(b) || is_digit(b)) && (is_upper(c) || is_digit(c));
  size_t at = 3;
  hl7val_path p = {.name = HL7VAL_NAME(a, b, c)};
  p.occurrence = read_bracket(text, len, &at, &ok);
  if (at < len && (text[at] == '-' || text[at] == '.')) {
    at++;
    p.field = read_number(text, len, &at);
    ok = ok && p.field;
    p.repetition = read_bracket(text, len, &at, &ok);
    p.component = read_step(text, len, &at, &ok);
    if (p.component) p.subcomponent = read_step(text, len, &at, &ok);
  }
  if (!ok || at != len) return HL7VAL_EPATH;
  *path = p;
  return HL7VAL_OK;
}

static const hl7val_segment *find_segment(const hl7val_index *ix, uint32_t name, uint32_t occurrence) {
  for (uint32_t i = 0; i < ix->segment_count; i++) {
    if (ix->segments[i].name == name && --occurrence == 0) return &ix->segments[i];
  }
  return NULL;
}

hl7val_status hl7val_get(const hl7val_index *ix, const hl7val_path *path, hl7val_span *value) {
  *value = (hl7val_span){0, 0};
  const hl7val_segment *segment = find_segment(ix, path->name, path->occurrence ? path->occurrence : 1);
  if (!segment) return HL7VAL_ABSENT;
  hl7val_span found;
  if (!path->field) {
    found = (hl7val_span){segment->at, ix->marks[segment->mark + segment->fields] - segment->at};
  } else if (!hl7val_field(ix, segment, path->field, &found)) {
    return HL7VAL_ABSENT;
  }
  bool is_delims = path->name == HL7VAL_NAME('M', 'S', 'H') && (path->field == 1 || path->field == 2);
  if (is_delims) {
    if (path->repetition > 1 || path->component > 1 || path->subcomponent > 1) return HL7VAL_ABSENT;
  } else if (path->field && (path->repetition || path->component)) {
    uint32_t repetition = path->repetition ? path->repetition : 1;
    if (!hl7val_part_of(ix->bytes, found, ix->delims.repetition, repetition, &found)) return HL7VAL_ABSENT;
    if (path->component && !hl7val_part_of(ix->bytes, found, ix->delims.component, path->component, &found))
      return HL7VAL_ABSENT;
    if (path->subcomponent && !hl7val_part_of(ix->bytes, found, ix->delims.subcomponent, path->subcomponent, &found))
      return HL7VAL_ABSENT;
  }
  *value = found;
  return HL7VAL_OK;
}
