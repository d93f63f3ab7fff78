#include "internal.h"

#define DIGITS_MAX 18

int bill_times_over(int64_t a, int64_t b, int64_t c, int64_t *out) {
  if (!out) return BILL_EARG;
  if (!is_amount(a) || !is_amount(b) || c <= 0) return BILL_ERANGE;
  return times_over(a, b, c, out);
}

static int is_digit(char c) { return c >= '0' && c <= '9'; }

static int append(uint64_t *value, unsigned digit) {
  if (*value > ((uint64_t)INT64_MAX - digit) / 10) return BILL_EOVERFLOW;
  *value = *value * 10 + digit;
  return BILL_OK;
}

int bill_parse(const char *text, size_t len, unsigned digits, int64_t *out) {
  if (!out || (!text && len)) return BILL_EARG;
  if (digits > DIGITS_MAX) return BILL_ERANGE;
  const int negative = len > 0 && text[0] == '-';
  size_t at = (size_t)negative, decimals = 0;
  int in_decimals = 0, cut = 0;
  uint64_t value = 0;
  int code = BILL_OK;
  if (at == len || !is_digit(text[at]) || !is_digit(text[len - 1])) return BILL_ENUMBER;
  for (; at < len; at++) {
    if (text[at] == '.' && !in_decimals) {
      in_decimals = 1;
      continue;
    }
    if (!is_digit(text[at])) return BILL_ENUMBER;
    if (in_decimals && decimals == digits) {
      cut |= text[at] != '0';
      continue;
    }
    decimals += (size_t)in_decimals;
    if (code == BILL_OK) code = append(&value, (unsigned)(text[at] - '0'));
  }
  for (; decimals < digits && code == BILL_OK; decimals++) code = append(&value, 0);
  if (code == BILL_OK && cut) code = BILL_EPRECISION;
  if (code == BILL_OK) *out = signed_as(value, negative);
  return code;
}

size_t bill_format(int64_t value, unsigned digits, char out[BILL_FORMAT_BYTES]) {
  if (!out || digits > DIGITS_MAX) return 0;
  char reversed[BILL_FORMAT_BYTES];
  size_t len = 0, written = 0;
  uint64_t rest = magnitude(value);
  for (unsigned i = 0; rest > 0 || i <= digits; i++, rest /= 10) {
    if (i == digits && digits > 0) reversed[len++] = '.';
    reversed[len++] = (char)('0' + rest % 10);
  }
  if (value < 0) out[written++] = '-';
  while (len > 0) out[written++] = reversed[--len];
  out[written] = 0;
  return written;
}
