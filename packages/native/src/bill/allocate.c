#include <string.h>

#include "internal.h"

/* The sum of numbers that must all be >= 0. */
static int add_up(const int64_t *numbers, size_t count, int64_t *sum) {
  *sum = 0;
  for (size_t i = 0; i < count; i++) {
    if (numbers[i] < 0) return BILL_ERANGE;
    TRY(plus(*sum, numbers[i], sum));
  }
  return BILL_OK;
}

/* The rest that the k-th largest has (k from 1), found a byte at a time from the top: a count for each value of the byte
 * among those that agree in the bytes above. *above is how many have more. */
static uint64_t kth_largest_rest(const bill_share *shares, size_t count, size_t k, size_t *above) {
  uint64_t found = 0;
  *above = 0;
  for (int shift = 56; shift >= 0; shift -= 8) {
    size_t counts[256] = {0};
    const uint64_t settled = shift == 56 ? 0 : ~(uint64_t)0 << (shift + 8);
    for (size_t i = 0; i < count; i++) {
      if ((shares[i].rest & settled) == found) counts[shares[i].rest >> shift & 255]++;
    }
    unsigned byte = 255;
    while (*above + counts[byte] < k) *above += counts[byte--];
    found |= (uint64_t)byte << shift;
  }
  return found;
}

/* Shares of a magnitude by weights whose sum is > 0. */
static void divide(uint64_t whole, const int64_t *weights, size_t count, uint64_t sum, bill_share *shares) {
  uint64_t left = whole;
  for (size_t i = 0; i < count; i++) {
    const uint64_t share = wide_over(wide_times(whole, (uint64_t)weights[i]), sum, &shares[i].rest);
    shares[i].amount = (int64_t)share;
    left -= share;
  }
  if (left == 0) return;
  size_t above;
  const uint64_t last = kth_largest_rest(shares, count, (size_t)left, &above);
  size_t ties = (size_t)left - above;
  for (size_t i = 0; i < count; i++) {
    if (shares[i].rest > last) shares[i].amount++;
    else if (shares[i].rest == last && ties > 0) shares[i].amount++, ties--;
  }
}

int bill_allocate(bill_money amount, const int64_t *weights, size_t count, bill_share *shares, bill_trail *trail) {
  if (((!weights || !shares) && count) || !is_trail(trail)) return BILL_EARG;
  if (!is_amount(amount)) return BILL_ERANGE;
  int64_t sum;
  TRY(add_up(weights, count, &sum));
  if (sum == 0 && amount != 0) return BILL_EWEIGHTS;
  if (sum == 0) {
    if (count) memset(shares, 0, count * sizeof *shares);
    return BILL_OK;
  }
  divide(magnitude(amount), weights, count, (uint64_t)sum, shares);
  for (size_t i = 0; i < count; i++) {
    shares[i].amount = signed_as((uint64_t)shares[i].amount, amount < 0);
    const noting to = {.trail = trail, .line = (uint32_t)i};
    if (trail) bill_note(&to, BILL_SHARE, BILL_SHARE_OF, amount, weights[i], sum, shares[i].amount);
  }
  return BILL_OK;
}

int bill_pay_pro_rata(bill_money payment, const bill_money *open, size_t count, bill_share *paid, bill_money *left,
                      bill_trail *trail) {
  if (((!open || !paid) && count) || !left || !is_trail(trail)) return BILL_EARG;
  if (payment < 0) return BILL_ERANGE;
  int64_t sum;
  TRY(add_up(open, count, &sum));
  const noting to = {.trail = trail, .line = BILL_NO_LINE};
  const bill_money used = note_lesser(&to, BILL_PAID, payment, sum);
  TRY(bill_allocate(used, open, count, paid, trail));
  return note_minus(&to, BILL_LEFT, payment, used, left);
}

int bill_pay_in_order(bill_money payment, const bill_money *open, size_t count, bill_money *paid, bill_money *left,
                      bill_trail *trail) {
  if (((!open || !paid) && count) || !left || !is_trail(trail)) return BILL_EARG;
  if (payment < 0) return BILL_ERANGE;
  int64_t sum;
  TRY(add_up(open, count, &sum));
  bill_money rest = payment;
  for (size_t i = 0; i < count; i++) {
    const noting to = {.trail = trail, .line = (uint32_t)i};
    paid[i] = note_lesser(&to, BILL_PAID, rest, open[i]);
    TRY(note_minus(&to, BILL_LEFT, rest, paid[i], &rest));
  }
  *left = rest;
  return BILL_OK;
}
