#include <string.h>

#include "table.h"

/* Reads a field in quotes from behind the first of them; unquotes it in place. */
static int read_quoted(loading *load, uint32_t *lines, field *out) {
  char *to = load->at;
  out->text = to;
  for (;;) {
    if (load->at == load->end) return bill_fail(load, BILL_EROW, "a quote that is never closed");
    char c = *load->at++;
    if (c == '"') {
      if (load->at == load->end || *load->at != '"') break;
      load->at++;
    }
    *lines += c == '\n';
    *to++ = c;
  }
  out->len = (size_t)(to - out->text);
  return BILL_OK;
}

static int is_end_of_field(const loading *load) {
  return load->at == load->end || *load->at == load->delimiter || *load->at == '\n' || *load->at == '\r';
}

static void trim(field *out) {
  while (out->len > 0 && (out->text[0] == ' ' || out->text[0] == '\n')) out->text++, out->len--;
  while (out->len > 0 && (out->text[out->len - 1] == ' ' || out->text[out->len - 1] == '\n')) out->len--;
}

int bill_read_record(loading *load, field fields[FIELDS_MAX], size_t *count) {
  *count = 0;
  if (load->at == load->end) return BILL_OK;
  for (;;) {
    field found = {0};
    uint32_t lines = 0;
    if (load->at < load->end && *load->at == '"') {
      load->at++;
      TRY(read_quoted(load, &lines, &found));
      if (!is_end_of_field(load)) return bill_fail(load, BILL_EROW, "text behind a closing quote");
    } else {
      found.text = load->at;
      while (!is_end_of_field(load)) load->at++;
      found.len = (size_t)(load->at - found.text);
    }
    trim(&found);
    if (*count < FIELDS_MAX) fields[(*count)++] = found;
    load->line += lines;
    if (load->at == load->end) return BILL_OK;
    const char ended = *load->at++;
    if (ended == load->delimiter) continue;
    if (ended == '\r' && load->at < load->end && *load->at == '\n') load->at++;
    return BILL_OK;
  }
}

void bill_read_name(const field *from, char name[64]) {
  size_t len = 0;
  for (size_t i = 0; i < from->len && len < 63; i++) {
    const char c = from->text[i];
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name[len++] = c;
    if (c >= 'A' && c <= 'Z') name[len++] = (char)(c - 'A' + 'a');
  }
  name[len] = 0;
}

uint64_t bill_read_key(const char *code, size_t len) {
  uint64_t key = 0;
  if (len == 0 || len > 8) return 0;
  for (size_t i = 0; i < len; i++) {
    char c = code[i];
    if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return 0;
    key |= (uint64_t)(uint8_t)c << (56 - 8 * i);
  }
  return key;
}

void bill_write_key(uint64_t key, char code[BILL_CODE_BYTES]) {
  memset(code, 0, BILL_CODE_BYTES);
  for (int i = 0; i < 8; i++) code[i] = (char)(key >> (56 - 8 * i) & 255);
}

int bill_is_date(int32_t day) {
  static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = day / 10000, month = day / 100 % 100, of_month = day % 100;
  if (day < 19000101 || day > 99991231 || month < 1 || month > 12 || of_month < 1 || of_month > days[month - 1]) return 0;
  const int is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month != 2 || of_month < 29 || is_leap;
}

/* 2022-10-01 or 20221001; 0 for anything else. */
static int32_t read_date(const field *from) {
  int32_t day = 0;
  const int has_dashes = from->len == 10;
  if (!has_dashes && from->len != 8) return 0;
  for (size_t i = 0; i < from->len; i++) {
    const char c = from->text[i];
    if (has_dashes && (i == 4 || i == 7)) {
      if (c != '-') return 0;
      continue;
    }
    if (c < '0' || c > '9') return 0;
    day = day * 10 + (c - '0');
  }
  return bill_is_date(day) ? day : 0;
}

int bill_read_dates(loading *load, const field *from, const field *to, entry *out) {
  out->from = from->len ? read_date(from) : load->from;
  out->to = to->len ? read_date(to) : load->to;
  if (out->from && out->to && out->from <= out->to) return BILL_OK;
  return bill_fail(load, BILL_EROW, "dates are missing, are none, or are not in order");
}

/* Well-formed UTF-8 (RFC 3629), without control characters. */
static int is_text(const char *bytes, size_t len) {
  const uint8_t *at = (const uint8_t *)bytes, *end = at + len;
  while (at < end) {
    const uint8_t c = *at++;
    if (c < 0x80) {
      if (c < 0x20 && c != '\n') return 0;
      continue;
    }
    const int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
    if (c < 0xc2 || c > 0xf4 || end - at < more) return 0;
    if ((c == 0xe0 && *at < 0xa0) || (c == 0xed && *at > 0x9f) || (c == 0xf0 && *at < 0x90) || (c == 0xf4 && *at > 0x8f)) return 0;
    for (int i = 0; i < more; i++) {
      if ((*at++ & 0xc0) != 0x80) return 0;
    }
  }
  return 1;
}

int bill_read_title(loading *load, const field *from, entry *out) {
  out->title = from->len ? from->text : "";
  out->title_len = (uint32_t)from->len;
  return is_text(out->title, from->len) ? BILL_OK : bill_fail(load, BILL_EROW, "a title that is no UTF-8 text");
}

int bill_read_short(loading *load, const field *from, char out[BILL_CODE_BYTES]) {
  if (from->len >= BILL_CODE_BYTES || !is_text(from->text, from->len)) {
    return bill_fail(load, BILL_EROW, "a group or type that is too long");
  }
  memset(out, 0, BILL_CODE_BYTES);
  if (from->len) memcpy(out, from->text, from->len);
  return BILL_OK;
}
