/* Escape sequences, both ways. */
#include "internal.h"

#include <string.h>

/* Output that counts on when the room is used up, so that the caller learns how much is needed. */
typedef struct sink {
  uint8_t *out;
  size_t room;
  size_t len;
} sink;

static void put(sink *s, const uint8_t *bytes, size_t len) {
  if (s->len + len <= s->room) memcpy(s->out + s->len, bytes, len);
  s->len += len;
}

static void put_times(sink *s, uint8_t byte, uint32_t times) {
  for (; times; times--) put(s, &byte, 1);
}

/* Bytes of the message's character set as UTF-8. */
static void put_decoded(sink *s, hl7val_charset charset, const uint8_t *bytes, size_t len) {
  static const uint8_t replacement[3] = {0xEF, 0xBF, 0xBD};
  size_t at = 0;
  while (at < len) {
    size_t plain = at;
    while (plain < len && bytes[plain] < 0x80) plain++;
    if (plain > at) {
      put(s, bytes + at, plain - at);
      at = plain;
      continue;
    }
    uint32_t code_point;
    uint8_t utf8[4];
    size_t took = hl7val_read_char(charset, bytes + at, len - at, &code_point);
    if (took) {
      put(s, utf8, hl7val_put_utf8(code_point, utf8));
    } else {
      put(s, replacement, 3);
    }
    at += took ? took : 1;
  }
}

static int hex_digit(uint8_t c) {
  if (is_digit(c)) return c - '0';
  uint8_t upper = (uint8_t)(c & 0xDF);
  return upper >= 'A' && upper <= 'F' ? upper - 'A' + 10 : -1;
}

/* \X..\ : whole characters of the message's set. False, with nothing written, when the hex is none. */
static bool decode_hex(sink *s, hl7val_charset charset, const uint8_t *hex, size_t len) {
  if (len == 0 || len % 2) return false;
  for (size_t i = 0; i < len; i++) {
    if (hex_digit(hex[i]) < 0) return false;
  }
  size_t before = s->len;
  for (size_t i = 0; i < len;) {
    uint8_t bytes[4];
    size_t have = 0;
    for (; have < 4 && i + 2 * have < len; have++)
      bytes[have] = (uint8_t)(hex_digit(hex[i + 2 * have]) << 4 | hex_digit(hex[i + 2 * have + 1]));
    uint32_t code_point;
    uint8_t utf8[4];
    size_t took = hl7val_read_char(charset, bytes, have, &code_point);
    if (!took) {
      s->len = before;
      return false;
    }
    put(s, utf8, hl7val_put_utf8(code_point, utf8));
    i += 2 * took;
  }
  return true;
}

/* The number of a formatting command (.sp3, .in+4); least when it has none, -1 when it is malformed or above 99. */
static int command_number(const uint8_t *text, size_t len, int least) {
  size_t at = len && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  int number = 0;
  if (at == len) return at ? -1 : least;
  if (len - at > 2) return -1;
  for (; at < len; at++) {
    if (!is_digit(text[at])) return -1;
    number = number * 10 + (text[at] - '0');
  }
  return number;
}

/* \.br\ and the other formatting commands: lines and spaces stay, indents and fill modes are the reader's own. */
static bool decode_command(sink *s, const uint8_t *command, size_t len) {
  if (len < 3) return false;
  int number = command_number(command + 3, len - 3, 1);
  if (number < 0) return false;
  if (memcmp(command, ".br", 3) == 0 || memcmp(command, ".ce", 3) == 0) {
    put_times(s, '\n', 1);
  } else if (memcmp(command, ".sp", 3) == 0) {
    put_times(s, '\n', (uint32_t)number);
  } else if (memcmp(command, ".sk", 3) == 0) {
    put_times(s, ' ', (uint32_t)number);
  } else {
    return memcmp(command, ".in", 3) == 0 || memcmp(command, ".ti", 3) == 0 || memcmp(command, ".fi", 3) == 0 ||
           memcmp(command, ".nf", 3) == 0;
  }
  return true;
}

