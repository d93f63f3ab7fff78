/* What the sources of libhl7val share and nobody else may include. */
#ifndef HL7VAL_INTERNAL_H
#define HL7VAL_INTERNAL_H

#include "hl7val.h"

enum { BYTE_VT = 0x0B, BYTE_FS = 0x1C, BYTE_CR = 0x0D, BYTE_LF = 0x0A };

static inline bool is_upper(uint8_t c) { return c >= 'A' && c <= 'Z'; }
static inline bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }
static inline bool is_alnum(uint8_t c) { return is_digit(c) || is_upper((uint8_t)(c & 0xDF)); }
static inline bool is_frame_byte(uint8_t c) { return c == BYTE_VT || c == BYTE_FS; }
static inline bool is_line_end(uint8_t c) { return c == BYTE_CR || c == BYTE_LF; }

/* hl7val_index_message, on request without what only newer processors have: a test compares both. */
hl7val_status hl7val_index_as(const uint8_t *bytes, size_t len, hl7val_index *ix, bool with_all_instructions);

/* Whether a line of at least three bytes may be MSH or of the envelope: S, H or T stands second in all their names. */
static inline bool hl7val_may_open(const uint8_t *line) { return line[1] == 'S' || line[1] == 'H' || line[1] == 'T'; }

/* The kind of part a line opens: HL7VAL_PART_STRAY for any line that is not MSH or of the envelope. */
hl7val_part_kind hl7val_line_opens(const uint8_t *line, size_t len);

/* Reads MSH-1 and MSH-2 of the line that begins at msh. False when they are not four (five) different delimiters;
 * *delims then holds the usual ones with MSH-1 as it is. */
bool hl7val_read_delims(const uint8_t *msh, size_t len, hl7val_delims *delims);

/* Reads one character of bytes[at..len) in the given single-byte set or UTF-8. Returns how many bytes it took and its
 * code point, or 0 when the bytes are no character there. */
size_t hl7val_read_char(hl7val_charset charset, const uint8_t *bytes, size_t len, uint32_t *code_point);

/* Writes a code point as UTF-8 and returns how many bytes (1 to 4) it took. */
size_t hl7val_put_utf8(uint32_t code_point, uint8_t out[4]);

/* Code points of the bytes 0x80 to 0xFF of windows-1252 and ISO 8859-2 to 8859-9 and -15; 0 where none is defined.
 * Row 0 is windows-1252, row n is the set HL7VAL_8859_1 + n: 8859-2 to 8859-9 and then 8859-15. */
extern const uint16_t hl7val_high_half[10][128];

#endif
