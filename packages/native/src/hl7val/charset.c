/* Character sets: their names in MSH-18 and their bytes. */
#include "internal.h"

#include <string.h>

bool hl7val_is_utf8(const uint8_t *bytes, size_t len) {
  size_t at = 0;
  while (at < len) {
    uint64_t eight;
    if (len - at >= 8 && (memcpy(&eight, bytes + at, 8), !(eight & 0x8080808080808080u))) {
      at += 8;
      continue;
    }
    uint32_t code_point;
    size_t took = hl7val_read_char(HL7VAL_UTF8, bytes + at, len - at, &code_point);
    if (!took) return false;
    at += took;
  }
  return true;
}

static size_t read_utf8(const uint8_t *bytes, size_t len, uint32_t *code_point) {
  uint8_t lead = bytes[0];
  size_t size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (!size || len < size) return 0;
  uint32_t value = lead & (0xFFu >> (size + 1));
  for (size_t i = 1; i < size; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 0;
    value = value << 6 | (bytes[i] & 0x3Fu);
  }
  static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
  *code_point = value;
  return size;
}

size_t hl7val_read_char(hl7val_charset charset, const uint8_t *bytes, size_t len, uint32_t *code_point) {
  if (len == 0) return 0;
  *code_point = bytes[0];
  if (bytes[0] < 0x80) return 1;
  switch (charset) {
    case HL7VAL_UTF8:
      return read_utf8(bytes, len, code_point);
    case HL7VAL_8859_1:
      return 1;
    case HL7VAL_ASCII:
    case HL7VAL_CHARSET_UNKNOWN:
    case HL7VAL_CHARSET_REFUSED:
      return 0;
    default: {
      size_t row = charset == HL7VAL_WINDOWS_1252 ? 0 : (size_t)charset - HL7VAL_8859_1;
      *code_point = hl7val_high_half[row][bytes[0] - 0x80];
      return *code_point ? 1 : 0;
    }
  }
}

size_t hl7val_put_utf8(uint32_t c, uint8_t out[4]) {
  if (c < 0x80) return out[0] = (uint8_t)c, 1;
  size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  static const uint8_t leads[5] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = size - 1; i > 0; i--, c >>= 6) out[i] = (uint8_t)(0x80 | (c & 0x3F));
  out[0] = (uint8_t)(leads[size] | c);
  return size;
}

typedef struct charset_name {
  const char *name;
  hl7val_charset charset;
  bool exact;
} charset_name;

/* Table 0211 and the other names seen in the field. 8859/n is read by rule. */
static const charset_name names[] = {
    {"ASCII", HL7VAL_ASCII, true},
    {"ISO IR6", HL7VAL_ASCII, true},
    {"US-ASCII", HL7VAL_ASCII, false},
    {"UNICODE UTF-8", HL7VAL_UTF8, true},
    {"UTF-8", HL7VAL_UTF8, false},
    {"UTF8", HL7VAL_UTF8, false},
    {"UNICODE UTF8", HL7VAL_UTF8, false},
    {"WINDOWS-1252", HL7VAL_WINDOWS_1252, false},
    {"CP1252", HL7VAL_WINDOWS_1252, false},
    {"UNICODE UTF-16", HL7VAL_CHARSET_REFUSED, true},
    {"UNICODE UTF-32", HL7VAL_CHARSET_REFUSED, true},
    {"UTF-16", HL7VAL_CHARSET_REFUSED, false},
    {"UTF-32", HL7VAL_CHARSET_REFUSED, false},
    {"UNICODE", HL7VAL_CHARSET_UNKNOWN, true},
    {"ISO IR14", HL7VAL_CHARSET_REFUSED, true},
    {"ISO IR87", HL7VAL_CHARSET_REFUSED, true},
    {"ISO IR159", HL7VAL_CHARSET_REFUSED, true},
    {"GB 18030-2000", HL7VAL_CHARSET_REFUSED, true},
    {"GB18030", HL7VAL_CHARSET_REFUSED, false},
    {"GB2312", HL7VAL_CHARSET_REFUSED, false},
    {"GBK", HL7VAL_CHARSET_REFUSED, false},
    {"KS X 1001", HL7VAL_CHARSET_REFUSED, true},
    {"CNS 11643-1992", HL7VAL_CHARSET_REFUSED, true},
    {"BIG-5", HL7VAL_CHARSET_REFUSED, true},
    {"BIG5", HL7VAL_CHARSET_REFUSED, false},
    {"SHIFT-JIS", HL7VAL_CHARSET_REFUSED, false},
    {"SHIFT_JIS", HL7VAL_CHARSET_REFUSED, false},
    {"SJIS", HL7VAL_CHARSET_REFUSED, false},
    {"EUC-JP", HL7VAL_CHARSET_REFUSED, false},
    {"EUC-KR", HL7VAL_CHARSET_REFUSED, false},
};

static bool same_folded(const uint8_t *text, size_t len, const char *name) {
  for (size_t i = 0; i < len; i++) {
    uint8_t c = text[i];
    if (c >= 'a' && c <= 'z') c = (uint8_t)(c - 32);
    if (!name[i] || c != (uint8_t)name[i]) return false;
  }
  return name[len] == '\0';
}

/* 8859/n, ISO-8859-n, ISO_8859-n, 8859-n. */
static hl7val_charset named_8859(const uint8_t *name, size_t len, bool *exact) {
  bool iso = len > 4 && same_folded(name, 3, "ISO") && (name[3] == '-' || name[3] == '_' || name[3] == ' ');
  if (iso) name += 4, len -= 4;
  if (len < 6 || len > 7 || memcmp(name, "8859", 4) != 0 || (name[4] != '/' && name[4] != '-'))
    return HL7VAL_CHARSET_UNKNOWN;
  *exact = !iso && name[4] == '/';
  if (len == 6 && name[5] >= '1' && name[5] <= '9') return (hl7val_charset)(HL7VAL_8859_1 + (name[5] - '1'));
  if (len == 7 && name[5] == '1' && name[6] == '5') return HL7VAL_8859_15;
  return HL7VAL_CHARSET_UNKNOWN;
}

hl7val_charset hl7val_charset_named(const uint8_t *name, size_t len, bool *exact) {
  *exact = true;
  if (len == 0) return HL7VAL_ASCII;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    if (!same_folded(name, len, names[i].name)) continue;
    *exact = names[i].exact && strlen(names[i].name) == len && memcmp(name, names[i].name, len) == 0;
    return names[i].charset;
  }
  hl7val_charset charset = named_8859(name, len, exact);
  if (charset == HL7VAL_CHARSET_UNKNOWN) *exact = false;
  return charset;
}
