#include "internal.h"

void bill_note(const noting *to, bill_what what, bill_how how, int64_t a, int64_t b, int64_t c, int64_t result) {
  bill_trail *trail = to->trail;
  if (trail->count++ >= trail->cap) return;
  /* a x b - result x c in the arithmetic of 64 bits: the true difference is below c, so nothing of it is lost. */
  const uint64_t rest = (uint64_t)a * (uint64_t)b - (uint64_t)result * (uint64_t)c;
  trail->steps[trail->count - 1] = (bill_step){.what = (uint16_t)what,
                                               .how = (uint8_t)how,
                                               .payer = to->payer,
                                               .line = to->line,
                                               .a = a,
                                               .b = b,
                                               .c = c,
                                               .result = result,
                                               .rest = c ? (int64_t)rest : 0};
}

/* Whether result x c + rest = a x b, for c > 0 and |rest| < c. */
static int is_divided(const bill_step *step) {
  const int negative = (step->a < 0) != (step->b < 0);
  const wide product = wide_times(magnitude(step->a), magnitude(step->b));
  wide back = wide_times(magnitude(step->result), (uint64_t)step->c);
  if (step->result != 0 && (step->result < 0) != negative) return 0;
  const uint64_t rest = magnitude(step->rest);
  if (step->rest == 0 || (step->rest < 0) == negative) {
    back.low += rest;
    back.high += back.low < rest;
  } else {
    back.high -= back.low < rest;
    back.low -= rest;
  }
  return back.high == product.high && back.low == product.low;
}

int bill_step_holds(const bill_step *step) {
  if (!step || !is_amount(step->a) || !is_amount(step->b) || !is_amount(step->result) || !is_amount(step->rest)) return 0;
  if (step->how == BILL_TIMES_OVER || step->how == BILL_SHARE_OF) {
    if (step->c <= 0 || magnitude(step->rest) >= (uint64_t)step->c || !is_divided(step)) return 0;
    if (step->how == BILL_SHARE_OF) return 1;
    const uint64_t over = (uint64_t)step->c - magnitude(step->rest);
    return magnitude(step->rest) < over || (magnitude(step->rest) == over && (step->result & 1) == 0);
  }
  int64_t again = 0;
  int code = BILL_OK;
  switch (step->how) {
    case BILL_PLUS: code = plus(step->a, step->b, &again); break;
    case BILL_MINUS: code = minus(step->a, step->b, &again); break;
    case BILL_LESSER: again = step->a < step->b ? step->a : step->b; break;
    case BILL_GREATER: again = step->a > step->b ? step->a : step->b; break;
    default: return 0;
  }
  return code == BILL_OK && again == step->result && step->c == 0 && step->rest == 0;
}
