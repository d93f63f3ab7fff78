/* Indexes one message in one pass: where its delimiters, line ends and segments are. */
#include "internal.h"
#include "scan.h"

#include <string.h>

bool hl7val_read_delims(const uint8_t *msh, size_t len, hl7val_delims *delims) {
  *delims = (hl7val_delims){'|', '^', '~', '\\', '&', 0};
  if (len < 4 || msh[3] <= ' ' || msh[3] >= 0x7F || is_alnum(msh[3])) return false;
  delims->field = msh[3];
  uint8_t seen[6] = {msh[3]};
  size_t n = 0;
  while (4 + n < len && msh[4 + n] != msh[3] && !is_line_end(msh[4 + n])) {
    uint8_t c = msh[4 + n];
    if (n == 5 || c <= ' ' || c >= 0x7F || is_alnum(c) || memchr(seen, c, n + 1)) return false;
    seen[++n] = c;
  }
  if (n < 4) return false;
  *delims = (hl7val_delims){seen[0], seen[1], seen[2], seen[3], seen[4], seen[5]};
  return true;
}

/* What the pass carries from line to line. */
typedef struct pass {
  hl7val_index *ix;
  size_t len;
  uint32_t line_start;
  uint32_t line_mark;
  uint32_t line;
  uint32_t marks;
  uint32_t segments;
  bool header_may_repeat;
  bool done;
} pass;

static uint32_t name_of(const uint8_t *bytes, uint32_t at, uint32_t end, uint8_t delimiter) {
  if (end - at < 3 || (end - at > 3 && bytes[at + 3] != delimiter)) return 0;
  uint8_t a = bytes[at], b = bytes[at + 1], c = bytes[at + 2];
  bool is_name = is_upper(a) && (is_upper(b) || is_digit(b)) && (is_upper(c) || is_digit(c));
  return is_name ? HL7VAL_NAME(a, b, c) : 0;
}

static inline void add_segment(pass *p, uint32_t at, uint32_t end, uint32_t mark) {
  hl7val_index *ix = p->ix;
  if (p->segments < ix->segment_room) {
    uint32_t name = name_of(ix->bytes, at, end, ix->delims.field);
    ix->segments[p->segments] = (hl7val_segment){name, at, p->line_mark, mark - p->line_mark, p->line};
  }
  p->segments++;
  ix->message.len = end - ix->message.at;
}

/* Closes the line that ends at end, whose end is marks[mark]. */
static void close_line(pass *p, uint32_t end, uint32_t mark) {
  hl7val_index *ix = p->ix;
  uint32_t at = p->line_start;
  while (at < end && is_frame_byte(ix->bytes[at])) at++;
  if (at > p->line_start) ix->saw |= HL7VAL_SAW_MLLP;
  if (at < end) {
    hl7val_part_kind opens = hl7val_line_opens(ix->bytes + at, p->len - at);
    bool repeats = opens == HL7VAL_PART_MESSAGE && p->header_may_repeat && p->segments == 1;
    if (p->segments > 0 && opens != HL7VAL_PART_STRAY && !repeats) {
      p->done = true;
      return;
    }
    add_segment(p, at, end, mark);
  }
  p->line_start = end + 1;
  p->line_mark = mark + 1;
}

/* The same for nearly all lines: at least four bytes, none for framing at its start, and no header of anything. */
static inline bool close_plain_line(pass *p, uint32_t end, uint32_t mark) {
  const uint8_t *line = p->ix->bytes + p->line_start;
  if (end - p->line_start < 4 || is_frame_byte(line[0]) || hl7val_may_open(line)) return false;
  add_segment(p, p->line_start, end, mark);
  p->line_start = end + 1;
  p->line_mark = mark + 1;
  return true;
}

/* Counts the line end at end and notes its kind. */
static void note_end(pass *p, uint32_t end) {
  hl7val_index *ix = p->ix;
  if (ix->bytes[end] == BYTE_LF) {
    bool after_cr = end > 0 && ix->bytes[end - 1] == BYTE_CR;
    ix->saw |= after_cr ? HL7VAL_SAW_CRLF : HL7VAL_SAW_LF;
    if (!after_cr) p->line++;
  } else {
    bool before_lf = end + 1 < p->len && ix->bytes[end + 1] == BYTE_LF;
    if (!before_lf) ix->saw |= HL7VAL_SAW_CR;
    p->line++;
  }
}

#define SCAN_LINES scan_lines
#define SCAN_FOR
#define SCAN_SET scan_set
#define SCAN_SET_OF scan_set_of
#define SCAN_64 scan_64
#define COUNT_BITS count_bits
#define PUT_BITS put_bits
#include "scan-lines.inc"

#ifdef SCAN_AVX2
#undef SCAN_LINES
#undef SCAN_FOR
#undef SCAN_SET
#undef SCAN_SET_OF
#undef SCAN_64
#undef COUNT_BITS
#undef PUT_BITS
#define SCAN_LINES scan_lines_avx2
#define SCAN_FOR SCAN_AVX2
#define SCAN_SET scan_set_avx2
#define SCAN_SET_OF scan_set_of_avx2
#define SCAN_64 scan_64_avx2
#define COUNT_BITS count_bits_avx2
#define PUT_BITS put_bits_avx2
#include "scan-lines.inc"
#endif

