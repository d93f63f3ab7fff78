/* Checked arithmetic and the writing of trails, for the library alone. Amounts are within +-INT64_MAX. */
#ifndef BILL_INTERNAL_H
#define BILL_INTERNAL_H

#include "bill.h"
#include "wide.h"

/* Leaves the function with the code of a call that failed. */
#define TRY(call) \
  do { \
    const int try_code = (call); \
    if (try_code != BILL_OK) return try_code; \
  } while (0)

static inline int is_amount(int64_t value) { return value != INT64_MIN; }

static inline uint64_t magnitude(int64_t value) { return value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value; }

static inline int64_t signed_as(uint64_t value, int negative) { return negative ? -(int64_t)value : (int64_t)value; }

static inline int plus(int64_t a, int64_t b, int64_t *out) {
  if (b > 0 ? a > INT64_MAX - b : a < -INT64_MAX - b) return BILL_EOVERFLOW;
  *out = a + b;
  return BILL_OK;
}

static inline int minus(int64_t a, int64_t b, int64_t *out) { return plus(a, -b, out); }

/* a x b / c rounded half to even; c > 0. */
static inline int times_over(int64_t a, int64_t b, int64_t c, int64_t *out) {
  const uint64_t divisor = (uint64_t)c;
  const wide product = wide_times(magnitude(a), magnitude(b));
  uint64_t quotient, rest;
  if (product.high == 0) {
    /* Nearly all divisions are by this one, which the compiler turns into a multiplication. */
    quotient = divisor == BILL_ONE ? product.low / BILL_ONE : product.low / divisor;
    rest = product.low - quotient * divisor;
  } else {
    if (product.high >= divisor) return BILL_EOVERFLOW;
    quotient = wide_over(product, divisor, &rest);
  }
  const uint64_t over = divisor - rest; /* what rounding up would add */
  /* Without a branch: which way a product is rounded cannot be foreseen. */
  quotient += (uint64_t)(rest > over) | ((uint64_t)(rest == over) & quotient & 1);
  if (quotient > INT64_MAX) return BILL_EOVERFLOW;
  *out = signed_as(quotient, (a < 0) != (b < 0));
  return BILL_OK;
}

/* Who asks for a step: the trail and what is the same for several steps. */
typedef struct noting {
  bill_trail *trail;
  uint32_t line;
  uint8_t payer;
} noting;

void bill_note(const noting *to, bill_what what, bill_how how, int64_t a, int64_t b, int64_t c, int64_t result);

/* The same arithmetic, noted. */
static inline int note_times_over(const noting *to, bill_what what, int64_t a, int64_t b, int64_t c, int64_t *out) {
  TRY(times_over(a, b, c, out));
  if (to->trail) bill_note(to, what, BILL_TIMES_OVER, a, b, c, *out);
  return BILL_OK;
}

static inline int note_plus(const noting *to, bill_what what, int64_t a, int64_t b, int64_t *out) {
  TRY(plus(a, b, out));
  if (to->trail) bill_note(to, what, BILL_PLUS, a, b, 0, *out);
  return BILL_OK;
}

static inline int note_minus(const noting *to, bill_what what, int64_t a, int64_t b, int64_t *out) {
  TRY(minus(a, b, out));
  if (to->trail) bill_note(to, what, BILL_MINUS, a, b, 0, *out);
  return BILL_OK;
}

static inline int64_t note_lesser(const noting *to, bill_what what, int64_t a, int64_t b) {
  const int64_t result = a < b ? a : b;
  if (to->trail) bill_note(to, what, BILL_LESSER, a, b, 0, result);
  return result;
}

static inline int64_t note_greater(const noting *to, bill_what what, int64_t a, int64_t b) {
  const int64_t result = a > b ? a : b;
  if (to->trail) bill_note(to, what, BILL_GREATER, a, b, 0, result);
  return result;
}

static inline int is_trail(const bill_trail *trail) { return !trail || trail->steps || trail->cap == 0; }

#endif
