/* Invoices, allocation and adjudication of any numbers.
 * Properties: parts add up to the whole; every step of a trail holds, and the last one of a number is that number; with a
 * trail comes what comes without; a failure leaves everything as it was; nobody gets more than there is.
 * Input: what to do in one byte, then the structs' bytes as they are. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bill.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LINES_MAX 16
#define STEPS_MAX 2048

static bill_step steps[STEPS_MAX];

static void check(int holds) {
  if (!holds) abort();
}

static void check_trail(const bill_trail *trail) {
  check(trail->count <= STEPS_MAX);
  for (size_t i = 0; i < trail->count; i++) check(bill_step_holds(&steps[i]));
}

/* What is added up here in another order than there may leave the range on the way and come back. */
static bill_money plus(bill_money a, bill_money b) { return (bill_money)((uint64_t)a + (uint64_t)b); }

/* Fills what is asked for from the input, over and over. */
static void fill(void *to, size_t len, const uint8_t **data, size_t *size) {
  memset(to, 0, len);
  const size_t taken = len < *size ? len : *size;
  memcpy(to, *data, taken);
  *data += taken;
  *size -= taken;
}

/* Brings most of a number's range within what is taken, so that not everything is refused. */
static int64_t tame(int64_t number, uint8_t how) {
  if (how & 128) return number;
  return number >> (how % 64);
}

/* Charges come to what the same lines written out come to. */
static void fuzz_charges(uint8_t how, const uint8_t *data, size_t size) {
  bill_charge charges[LINES_MAX];
  bill_line lines[LINES_MAX] = {{0}};
  bill_sums sums[LINES_MAX], again[LINES_MAX];
  bill_invoice invoice, written;
  size_t at = 0, at_written = 0, count = 1 + size / sizeof charges[0];
  if (count > LINES_MAX) count = LINES_MAX;
  fill(charges, sizeof charges, &data, &size);
  for (size_t i = 0; i < count; i++) {
    if (!(how & 128)) {
      charges[i].quantity &= INT32_MAX;
      charges[i].price &= INT32_MAX;
      charges[i].discount_rate %= BILL_ONE + 1;
      charges[i].tax_rate %= BILL_ONE + 1;
    }
    lines[i].quantity = charges[i].quantity;
    lines[i].price = charges[i].price;
    lines[i].discount_rate = charges[i].discount_rate;
    lines[i].tax_rate = charges[i].tax_rate;
  }
  check(bill_invoice_start(&invoice, how & 1) == BILL_OK);
  written = invoice;
  const int code = bill_invoice_add_charges(&invoice, charges, count, sums, &at);
  check(bill_invoice_add(&written, lines, count, again, &at_written, NULL) == code);
  check(at == at_written && memcmp(&written, &invoice, sizeof invoice) == 0);
  check(code != BILL_OK || memcmp(sums, again, count * sizeof sums[0]) == 0);
}

static void fuzz_invoice(uint8_t how, const uint8_t *data, size_t size) {
  fuzz_charges(how, data, size);
  bill_line lines[LINES_MAX];
  bill_sums sums[LINES_MAX], again[LINES_MAX];
  bill_invoice invoice, noted;
  bill_trail trail = {.steps = steps, .cap = STEPS_MAX};
  size_t at = 0, count = 1 + size / sizeof lines[0];
  if (count > LINES_MAX) count = LINES_MAX;
  fill(lines, sizeof lines, &data, &size);
  for (size_t i = 0; i < count; i++) {
    lines[i].quantity = tame(lines[i].quantity, how);
    lines[i].price = tame(lines[i].price, how);
    if (how & 128) continue;
    lines[i].price_per = lines[i].price_per < 0 ? 0 : tame(lines[i].price_per, how);
    lines[i].discount = lines[i].discount_rate & 1 ? 0 : tame(lines[i].discount, how) & INT64_MAX;
    lines[i].discount_rate %= BILL_ONE + 1;
    lines[i].tax_rate %= BILL_ONE + 1;
    lines[i].flags &= 1;
  }
  check(bill_invoice_start(&invoice, how & 1) == BILL_OK);
  noted = invoice;
  const bill_invoice before = invoice;
  const int code = bill_invoice_add(&invoice, lines, count, sums, &at, NULL);
  check(bill_invoice_add(&noted, lines, count, again, NULL, &trail) == code);
  check(memcmp(&noted, &invoice, sizeof invoice) == 0);
  check_trail(&trail);
  if (code != BILL_OK) {
    check(at < count && trail.count == 0 && memcmp(&invoice, &before, sizeof before) == 0);
    return;
  }
  check(memcmp(sums, again, count * sizeof sums[0]) == 0);
  bill_sums all = {0};
  bill_money net = 0, tax = 0;
  for (size_t i = 0; i < count; i++) {
    check(sums[i].net + sums[i].tax == sums[i].total);
    check(sums[i].gross - sums[i].discount == (lines[i].flags ? sums[i].total : sums[i].net));
    all.net = plus(all.net, sums[i].net);
    all.tax = plus(all.tax, sums[i].tax);
  }
  for (uint32_t i = 0; i < invoice.rate_count; i++) {
    net = plus(net, invoice.rates[i].net);
    tax = plus(tax, invoice.rates[i].tax);
  }
  check(all.net == invoice.sums.net && all.tax == invoice.sums.tax && net == all.net && tax == all.tax);
  check(all.net + all.tax == invoice.sums.total);
}

