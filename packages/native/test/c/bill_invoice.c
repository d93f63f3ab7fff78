/* Invoices: what is refused and with what left behind, limits, and that parts add up. */
#include "bill.h"
#include "bill_random.h"
#include "check.h"

static bill_invoice started(uint32_t rounding) {
  bill_invoice invoice;
  CHECK_INT(bill_invoice_start(&invoice, rounding), BILL_OK);
  return invoice;
}

static int add_one(bill_line line, bill_sums *sums) {
  bill_invoice invoice = started(BILL_TAX_BY_LINE);
  return bill_invoice_add(&invoice, &line, 1, sums, NULL, NULL);
}

TEST(refuses_numbers_outside_their_range) {
  const bill_line bad[] = {{.quantity = INT64_MIN},
                           {.price = INT64_MIN},
                           {.price_per = -1},
                           {.discount = -1},
                           {.discount_rate = BILL_ONE + 1},
                           {.tax_rate = BILL_ONE + 1},
                           {.flags = 2}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) CHECK_INT(add_one(bad[i], NULL), BILL_ERANGE);
  CHECK_INT(add_one((bill_line){0}, NULL), BILL_OK);
}

TEST(refuses_null_and_an_invoice_that_is_none) {
  bill_invoice invoice = started(BILL_TAX_BY_LINE), broken = invoice;
  bill_line line = {0};
  bill_trail nowhere = {.cap = 1};
  CHECK_INT(bill_invoice_start(NULL, 0), BILL_EARG);
  CHECK_INT(bill_invoice_start(&invoice, 2), BILL_ERANGE);
  CHECK_INT(bill_invoice_add(NULL, &line, 1, NULL, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_invoice_add(&invoice, NULL, 1, NULL, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_invoice_add(&invoice, &line, 1, NULL, NULL, &nowhere), BILL_EARG);
  CHECK_INT(bill_invoice_add(&invoice, NULL, 0, NULL, NULL, NULL), BILL_OK);
  broken.rate_count = BILL_RATES_MAX + 1;
  CHECK_INT(bill_invoice_add(&broken, &line, 1, NULL, NULL, NULL), BILL_ERANGE);
  broken = invoice;
  broken.rounding = 9;
  CHECK_INT(bill_invoice_add(&broken, &line, 1, NULL, NULL, NULL), BILL_ERANGE);
}

TEST(says_overflow_wherever_it_happens) {
  const int64_t most = INT64_MAX;
  const bill_line lines[][2] = {
      {{.quantity = most, .price = most}},
      {{.quantity = BILL_ONE, .price = most, .discount_rate = 1, .discount = most}},
      {{.quantity = BILL_ONE, .price = most, .tax_rate = 1000}},
      {{.quantity = BILL_ONE, .price = most}, {.quantity = BILL_ONE, .price = 1}},
      {{.quantity = BILL_ONE, .price = most}, {.quantity = BILL_ONE, .price = 1, .tax_rate = 1}},
      {{.quantity = BILL_ONE, .price = most, .discount_rate = BILL_ONE}, {.quantity = BILL_ONE, .price = 2, .discount = 2}},
  };
  for (uint32_t rounding = 0; rounding < 2; rounding++) {
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
      bill_invoice invoice = started(rounding), before = invoice;
      bill_sums sums[2];
      size_t at = 99;
      CHECK_INT(bill_invoice_add(&invoice, lines[i], 2, sums, &at, NULL), BILL_EOVERFLOW);
      CHECK_INT(at, i >= 3);
      CHECK_BYTES(&invoice, &before, sizeof before);
    }
  }
}

TEST(keeps_sixteen_rates_and_refuses_a_seventeenth) {
  bill_invoice invoice = started(BILL_TAX_BY_LINE);
  bill_line line = {.quantity = BILL_ONE, .price = 100};
  for (uint32_t i = 0; i < BILL_RATES_MAX; i++) {
    line.tax_rate = i / 2 * 1000;
    line.flags = i & 1;
    CHECK_INT(bill_invoice_add(&invoice, &line, 1, NULL, NULL, NULL), BILL_OK);
  }
  line.tax_rate = 1;
  CHECK_INT(bill_invoice_add(&invoice, &line, 1, NULL, NULL, NULL), BILL_ERATES);
  CHECK_INT(invoice.line_count, BILL_RATES_MAX);
  line.tax_rate = 0;
  CHECK_INT(bill_invoice_add(&invoice, &line, 1, NULL, NULL, NULL), BILL_OK);
}

static bill_line any_line(void) {
  static const uint32_t rates[] = {0, 70000, 88750, 190000, BILL_ONE};
  return (bill_line){.quantity = below(20000000) - 5000000,
                     .price = below(1000000) - 1000,
                     .price_per = below(3) ? 0 : below(5000000),
                     .discount_rate = below(2) ? 0 : (uint32_t)below(BILL_ONE / 2),
                     .tax_rate = rates[below(5)],
                     .flags = (uint32_t)below(2)};
}

/* What a line comes to on an invoice of its own, or nothing. */
static int alone(const bill_line *line, bill_sums *sums) { return add_one(*line, sums); }

TEST(lines_rates_and_totals_add_up_and_reversals_mirror) {
  enum { LINES = 50 };
  bill_line lines[LINES], reversed[LINES];
  bill_sums sums[LINES], mirrored[LINES];
  static bill_step steps[LINES * 8];
  for (int run = 0; run < 2000; run++) {
    const uint32_t rounding = (uint32_t)run & 1;
    bill_invoice invoice = started(rounding), back = started(rounding);
    bill_trail trail = {.steps = steps, .cap = LINES * 8};
    for (int i = 0; i < LINES; i++) {
      reversed[i] = lines[i] = any_line();
      reversed[i].quantity = -lines[i].quantity;
    }
    CHECK_INT(bill_invoice_add(&invoice, lines, LINES, sums, NULL, &trail), BILL_OK);
    CHECK_INT(bill_invoice_add(&back, reversed, LINES, mirrored, NULL, NULL), BILL_OK);
    bill_sums all = {0};
    bill_money net = 0, tax = 0;
    for (int i = 0; i < LINES; i++) {
      CHECK_INT(sums[i].net + sums[i].tax, sums[i].total);
      CHECK_INT(sums[i].gross - sums[i].discount, lines[i].flags ? sums[i].total : sums[i].net);
      CHECK_INT(mirrored[i].total, -sums[i].total);
      CHECK_INT(mirrored[i].tax, -sums[i].tax);
      bill_sums own;
      CHECK_INT(alone(&lines[i], &own), BILL_OK);
      CHECK(llabs(own.tax - sums[i].tax) <= (rounding == BILL_TAX_BY_RATE));
      all.net += sums[i].net;
      all.tax += sums[i].tax;
      all.total += sums[i].total;
    }
    for (uint32_t i = 0; i < invoice.rate_count; i++) {
      net += invoice.rates[i].net;
      tax += invoice.rates[i].tax;
    }
    CHECK(all.net == invoice.sums.net && all.tax == invoice.sums.tax && all.total == invoice.sums.total);
    CHECK(net == all.net && tax == all.tax);
    for (size_t i = 0; i < trail.count; i++) CHECK(bill_step_holds(&steps[i]));
  }
}

TEST(lines_may_come_in_any_number_of_calls) {
  bill_line lines[30];
  bill_sums once[30], parts[30];
  for (int i = 0; i < 30; i++) lines[i] = any_line();
  bill_invoice whole = started(BILL_TAX_BY_RATE), grown = whole;
  CHECK_INT(bill_invoice_add(&whole, lines, 30, once, NULL, NULL), BILL_OK);
  for (int i = 0; i < 30; i += 3) CHECK_INT(bill_invoice_add(&grown, lines + i, 3, parts + i, NULL, NULL), BILL_OK);
  CHECK_BYTES(&grown, &whole, sizeof whole);
  CHECK_BYTES(parts, once, sizeof once);
}

TEST(plain_lines_come_to_what_the_general_way_makes_of_them) {
  enum { LINES = 40 };
  bill_line lines[LINES];
  bill_sums plain[LINES], general[LINES];
  for (int run = 0; run < 5000; run++) {
    bill_invoice quick = started(BILL_TAX_BY_LINE), slow = quick;
    bill_trail trail = {0};
    size_t quick_at = 0, slow_at = 0;
    for (int i = 0; i < LINES; i++) {
      lines[i] = (bill_line){.quantity = (int64_t)any(), .price = below(4000) - 2000, .discount = below(20) ? 0 : below(9),
                             .discount_rate = below(2) ? 0 : (uint32_t)below(BILL_ONE + 1), .tax_rate = (uint32_t)below(12) * 10000};
      lines[i].quantity >>= 2 + below(60);
      if (below(50) == 0) lines[i] = any_line();
      if (lines[i].discount && lines[i].discount_rate > BILL_ONE / 2) lines[i].discount = 0;
    }
    const int code = bill_invoice_add(&quick, lines, LINES, plain, &quick_at, NULL);
    CHECK_INT(bill_invoice_add(&slow, lines, LINES, general, &slow_at, &trail), code);
    CHECK_INT(quick_at, slow_at);
    if (code != BILL_OK) continue;
    CHECK_BYTES(plain, general, sizeof plain);
    CHECK_BYTES(&quick, &slow, sizeof quick);
  }
}

TEST(charges_come_to_what_the_same_lines_written_out_come_to) {
  enum { LINES = 1100 };
  static bill_charge charges[LINES];
  static bill_line lines[LINES];
  static bill_sums quick_sums[LINES], slow_sums[LINES];
  for (int run = 0; run < 600; run++) {
    bill_invoice quick = started(run % 5 == 0), slow = quick;
    const size_t count = run % 50 == 0 ? LINES : (size_t)below(30);
    const int rates = run % 7 == 0 ? 30 : 6;
    size_t quick_at = 0, slow_at = 0;
    for (size_t i = 0; i < count; i++) {
      const int is_odd = below(40) == 0;
      charges[i] = (bill_charge){.quantity = (int32_t)((any() & INT32_MAX) >> below(30)),
                                 .price = (int32_t)((any() & INT32_MAX) >> below(30)),
                                 .discount_rate = below(2) ? 0 : (uint32_t)below(BILL_ONE + 1),
                                 .tax_rate = (uint32_t)below(rates) * 10000};
      if (is_odd && below(2)) charges[i].quantity = -charges[i].quantity;
      if (is_odd && below(3) == 0) charges[i].price = INT32_MIN;
      if (is_odd && below(9) == 0) charges[i].tax_rate = BILL_ONE + 1;
      if (is_odd && below(9) == 0) charges[i].discount_rate = UINT32_MAX;
      lines[i] = (bill_line){.quantity = charges[i].quantity, .price = charges[i].price,
                             .discount_rate = charges[i].discount_rate, .tax_rate = charges[i].tax_rate};
    }
    const int code = bill_invoice_add(&slow, lines, count, slow_sums, &slow_at, NULL);
    CHECK_INT(bill_invoice_add_charges(&quick, charges, count, quick_sums, &quick_at), code);
    CHECK_INT(quick_at, slow_at);
    CHECK_BYTES(&quick, &slow, sizeof quick);
    if (code == BILL_OK) CHECK_BYTES(quick_sums, slow_sums, count * sizeof *slow_sums);
  }
  bill_invoice invoice = started(BILL_TAX_BY_LINE), broken = invoice;
  CHECK_INT(bill_invoice_add_charges(NULL, charges, 1, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_invoice_add_charges(&invoice, NULL, 1, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_invoice_add_charges(&invoice, NULL, 0, NULL, NULL), BILL_OK);
  broken.rounding = 9;
  CHECK_INT(bill_invoice_add_charges(&broken, charges, 1, NULL, NULL), BILL_ERANGE);
}

TEST(adds_up_to_the_last_unit_there_is_room_for) {
  enum { LINES = 3000 };
  static bill_line lines[LINES];
  const bill_money most = INT64_MAX / BILL_ONE;
  bill_line huge = {.quantity = BILL_ONE * 1000000ll, .price = most};
  bill_invoice invoice = started(BILL_TAX_BY_LINE);
  CHECK_INT(bill_invoice_add(&invoice, &huge, 1, NULL, NULL, NULL), BILL_OK);
  const bill_money room = INT64_MAX - invoice.sums.gross;
  for (int i = 0; i < LINES; i++) lines[i] = (bill_line){.quantity = BILL_ONE, .price = room / LINES};
  lines[LINES - 1].price += room % LINES;
  bill_invoice full = invoice;
  CHECK_INT(bill_invoice_add(&full, lines, LINES, NULL, NULL, NULL), BILL_OK);
  CHECK_INT(full.sums.total, INT64_MAX);
  size_t at = 0;
  lines[LINES - 2].price++;
  CHECK_INT(bill_invoice_add(&invoice, lines, LINES, NULL, &at, NULL), BILL_EOVERFLOW);
  CHECK_INT(at, LINES - 1);
}

TEST(counts_steps_that_have_no_room) {
  bill_line lines[3] = {{.quantity = BILL_ONE, .price = 5}, {.quantity = BILL_ONE, .price = 5}, {.discount_rate = BILL_ONE + 1}};
  bill_step steps[3];
  bill_trail none = {0}, few = {.steps = steps, .cap = 3};
  bill_invoice invoice = started(BILL_TAX_BY_LINE), same = invoice;
  CHECK_INT(bill_invoice_add(&invoice, lines, 2, NULL, NULL, &none), BILL_OK);
  CHECK_INT(bill_invoice_add(&same, lines, 2, NULL, NULL, &few), BILL_OK);
  CHECK_INT(none.count, 8);
  CHECK_INT(few.count, 8);
  CHECK_INT(steps[2].what, BILL_TAX);
  CHECK_INT(bill_invoice_add(&same, lines, 3, NULL, NULL, &few), BILL_ERANGE);
  CHECK_INT(few.count, 8);
}

int main(void) {
  RUN(refuses_numbers_outside_their_range);
  RUN(refuses_null_and_an_invoice_that_is_none);
  RUN(says_overflow_wherever_it_happens);
  RUN(keeps_sixteen_rates_and_refuses_a_seventeenth);
  RUN(lines_rates_and_totals_add_up_and_reversals_mirror);
  RUN(lines_may_come_in_any_number_of_calls);
  RUN(charges_come_to_what_the_same_lines_written_out_come_to);
  RUN(plain_lines_come_to_what_the_general_way_makes_of_them);
  RUN(adds_up_to_the_last_unit_there_is_room_for);
  RUN(counts_steps_that_have_no_room);
  return finish();
}
