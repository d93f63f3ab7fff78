/* Whether a test holds of one value: shared by deciding and by the search for contradictions. */
#ifndef AUTHZ_HOLDS_H
#define AUTHZ_HOLDS_H

#include "authz/internal.h"

/* Whether values[0..count), sorted, has the value. */
static inline bool sorted_has(const uint32_t *values, uint32_t count, uint32_t value) {
  while (count > 0) {
    uint32_t half = count / 2;
    if (values[half] == value) return true;
    if (values[half] < value) {
      values += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return false;
}

static inline bool in_window(int32_t minute, int32_t from, int32_t to) {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/* TEST_IS, TEST_IN_LIST, TEST_RANGE and TEST_WINDOW, which look at one value alone. */
static inline bool holds_of(const authz_policy *policy, const authz_test *test, uint32_t value) {
  switch ((test_op)test->op) {
    case TEST_IS: return value == test->value;
    case TEST_IN_LIST: return sorted_has(policy->values + test->list, test->list_len, value);
    case TEST_RANGE: return (int32_t)value >= test->low && (int32_t)value <= test->high;
    case TEST_WINDOW: return in_window((int32_t)value, test->low, test->high);
    case TEST_IS_OTHER:
    case TEST_IN_SET:
    case TEST_HAS:
    case TEST_MEETS: break;
  }
  return false;
}

#endif
