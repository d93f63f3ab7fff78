/* The golden cases of invoices, allocation and decimal numbers. Every step of every trail must hold, and with a trail must
 * come what comes without. */
#include "bill_blocks.h"

#define LINES_MAX 64

static bill_step steps[4096];

static void check_trail(const bill_trail *trail) {
  CHECK(trail->count <= trail->cap);
  for (size_t i = 0; i < trail->count; i++) CHECK(bill_step_holds(&trail->steps[i]));
}

static bill_line read_line(char *text) {
  bill_line line = {0};
  char *rest = NULL, *word = strtok_r(text, " ", &rest);
  line.quantity = number(word, 6);
  strtok_r(NULL, " ", &rest);
  line.price = number(strtok_r(NULL, " ", &rest), 2);
  while ((word = strtok_r(NULL, " ", &rest)) != NULL) {
    if (strcmp(word, "included") == 0) {
      line.flags |= BILL_TAX_INCLUDED;
      continue;
    }
    const char *value = strtok_r(NULL, " ", &rest);
    if (strcmp(word, "per") == 0) line.price_per = number(value, 6);
    else if (strcmp(word, "discount") == 0) line.discount_rate = (uint32_t)number(value, 4);
    else if (strcmp(word, "less") == 0) line.discount = number(value, 2);
    else line.tax_rate = (uint32_t)number(value, 4);
  }
  return line;
}

static void find_sums(const char *what, const bill_sums *sums) {
  find("=> %s%s %s %s %s %s\n", what, cents(sums->gross), cents(sums->discount), cents(sums->net), cents(sums->tax),
       cents(sums->total));
}

static void run_invoice(char *input) {
  bill_line lines[LINES_MAX];
  bill_sums sums[LINES_MAX], again[LINES_MAX];
  bill_invoice invoice, noted;
  bill_trail trail = {.steps = steps, .cap = 4096};
  uint32_t rounding = BILL_TAX_BY_LINE;
  size_t count = 0, at = 0;
  char *rest = NULL;
  for (char *text = strtok_r(input, "\n", &rest); text; text = strtok_r(NULL, "\n", &rest)) {
    if (strcmp(text, "tax by rate") == 0) rounding = BILL_TAX_BY_RATE;
    else lines[count++] = read_line(text);
  }
  CHECK_INT(bill_invoice_start(&invoice, rounding), BILL_OK);
  noted = invoice;
  const int code = bill_invoice_add(&invoice, lines, count, sums, &at, NULL);
  CHECK_INT(bill_invoice_add(&noted, lines, count, again, NULL, &trail), code);
  CHECK_BYTES(&noted, &invoice, sizeof invoice);
  check_trail(&trail);
  if (code != BILL_OK) {
    CHECK_INT(trail.count, 0);
    find("=> %s at %zu\n", bill_code_name(code), at + 1);
    return;
  }
  CHECK_BYTES(again, sums, count * sizeof sums[0]);
  for (size_t i = 0; i < count; i++) find_sums("", &sums[i]);
  find_sums("all ", &invoice.sums);
  for (uint32_t i = 0; i < invoice.rate_count; i++) {
    const bill_tax *tax = &invoice.rates[i];
    char rate[BILL_FORMAT_BYTES];
    bill_format(tax->rate, 4, rate);
    for (size_t len = strlen(rate); rate[len - 1] == '0' || rate[len - 1] == '.';) {
      const int point = rate[len - 1] == '.';
      rate[--len] = 0;
      if (point) break;
    }
    find("=> tax %s%s: %s %s\n", rate, tax->flags ? " included" : "", cents(tax->net), cents(tax->tax));
  }
}

static size_t read_numbers(char *text, unsigned digits, int64_t *out) {
  size_t count = 0;
  char *rest = NULL;
  for (char *word = strtok_r(text, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest)) out[count++] = number(word, digits);
  return count;
}

static void run_allocation(char *input) {
  char amount[32], kind[8], how[16] = "", *numbers = strchr(input, '\n');
  *numbers++ = 0;
  sscanf(input, "%7s %31s in %15s", kind, amount, how);
  int64_t list[LINES_MAX], paid[LINES_MAX], left = 0;
  const size_t count = read_numbers(numbers, strcmp(kind, "pay") == 0 ? 2 : 0, list);
  bill_share shares[LINES_MAX];
  bill_trail trail = {.steps = steps, .cap = 4096};
  int code;
  if (strcmp(how, "order") == 0) {
    code = bill_pay_in_order(number(amount, 2), list, count, paid, &left, &trail);
  } else {
    if (strcmp(kind, "pay") == 0) code = bill_pay_pro_rata(number(amount, 2), list, count, shares, &left, &trail);
    else code = bill_allocate(number(amount, 2), list, count, shares, &trail);
    for (size_t i = 0; i < count; i++) paid[i] = shares[i].amount;
  }
  check_trail(&trail);
  if (code != BILL_OK) {
    find("=> %s\n", bill_code_name(code));
    return;
  }
  find("=>");
  for (size_t i = 0; i < count; i++) find(" %s", cents(paid[i]));
  find("\n");
  if (strcmp(kind, "pay") == 0) find("=> left %s\n", cents(left));
}

static void run_decimal(char *input) {
  char *rest = NULL;
  for (char *line = strtok_r(input, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
    char *digits = strchr(line, ' '), *expected = strstr(line, " => ");
    *digits++ = 0;
    const size_t len = strlen(line);
    uint8_t *text = guarded(line, len);
    char result[64];
    int64_t value = 0;
    const int code = bill_parse((char *)text, len, (unsigned)atoi(digits), &value);
    guarded_free(text, len);
    if (code == BILL_OK) snprintf(result, sizeof result, "%lld", (long long)value);
    else snprintf(result, sizeof result, "%s", bill_code_name(code));
    CHECK_STR(result, expected + 4);
  }
}

TEST(every_invoice_comes_to_what_it_says) { CHECK(each_block("invoice.md", run_invoice) >= 14); }

TEST(every_allocation_comes_to_what_it_says) { CHECK(each_block("allocation.md", run_allocation) >= 14); }

TEST(every_number_is_read_as_it_says) { CHECK_INT(each_block("decimal.md", run_decimal), 4); }

int main(void) {
  RUN(every_invoice_comes_to_what_it_says);
  RUN(every_allocation_comes_to_what_it_says);
  RUN(every_number_is_read_as_it_says);
  return finish();
}