static void fuzz_allocation(uint8_t how, const uint8_t *data, size_t size) {
  int64_t amount, weights[LINES_MAX], paid[LINES_MAX], left = 0;
  bill_share shares[LINES_MAX];
  bill_trail trail = {.steps = steps, .cap = STEPS_MAX};
  const size_t count = size / 8 < LINES_MAX ? size / 8 : LINES_MAX;
  fill(&amount, sizeof amount, &data, &size);
  fill(weights, sizeof weights, &data, &size);
  for (size_t i = 0; i < count; i++) weights[i] = tame(weights[i], how) & (how & 64 ? INT64_MAX : ~0ll);
  if (bill_allocate(amount, weights, count, shares, &trail) == BILL_OK) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
      sum += (uint64_t)shares[i].amount;
      check(shares[i].amount == 0 || (shares[i].amount < 0) == (amount < 0));
    }
    check(sum == (uint64_t)amount);
  }
  amount = tame(amount, how);
  if (bill_pay_pro_rata(amount, weights, count, shares, &left, &trail) == BILL_OK) {
    bill_money sum = left;
    for (size_t i = 0; i < count; i++) {
      check(shares[i].amount >= 0 && shares[i].amount <= weights[i]);
      sum += shares[i].amount;
    }
    check(sum == amount && left >= 0);
  }
  if (bill_pay_in_order(amount, weights, count, paid, &left, &trail) == BILL_OK) {
    bill_money sum = left;
    for (size_t i = 0; i < count; i++) {
      check(paid[i] >= 0 && paid[i] <= weights[i]);
      sum += paid[i];
    }
    check(sum == amount && left >= 0);
  }
  check_trail(&trail);
}

static void fuzz_adjudication(uint8_t how, const uint8_t *data, size_t size) {
  bill_coverage plans[BILL_COVERAGES_MAX], before[BILL_COVERAGES_MAX];
  bill_benefit benefits[BILL_COVERAGES_MAX][4];
  bill_money charges[4], patient[4];
  bill_outcome outcomes[4 * BILL_COVERAGES_MAX];
  bill_trail trail = {.steps = steps, .cap = STEPS_MAX};
  const size_t plan_count = 1 + how % BILL_COVERAGES_MAX;
  fill(charges, sizeof charges, &data, &size);
  fill(plans, sizeof plans, &data, &size);
  fill(benefits, sizeof benefits, &data, &size);
  for (size_t p = 0; p < BILL_COVERAGES_MAX; p++) {
    plans[p].benefits = benefits[p];
    if (!(how & 128)) {
      plans[p].deductible_left &= INT64_MAX;
      plans[p].out_of_pocket_left &= INT64_MAX;
      plans[p].cost_order &= 1;
      plans[p].coordination %= 3;
    }
    for (size_t i = 0; i < 4 && !(how & 128); i++) {
      charges[i] &= INT64_MAX;
      benefits[p][i].allowed &= INT64_MAX;
      benefits[p][i].copay &= INT64_MAX;
      benefits[p][i].coinsurance %= BILL_ONE + 1;
      benefits[p][i].flags &= 15;
    }
  }
  memcpy(before, plans, sizeof plans);
  const int code = bill_adjudicate(charges, 4, plans, plan_count, outcomes, patient, NULL, &trail);
  check_trail(&trail);
  check(code == BILL_OK || memcmp(before, plans, sizeof plans) == 0);
  for (size_t i = 0; i < 4 && code == BILL_OK; i++) {
    bill_money paid = outcomes[i * plan_count].adjustment + patient[i];
    for (size_t p = 0; p < plan_count; p++) {
      const bill_outcome *of = &outcomes[i * plan_count + p];
      check(of->adjustment + of->not_covered + of->deductible + of->copay + of->coinsurance + of->paid + of->saved == charges[i]);
      paid += of->paid;
    }
    check(paid == charges[i] && patient[i] >= 0);
  }
  for (size_t p = 0; p < plan_count && code == BILL_OK; p++) check(plans[p].deductible_left >= 0 && plans[p].out_of_pocket_left >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) return 0;
  const uint8_t what = data[0] % 3, how = data[1];
  if (what == 0) fuzz_invoice(how, data + 2, size - 2);
  if (what == 1) fuzz_allocation(how, data + 2, size - 2);
  if (what == 2) fuzz_adjudication(how, data + 2, size - 2);
  return 0;
}
