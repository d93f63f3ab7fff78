/* From a byte to its path, and from a path to its text. */
#include "internal.h"

static uint32_t count_byte(const uint8_t *bytes, uint32_t from, uint32_t to, uint8_t byte) {
  uint32_t n = 0;
  for (uint32_t i = from; i < to; i++) n += bytes[i] == byte;
  return n;
}

/* The last position in [from, to) behind a byte, from when there is none. */
static uint32_t after_last(const uint8_t *bytes, uint32_t from, uint32_t to, uint8_t byte) {
  for (uint32_t i = to; i > from; i--) {
    if (bytes[i - 1] == byte) return i;
  }
  return from;
}

static uint32_t occurrence_of(const hl7val_index *ix, uint32_t segment) {
  uint32_t n = 0;
  for (uint32_t i = 0; i <= segment; i++) n += ix->segments[i].name == ix->segments[segment].name;
  return n;
}

bool hl7val_locate(const hl7val_index *ix, uint32_t offset, hl7val_path *path, uint32_t *line) {
  *path = (hl7val_path){0, 0, 0, 0, 0, 0};
  *line = 0;
  uint32_t low = 0, high = ix->segment_count; /* the last segment that begins at or before offset is below high */
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (ix->segments[middle].at <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return false;
  const hl7val_segment *segment = &ix->segments[low - 1];
  const uint32_t *marks = ix->marks + segment->mark;
  if (offset > marks[segment->fields]) return false;
  *line = segment->line;
  if (!segment->name) return true;
  path->name = segment->name;
  path->occurrence = occurrence_of(ix, low - 1);
  uint32_t field = 0;
  while (field < segment->fields && marks[field] < offset) field++;
  if (field == 0) return true;
  bool is_header = segment->name == HL7VAL_NAME('M', 'S', 'H');
  path->field = is_header ? field + 1 : field;
  if (path->field == 2 && is_header) return true;
  uint32_t from = marks[field - 1] + 1;
  path->repetition = 1 + count_byte(ix->bytes, from, offset, ix->delims.repetition);
  from = after_last(ix->bytes, from, offset, ix->delims.repetition);
  path->component = 1 + count_byte(ix->bytes, from, offset, ix->delims.component);
  return true;
}

/* A buffer that stops taking characters when it is full. */
typedef struct text {
  char *out;
  size_t room, len;
} text;

static void put(text *t, char c) {
  if (t->len + 1 < t->room) t->out[t->len++] = c;
}

static void put_number(text *t, uint32_t number) {
  char digits[10];
  int n = 0;
  do {
    digits[n++] = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  while (n) put(t, digits[--n]);
}

/* Segments that stand once in a message, so that [1] after them would only be noise. */
static bool stands_once(uint32_t name) {
  static const uint32_t once[] = {
      HL7VAL_NAME('M', 'S', 'H'), HL7VAL_NAME('P', 'I', 'D'), HL7VAL_NAME('E', 'V', 'N'), HL7VAL_NAME('P', 'V', '1'),
      HL7VAL_NAME('P', 'V', '2'), HL7VAL_NAME('P', 'D', '1'), HL7VAL_NAME('M', 'S', 'A'), HL7VAL_NAME('S', 'C', 'H'),
      HL7VAL_NAME('T', 'X', 'A'), HL7VAL_NAME('M', 'R', 'G'), HL7VAL_NAME('Q', 'P', 'D'), HL7VAL_NAME('R', 'C', 'P'),
      HL7VAL_NAME('Q', 'A', 'K'), HL7VAL_NAME('M', 'F', 'I'),
  };
  for (size_t i = 0; i < sizeof once / sizeof once[0]; i++) {
    if (once[i] == name) return true;
  }
  return false;
}

size_t hl7val_path_text(const hl7val_path *path, char *out, size_t room) {
  text t = {out, room, 0};
  if (path->name) {
    for (int shift = 16; shift >= 0; shift -= 8) put(&t, (char)(path->name >> shift & 0xFF));
    if (path->occurrence > 1 || (path->occurrence == 1 && !stands_once(path->name))) {
      put(&t, '[');
      put_number(&t, path->occurrence);
      put(&t, ']');
    }
    if (path->field) put(&t, '-'), put_number(&t, path->field);
    if (path->repetition > 1) put(&t, '['), put_number(&t, path->repetition), put(&t, ']');
    if (path->component) put(&t, '.'), put_number(&t, path->component);
    if (path->subcomponent) put(&t, '.'), put_number(&t, path->subcomponent);
  }
  if (room) out[t.len] = '\0';
  return t.len;
}
