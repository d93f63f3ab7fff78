/* HL7 time stamps, with the precision that was said and no more. */
#include "internal.h"

static bool is_leap(uint32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static uint32_t days_in(uint32_t year, uint32_t month) {
  static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* The number in digits[0..count), all of which are digits. */
static uint32_t number_of(const uint8_t *digits, size_t count) {
  uint32_t number = 0;
  for (size_t i = 0; i < count; i++) number = number * 10 + (uint32_t)(digits[i] - '0');
  return number;
}

static size_t count_digits(const uint8_t *text, size_t len) {
  size_t n = 0;
  while (n < len && is_digit(text[n])) n++;
  return n;
}

/* +HHMM or -HHMM, the whole rest of the text. */
static bool read_zone(const uint8_t *text, size_t len, hl7val_time *time) {
  if (len != 5 || (text[0] != '+' && text[0] != '-') || count_digits(text + 1, 4) != 4) return false;
  uint32_t hours = number_of(text + 1, 2), minutes = number_of(text + 3, 2);
  if (hours > 14 || minutes > 59) return false;
  int32_t east = (int32_t)(hours * 60 + minutes);
  time->has_zone = true;
  time->zone_minutes = (int16_t)(text[0] == '-' ? -east : east);
  return true;
}

bool hl7val_time_parse(const uint8_t *text, size_t len, hl7val_time *time) {
  *time = (hl7val_time){.precision = HL7VAL_YEAR};
  size_t digits = count_digits(text, len);
  if (digits < 4 || digits > 14 || digits % 2) return false;
  hl7val_time t = {.precision = (hl7val_precision)((digits - 4) / 2 + 1), .year = (uint16_t)number_of(text, 4)};
  uint8_t *const parts[5] = {&t.month, &t.day, &t.hour, &t.minute, &t.second};
  for (size_t i = 0; 6 + 2 * i <= digits; i++) *parts[i] = (uint8_t)number_of(text + 4 + 2 * i, 2);
  if (t.year == 0 || t.hour > 23 || t.minute > 59 || t.second > 59) return false;
  if (digits >= 6 && (t.month < 1 || t.month > 12)) return false;
  if (digits >= 8 && (t.day < 1 || t.day > days_in(t.year, t.month))) return false;

  size_t at = digits;
  if (at < len && text[at] == '.') {
    size_t fraction = count_digits(text + at + 1, len - at - 1);
    if (digits != 14 || fraction < 1 || fraction > 4) return false;
    t.precision = HL7VAL_FRACTION;
    t.fraction_digits = (uint8_t)fraction;
    t.fraction = (uint16_t)number_of(text + at + 1, fraction);
    at += 1 + fraction;
  }
  if (at < len && !read_zone(text + at, len - at, &t)) return false;
  *time = t;
  return true;
}
