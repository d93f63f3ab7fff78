/* Takes MLLP frames out of a stream. */
#include "internal.h"

#include <string.h>

enum { OUTSIDE = 0, INSIDE, AFTER_FS, COMPLETE };

/* Copies bytes up to the next 0x1C into the room. */
static hl7val_status read_inside(hl7val_framer *f, const uint8_t *bytes, size_t len, size_t *at) {
  const uint8_t *end = memchr(bytes + *at, BYTE_FS, len - *at);
  size_t count = (end ? (size_t)(end - bytes) : len) - *at;
  if (count > f->room_len - f->len) return HL7VAL_ENOSPACE;
  if (count) memcpy(f->room + f->len, bytes + *at, count);
  f->len += count;
  *at += count;
  if (!end) return HL7VAL_END;
  ++*at;
  f->state = AFTER_FS;
  return HL7VAL_OK;
}

hl7val_status hl7val_framer_read(hl7val_framer *f, const uint8_t *bytes, size_t len, size_t *at) {
  if (f->state == COMPLETE) f->state = OUTSIDE;
  while (*at < len) {
    uint8_t byte = bytes[*at];
    if (f->state == OUTSIDE) {
      if (byte != BYTE_VT && !is_line_end(byte)) return HL7VAL_EFRAME;
      if (byte == BYTE_VT) {
        f->state = INSIDE;
        f->len = 0;
      }
      ++*at;
    } else if (f->state == INSIDE) {
      hl7val_status status = read_inside(f, bytes, len, at);
      if (status != HL7VAL_OK) return status;
    } else {
      /* Some senders leave out the carriage return; the next frame's start is as clear an end. */
      if (byte != BYTE_CR && byte != BYTE_VT) return HL7VAL_EFRAME;
      if (byte == BYTE_CR) ++*at;
      f->state = COMPLETE;
      return HL7VAL_OK;
    }
  }
  return HL7VAL_END;
}
