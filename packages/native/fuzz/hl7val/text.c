/* Escapes on hostile bytes. The first byte picks the character set, the rest is text.
 * Properties: decoding grows no more than the header says and gives UTF-8; encoded text holds no delimiter and no
 * control character and decodes to what it was; the builder puts it into one field of one segment. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hl7val.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition) \
  do { \
    if (!(condition)) abort(); \
  } while (0)

static const hl7val_delims usual = {'|', '^', '~', '\\', '&', 0};

static void check_decoding(const uint8_t *raw, size_t size, hl7val_charset charset) {
  size_t room = size * HL7VAL_DECODE_GROWTH + 1, len = 0;
  uint8_t *out = malloc(room);
  if (!out) return;
  MUST(hl7val_decode(raw, size, &usual, charset, out, room, &len) == HL7VAL_OK);
  MUST(hl7val_is_utf8(out, len));
  free(out);
}

static void check_encoding(const uint8_t *text, size_t size) {
  size_t room = size * 5 + 1, len = 0, back_len = 0;
  uint8_t *out = malloc(room), *back = malloc(room * HL7VAL_DECODE_GROWTH);
  if (out && back && hl7val_encode(text, size, &usual, out, room, &len) == HL7VAL_OK) {
    for (size_t i = 0; i < len; i++) MUST(out[i] >= ' ' && !strchr("|^~&", out[i]));
    MUST(hl7val_decode(out, len, &usual, HL7VAL_UTF8, back, room * HL7VAL_DECODE_GROWTH, &back_len) == HL7VAL_OK);
    MUST(back_len == size && memcmp(back, text, size) == 0);
  }
  free(out);
  free(back);
}

static void check_building(const uint8_t *text, size_t size) {
  size_t room = size * 5 + 64, len = 0;
  uint8_t *out = malloc(room);
  if (!out) return;
  hl7val_builder b;
  hl7val_build_start(&b, out, room);
  hl7val_build_segment(&b, HL7VAL_NAME('M', 'S', 'H'));
  hl7val_build_segment(&b, HL7VAL_NAME('N', 'T', 'E'));
  hl7val_build_put(&b, 3, 1, 1, 1, text, size);
  if (hl7val_build_end(&b, &len) == HL7VAL_OK) {
    uint32_t marks[16];
    hl7val_segment segments[4];
    hl7val_index ix = {.marks = marks, .mark_room = 16, .segments = segments, .segment_room = 4};
    MUST(hl7val_index_message(out, len, &ix) == HL7VAL_OK);
    MUST(ix.segment_count == 2 && segments[1].fields == 3);
  }
  free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  check_decoding(data + 1, size - 1, (hl7val_charset)(data[0] % (HL7VAL_CHARSET_REFUSED + 1)));
  check_encoding(data + 1, size - 1);
  check_building(data + 1, size - 1);
  return 0;
}