/* The text between two escape characters. False, with nothing written, when it is not one that is understood. */
static bool decode_one(sink *s, const hl7val_delims *d, hl7val_charset charset, const uint8_t *body, size_t len) {
  if (len == 0) return false;
  if (body[0] == 'X') return decode_hex(s, charset, body + 1, len - 1);
  if (body[0] == '.') return decode_command(s, body, len);
  if (body[0] == 'Z' || body[0] == 'C' || body[0] == 'M') {
    /* Local escapes and switches of character set mean nothing here: kept whole, so that nothing is lost. */
    put(s, &d->escape, 1);
    put_decoded(s, charset, body, len);
    put(s, &d->escape, 1);
    return true;
  }
  if (len != 1) return false;
  uint8_t byte;
  switch (body[0]) {
    case 'F': byte = d->field; break;
    case 'S': byte = d->component; break;
    case 'T': byte = d->subcomponent; break;
    case 'R': byte = d->repetition; break;
    case 'E': byte = d->escape; break;
    case 'P': byte = d->truncation; break;
    case 'H':
    case 'N': return true; /* highlighting on and off */
    default: return false;
  }
  if (byte) put(s, &byte, 1);
  return byte != 0;
}

/* No escape that is understood is longer; a lone escape character must not make the search run to the end each time. */
enum { ESCAPE_BODY_MAX = 1024 };

hl7val_status hl7val_decode(const uint8_t *raw, size_t len, const hl7val_delims *delims, hl7val_charset charset,
                            uint8_t *out, size_t room, size_t *out_len) {
  sink s = {out, room, 0};
  size_t at = 0;
  while (at < len) {
    const uint8_t *found = memchr(raw + at, delims->escape, len - at);
    size_t open = found ? (size_t)(found - raw) : len;
    put_decoded(&s, charset, raw + at, open - at);
    at = open;
    if (at == len) break;
    size_t reach = len - at - 1 < ESCAPE_BODY_MAX ? len - at - 1 : ESCAPE_BODY_MAX;
    const uint8_t *close = memchr(raw + at + 1, delims->escape, reach);
    size_t body = close ? (size_t)(close - raw) - at - 1 : 0;
    if (close && decode_one(&s, delims, charset, raw + at + 1, body)) {
      at += body + 2;
    } else {
      /* As written. The closing character may open the next escape, so only the opening one is passed. */
      put(&s, raw + at, 1);
      at++;
    }
  }
  *out_len = s.len;
  return s.len > room ? HL7VAL_ENOSPACE : HL7VAL_OK;
}

static bool needs_escape(uint8_t c, const hl7val_delims *d) {
  return c < ' ' || c == 0x7F || c == d->field || c == d->component || c == d->repetition || c == d->escape ||
         c == d->subcomponent || (d->truncation && c == d->truncation);
}

static void encode_one(sink *s, uint8_t c, const hl7val_delims *d) {
  static const char digits[] = "0123456789ABCDEF";
  char name = c == d->field          ? 'F'
              : c == d->component    ? 'S'
              : c == d->repetition   ? 'R'
              : c == d->escape       ? 'E'
              : c == d->subcomponent ? 'T'
              : d->truncation && c == d->truncation ? 'P'
                                     : 'X';
  uint8_t escape[5] = {d->escape, (uint8_t)name, d->escape, 0, 0};
  if (name != 'X') {
    put(s, escape, 3);
    return;
  }
  escape[2] = (uint8_t)digits[c >> 4];
  escape[3] = (uint8_t)digits[c & 15];
  escape[4] = d->escape;
  put(s, escape, 5);
}

hl7val_status hl7val_encode(const uint8_t *text, size_t len, const hl7val_delims *delims, uint8_t *out, size_t room,
                            size_t *out_len) {
  *out_len = 0;
  if (!hl7val_is_utf8(text, len)) return HL7VAL_ECHARSET;
  sink s = {out, room, 0};
  size_t at = 0;
  while (at < len) {
    size_t plain = at;
    while (plain < len && !needs_escape(text[plain], delims)) plain++;
    if (plain > at) put(&s, text + at, plain - at);
    if (plain < len) encode_one(&s, text[plain++], delims);
    at = plain;
  }
  *out_len = s.len;
  return s.len > room ? HL7VAL_ENOSPACE : HL7VAL_OK;
}
