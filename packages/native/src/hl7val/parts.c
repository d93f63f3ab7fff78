/* Cuts a file into messages, envelope lines and what belongs to neither. */
#include "internal.h"

#include <string.h>

hl7val_part_kind hl7val_line_opens(const uint8_t *line, size_t len) {
  static const char names[5][4] = {"MSH", "FHS", "BHS", "BTS", "FTS"};
  static const hl7val_part_kind kinds[5] = {HL7VAL_PART_MESSAGE, HL7VAL_PART_FHS, HL7VAL_PART_BHS, HL7VAL_PART_BTS,
                                            HL7VAL_PART_FTS};
  if (len < 3 || !hl7val_may_open(line)) return HL7VAL_PART_STRAY;
  if (len > 3 && is_alnum(line[3])) return HL7VAL_PART_STRAY;
  for (size_t i = 0; i < 5; i++) {
    if (memcmp(line, names[i], 3) == 0) return kinds[i];
  }
  return HL7VAL_PART_STRAY;
}

/* Offset of the first CR or LF at or after at. */
static size_t line_end(const uint8_t *bytes, size_t len, size_t at) {
  while (at < len && !is_line_end(bytes[at])) at++;
  return at;
}

/* Skips a line end, counting CRLF as one. */
static size_t skip_line_end(const hl7val_parts *parts, size_t at, uint32_t *line) {
  if (at >= parts->len) return at;
  bool is_crlf = parts->file[at] == BYTE_CR && at + 1 < parts->len && parts->file[at + 1] == BYTE_LF;
  ++*line;
  return at + (is_crlf ? 2 : 1);
}

/* Moves over blank lines and frame bytes to the first byte of the next line that says something. */
static size_t next_text(const hl7val_parts *parts, size_t at, uint32_t *line) {
  if (at == 0 && parts->len >= 3 && memcmp(parts->file, "\xEF\xBB\xBF", 3) == 0) at = 3;
  while (at < parts->len) {
    if (is_line_end(parts->file[at])) {
      at = skip_line_end(parts, at, line);
    } else if (is_frame_byte(parts->file[at])) {
      at++;
    } else {
      break;
    }
  }
  return at;
}

hl7val_status hl7val_next_part(hl7val_parts *parts, hl7val_part *part) {
  *part = (hl7val_part){.kind = HL7VAL_PART_STRAY};
  if (parts->len > HL7VAL_FILE_BYTES_MAX) return HL7VAL_ETOOBIG;
  if (parts->line == 0) parts->line = 1;
  size_t start = next_text(parts, parts->at, &parts->line);
  part->line = parts->line;
  parts->at = start;
  if (start >= parts->len) return HL7VAL_END;

  hl7val_delims delims;
  part->kind = hl7val_line_opens(parts->file + start, parts->len - start);
  bool is_message = part->kind == HL7VAL_PART_MESSAGE;
  bool one_line = !is_message && part->kind != HL7VAL_PART_STRAY;
  bool header_only = is_message && hl7val_read_delims(parts->file + start, parts->len - start, &delims);

  size_t end = line_end(parts->file, parts->len, start);
  uint32_t line = parts->line;
  parts->at = skip_line_end(parts, end, &line);
  parts->line = line;
  while (!one_line) {
    size_t text = next_text(parts, parts->at, &line);
    if (text >= parts->len) break;
    hl7val_part_kind opens = hl7val_line_opens(parts->file + text, parts->len - text);
    if (opens == HL7VAL_PART_MESSAGE ? !header_only : opens != HL7VAL_PART_STRAY) break;
    header_only = false;
    end = line_end(parts->file, parts->len, text);
    parts->at = skip_line_end(parts, end, &line);
    parts->line = line;
  }
  while (end > start && is_frame_byte(parts->file[end - 1])) end--;
  part->bytes = (hl7val_span){(uint32_t)start, (uint32_t)(end - start)};
  return HL7VAL_OK;
}
