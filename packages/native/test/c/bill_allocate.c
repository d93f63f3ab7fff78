/* Allocation: no unit lost or made, the largest remainder as a plain sort would have it, and what is refused. */
#include "bill.h"
#include "bill_random.h"
#include "check.h"

#define COUNT_MAX 300

static bill_share shares[COUNT_MAX];
static bill_step steps[4 * COUNT_MAX];

/* The same by repeated search for the largest rest, the first of equals. */
static void divide_plainly(int64_t amount, const int64_t *weights, size_t count, int64_t sum, int64_t *out) {
  int64_t left = amount, rests[COUNT_MAX];
  for (size_t i = 0; i < count; i++) {
    out[i] = amount * weights[i] / sum;
    rests[i] = amount * weights[i] % sum;
    left -= out[i];
  }
  for (; left > 0; left--) {
    size_t best = 0;
    for (size_t i = 1; i < count; i++) best = rests[i] > rests[best] ? i : best;
    out[best]++;
    rests[best] = -1;
  }
}

TEST(gives_what_a_plain_search_for_the_largest_remainder_gives) {
  for (int run = 0; run < 3000; run++) {
    const size_t count = 1 + (size_t)below(40);
    int64_t weights[COUNT_MAX], plain[COUNT_MAX], sum = 0, amount = below(1000000), added = 0;
    for (size_t i = 0; i < count; i++) sum += weights[i] = below(run % 3 ? 100 : 3000000);
    if (sum == 0) continue;
    bill_trail trail = {.steps = steps, .cap = 4 * COUNT_MAX};
    CHECK_INT(bill_allocate(amount, weights, count, shares, &trail), BILL_OK);
    divide_plainly(amount, weights, count, sum, plain);
    for (size_t i = 0; i < count; i++) {
      CHECK_INT(shares[i].amount, plain[i]);
      CHECK_INT(shares[i].rest, amount * weights[i] % sum);
      CHECK(bill_step_holds(&steps[i]));
      added += shares[i].amount;
    }
    CHECK_INT(added, amount);
    CHECK_INT(trail.count, count);
  }
}

TEST(takes_amounts_and_weights_of_any_size) {
  for (int run = 0; run < 20000; run++) {
    int64_t weights[8], amount = (int64_t)(any() >> 1) * (run & 1 ? 1 : -1);
    uint64_t added = 0;
    for (int i = 0; i < 8; i++) weights[i] = (int64_t)(any() >> 4);
    const int code = bill_allocate(amount, weights, 8, shares, NULL);
    if (code == BILL_EWEIGHTS) continue;
    CHECK_INT(code, BILL_OK);
    for (int i = 0; i < 8; i++) added += (uint64_t)shares[i].amount;
    CHECK_INT((int64_t)added, amount);
  }
}

TEST(pays_no_balance_more_than_it_has) {
  for (int run = 0; run < 5000; run++) {
    const size_t count = (size_t)below(COUNT_MAX);
    int64_t open[COUNT_MAX], paid[COUNT_MAX], left = -1, sum = 0, added = 0;
    for (size_t i = 0; i < count; i++) sum += open[i] = below(10000);
    const int64_t payment = below(2 * sum + 2);
    bill_trail trail = {.steps = steps, .cap = 4 * COUNT_MAX};
    CHECK_INT(bill_pay_pro_rata(payment, open, count, shares, &left, &trail), BILL_OK);
    for (size_t i = 0; i < count; i++) {
      CHECK(shares[i].amount >= 0 && shares[i].amount <= open[i]);
      added += shares[i].amount;
    }
    CHECK_INT(added + left, payment);
    CHECK(left == 0 || added == sum);
    CHECK_INT(bill_pay_in_order(payment, open, count, paid, &left, &trail), BILL_OK);
    added = 0;
    for (size_t i = 0; i < count; i++) {
      CHECK(paid[i] == open[i] || paid[i] == payment - added);
      added += paid[i];
    }
    CHECK_INT(added + left, payment);
    for (size_t i = 0; i < trail.count && i < trail.cap; i++) CHECK(bill_step_holds(&steps[i]));
  }
}

TEST(refuses_what_cannot_be_divided) {
  const int64_t negative[2] = {1, -1}, huge[2] = {INT64_MAX, 1}, fine[2] = {1, 1}, nothing[2] = {0, 0};
  int64_t paid[2], left = 7;
  bill_trail nowhere = {.cap = 1};
  CHECK_INT(bill_allocate(1, negative, 2, shares, NULL), BILL_ERANGE);
  CHECK_INT(bill_allocate(1, huge, 2, shares, NULL), BILL_EOVERFLOW);
  CHECK_INT(bill_allocate(1, nothing, 2, shares, NULL), BILL_EWEIGHTS);
  CHECK_INT(bill_allocate(1, NULL, 0, NULL, NULL), BILL_EWEIGHTS);
  CHECK_INT(bill_allocate(0, NULL, 0, NULL, NULL), BILL_OK);
  CHECK_INT(bill_allocate(INT64_MIN, fine, 2, shares, NULL), BILL_ERANGE);
  CHECK_INT(bill_allocate(1, NULL, 2, shares, NULL), BILL_EARG);
  CHECK_INT(bill_allocate(1, fine, 2, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_allocate(1, fine, 2, shares, &nowhere), BILL_EARG);
  CHECK_INT(bill_pay_pro_rata(-1, fine, 2, shares, &left, NULL), BILL_ERANGE);
  CHECK_INT(bill_pay_pro_rata(1, negative, 2, shares, &left, NULL), BILL_ERANGE);
  CHECK_INT(bill_pay_pro_rata(1, fine, 2, shares, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_pay_pro_rata(1, NULL, 2, shares, &left, NULL), BILL_EARG);
  CHECK_INT(bill_pay_pro_rata(1, fine, 2, NULL, &left, NULL), BILL_EARG);
  CHECK_INT(bill_pay_pro_rata(1, fine, 2, shares, &left, &nowhere), BILL_EARG);
  CHECK_INT(bill_pay_in_order(-1, fine, 2, paid, &left, NULL), BILL_ERANGE);
  CHECK_INT(bill_pay_in_order(1, negative, 2, paid, &left, NULL), BILL_ERANGE);
  CHECK_INT(bill_pay_in_order(1, fine, 2, paid, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_pay_in_order(1, NULL, 2, paid, &left, NULL), BILL_EARG);
  CHECK_INT(bill_pay_in_order(1, fine, 2, NULL, &left, NULL), BILL_EARG);
  CHECK_INT(bill_pay_in_order(1, fine, 2, paid, &left, &nowhere), BILL_EARG);
  CHECK_INT(left, 7);
  CHECK_INT(bill_pay_pro_rata(5, NULL, 0, NULL, &left, NULL), BILL_OK);
  CHECK_INT(left, 5);
}

int main(void) {
  RUN(gives_what_a_plain_search_for_the_largest_remainder_gives);
  RUN(takes_amounts_and_weights_of_any_size);
  RUN(pays_no_balance_more_than_it_has);
  RUN(refuses_what_cannot_be_divided);
  return finish();
}
