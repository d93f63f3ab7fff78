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

/* Whether a value is of the type and within its bounds. */
static inline bool is_of(authz_value value, uint8_t type) {
  static const struct {
    uint32_t least, more;
  } bounds[] = {
      [AUTHZ_ABSENT] = {0, 0},          [AUTHZ_TEXT] = {1, UINT32_MAX - 1}, [AUTHZ_SET] = {0, UINT32_MAX},
      [AUTHZ_NUMBER] = {0, UINT32_MAX}, [AUTHZ_FLAG] = {0, 1},              [AUTHZ_TIME] = {0, 24 * 60 - 1},
  };
  return value.type == type && value.value - bounds[type].least <= bounds[type].more;
}

typedef struct members {
  const uint32_t *items;
  size_t count;
} members;

/* The set that begins at start of a pool; false when there is none. */
static inline bool read_set(members pool, uint32_t start, members *out) {
  if (start >= pool.count) return false;
  out->count = pool.items[start];
  out->items = pool.items + start + 1;
  return out->count <= AUTHZ_MEMBERS_MAX && out->count < pool.count - start;
}

static inline bool is_member(members set, uint32_t value) {
  for (size_t i = 0; i < set.count; i++) {
    if (set.items[i] == value) return true;
  }
  return false;
}

static inline bool meet(members a, members b) {
  for (size_t i = 0; i < a.count; i++) {
    if (is_member(b, a.items[i])) return true;
  }
  return false;
}

static inline bool reads_two(const authz_test *test) {
  return test->op == TEST_IN_SET || test->op == TEST_IS_OTHER || test->op == TEST_MEETS;
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