/* The last line of the input may lack its end: its mark then stands just behind the last byte. */
static void close_input(pass *p) {
  hl7val_index *ix = p->ix;
  if (p->done || p->line_start >= p->len) return;
  uint32_t end = (uint32_t)p->len;
  while (end > p->line_start && is_frame_byte(ix->bytes[end - 1])) end--;
  if (end < p->len) ix->saw |= HL7VAL_SAW_MLLP;
  if (end == p->line_start) return;
  if (p->marks < ix->mark_room) ix->marks[p->marks] = end;
  p->marks++;
  uint32_t segments = p->segments;
  close_line(p, end, p->marks - 1);
  if (p->segments > segments) ix->saw |= HL7VAL_SAW_NO_TERMINATOR;
}

/* Finds the first MSH line and notes what stands before it. */
static hl7val_status find_header(const uint8_t *bytes, size_t len, hl7val_index *ix, uint32_t *line) {
  hl7val_parts parts = {.file = bytes, .len = len, .at = 0, .line = 0};
  hl7val_part part;
  hl7val_status none = HL7VAL_EEMPTY;
  if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) ix->saw |= HL7VAL_SAW_BOM;
  size_t start = (ix->saw & HL7VAL_SAW_BOM) ? 3 : 0;
  if (hl7val_line_opens(bytes + start, len - start) == HL7VAL_PART_MESSAGE) {
    *line = 1;
    ix->message.at = (uint32_t)start;
    return HL7VAL_OK;
  }
  while (hl7val_next_part(&parts, &part) == HL7VAL_OK) {
    none = HL7VAL_ENOMSH;
    if (part.kind == HL7VAL_PART_MESSAGE) {
      *line = part.line;
      ix->message.at = part.bytes.at;
      if (part.bytes.at > 0 && is_frame_byte(bytes[part.bytes.at - 1])) ix->saw |= HL7VAL_SAW_MLLP;
      return HL7VAL_OK;
    }
    ix->saw |= part.kind == HL7VAL_PART_STRAY ? HL7VAL_SAW_LINES_BEFORE : HL7VAL_SAW_ENVELOPE;
  }
  return none;
}

static bool more_follows(const uint8_t *bytes, size_t len, size_t at) {
  hl7val_parts parts = {.file = bytes, .len = len, .at = at, .line = 1};
  hl7val_part part;
  while (hl7val_next_part(&parts, &part) == HL7VAL_OK) {
    if (part.kind == HL7VAL_PART_MESSAGE) return true;
  }
  return false;
}

/* MSH-18 says how to read the bytes, unless they say otherwise themselves: well-formed UTF-8 is hardly ever an
 * accident. */
static void settle_charset(hl7val_index *ix) {
  hl7val_span name = {0, 0}, first = {0, 0};
  bool exact;
  if (ix->segment_count && hl7val_field(ix, ix->segments, 18, &name))
    hl7val_part_of(ix->bytes, name, ix->delims.repetition, 1, &first);
  ix->charset = hl7val_charset_named(ix->bytes + first.at, first.len, &exact);
  if (ix->charset == HL7VAL_CHARSET_REFUSED) return;
  bool non_ascii = ix->saw & HL7VAL_SAW_NON_ASCII;
  bool utf8 = !non_ascii || hl7val_is_utf8(ix->bytes + ix->message.at, ix->message.len);
  if (!utf8) ix->saw |= HL7VAL_SAW_NOT_UTF8;
  if (non_ascii && utf8) {
    ix->charset = HL7VAL_UTF8;
  } else if (ix->charset == HL7VAL_ASCII && non_ascii) {
    ix->charset = HL7VAL_CHARSET_UNKNOWN;
  } else if (ix->charset == HL7VAL_CHARSET_UNKNOWN && !non_ascii) {
    ix->charset = HL7VAL_ASCII;
  }
}

hl7val_status hl7val_index_message(const uint8_t *bytes, size_t len, hl7val_index *ix) {
  return hl7val_index_as(bytes, len, ix, true);
}

hl7val_status hl7val_index_as(const uint8_t *bytes, size_t len, hl7val_index *ix, bool with_all_instructions) {
  ix->mark_count = ix->segment_count = ix->saw = 0;
  if (ix->cut_room < len / 64 * 2 + 2) ix->cuts = NULL;
  ix->bytes = bytes;
  ix->message = (hl7val_span){0, 0};
  ix->delims = (hl7val_delims){'|', '^', '~', '\\', '&', 0};
  ix->charset = HL7VAL_ASCII;
  if (len > HL7VAL_MESSAGE_BYTES_MAX) return HL7VAL_ETOOBIG;
  if (len == 0) return HL7VAL_EEMPTY;

  pass p = {.ix = ix, .len = len};
  hl7val_status found = find_header(bytes, len, ix, &p.line);
  if (found != HL7VAL_OK) return found;
  p.line_start = ix->message.at;
  p.header_may_repeat = hl7val_read_delims(bytes + p.line_start, len - p.line_start, &ix->delims);
  bool delims_usable = p.header_may_repeat;
#ifdef SCAN_AVX2
  if (with_all_instructions && scan_has_avx2()) scan_lines_avx2(&p);
  else scan_lines(&p);
#else
  (void)with_all_instructions;
  scan_lines(&p);
#endif
  close_input(&p);
  /* Marks come in blocks of 64 bytes: where another message follows, some of its marks need room too. */
  ix->mark_count = p.marks;
  ix->segment_count = p.segments;
  if (p.marks > ix->mark_room || p.segments > ix->segment_room) return HL7VAL_ENOSPACE;
  ix->mark_count = p.line_mark;
  if (p.done && more_follows(bytes, len, p.line_start)) ix->saw |= HL7VAL_SAW_MORE;
  settle_charset(ix);
  return delims_usable ? HL7VAL_OK : HL7VAL_EDELIMS;
}
