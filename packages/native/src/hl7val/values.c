/* Single values: numbers, dates, times. */
#include "check.h"

bool hl7val_is_set_id(const uint8_t *text, size_t len) {
  for (size_t i = 0; i < len; i++) {
    if (!is_digit(text[i])) return false;
  }
  return len > 0;
}

bool hl7val_is_number(const uint8_t *text, size_t len) {
  size_t digits = 0, points = 0;
  for (size_t i = 0; i < len; i++) {
    if (is_digit(text[i])) {
      digits++;
    } else if (text[i] == '.') {
      points++;
    } else if (i > 0 || (text[i] != '+' && text[i] != '-')) {
      return false;
    }
  }
  return digits > 0 && points <= 1;
}

bool hl7val_is_timestamp(const uint8_t *text, size_t len) {
  hl7val_time time;
  return hl7val_time_parse(text, len, &time);
}

bool hl7val_is_date(const uint8_t *text, size_t len) {
  hl7val_time time;
  return hl7val_time_parse(text, len, &time) && time.precision <= HL7VAL_DAY && !time.has_zone;
}

bool hl7val_is_time_of_day(const uint8_t *text, size_t len) {
  /* HH[MM[SS[.SSSS]]][+/-ZZZZ] is what stands behind the day of a time stamp. */
  static const uint8_t day[8] = {'2', '0', '0', '0', '0', '1', '0', '1'};
  uint8_t stamp[32];
  if (len < 2 || len > sizeof stamp - sizeof day) return false;
  for (size_t i = 0; i < sizeof day; i++) stamp[i] = day[i];
  for (size_t i = 0; i < len; i++) stamp[sizeof day + i] = text[i];
  return is_digit(text[0]) && hl7val_is_timestamp(stamp, sizeof day + len);
}
