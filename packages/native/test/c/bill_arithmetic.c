/* Exact arithmetic: both ways of 128 bits, rounding, overflow, decimal numbers, and steps that do or do not hold. */
#include "bill.h"
#include "bill/wide.h"
#include "bill_random.h"
#include "check.h"

TEST(multiplies_and_divides_in_halves_as_the_compiler_does_in_one) {
  for (int i = 0; i < 200000; i++) {
    const uint64_t a = any(), b = any(), d = any() | 1;
    const wide product = wide_times(a, b), halves = wide_times_in_halves(a, b);
    CHECK(product.high == halves.high && product.low == halves.low);
    if (product.high >= d) continue;
    uint64_t rest, rest_in_bits;
    CHECK(wide_over(product, d, &rest) == wide_over_in_bits(product, d, &rest_in_bits));
    CHECK(rest == rest_in_bits);
  }
}

TEST(rounds_half_to_even_and_mirrors) {
  const int64_t cases[][4] = {{1, 1, 2, 0},  {3, 1, 2, 2},  {5, 1, 2, 2},  {7, 1, 2, 4},   {1, 1, 3, 0},
                              {2, 1, 3, 1},  {5, 1, 10, 0}, {15, 1, 10, 2}, {25, 1, 10, 2}, {250001, 1, 100000, 3},
                              {0, 77, 5, 0}, {1, 1, INT64_MAX, 0}, {INT64_MAX, 1, 2, INT64_MAX / 2 + 1},
                              {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    int64_t out = 99, mirrored = 99;
    CHECK_INT(bill_times_over(cases[i][0], cases[i][1], cases[i][2], &out), BILL_OK);
    CHECK_INT(bill_times_over(-cases[i][0], cases[i][1], cases[i][2], &mirrored), BILL_OK);
    CHECK_INT(out, cases[i][3]);
    CHECK_INT(mirrored, -cases[i][3]);
  }
}

TEST(refuses_what_does_not_fit) {
  int64_t out = 7;
  CHECK_INT(bill_times_over(INT64_MAX, 2, 1, &out), BILL_EOVERFLOW);
  CHECK_INT(bill_times_over(INT64_MAX, INT64_MAX, 1, &out), BILL_EOVERFLOW);
  CHECK_INT(bill_times_over(INT64_MAX, 3, 2, &out), BILL_EOVERFLOW);
  CHECK_INT(bill_times_over(INT64_MIN, 1, 1, &out), BILL_ERANGE);
  CHECK_INT(bill_times_over(1, INT64_MIN, 1, &out), BILL_ERANGE);
  CHECK_INT(bill_times_over(1, 1, 0, &out), BILL_ERANGE);
  CHECK_INT(bill_times_over(1, 1, -1, &out), BILL_ERANGE);
  CHECK_INT(bill_times_over(1, 1, 1, NULL), BILL_EARG);
  CHECK_INT(out, 7);
}

TEST(reads_back_what_it_writes) {
  char text[BILL_FORMAT_BYTES];
  for (int i = 0; i < 100000; i++) {
    int64_t value = (int64_t)any(), back = 0;
    const unsigned digits = (unsigned)(any() % 19);
    if (value == INT64_MIN) continue;
    const size_t len = bill_format(value, digits, text);
    CHECK_INT(strlen(text), len);
    CHECK_INT(bill_parse(text, len, digits, &back), BILL_OK);
    CHECK_INT(back, value);
  }
  CHECK_INT(bill_format(INT64_MIN, 18, text), 21);
  CHECK_STR(text, "-9.223372036854775808");
  CHECK_INT(bill_format(5, 3, text), 5);
  CHECK_STR(text, "0.005");
  CHECK_INT(bill_format(0, 0, text), 1);
  CHECK_INT(bill_format(1, 19, text), 0);
  CHECK_INT(bill_format(1, 0, NULL), 0);
}

TEST(parses_nothing_and_null_without_a_crash) {
  int64_t value = 7;
  CHECK_INT(bill_parse(NULL, 0, 2, &value), BILL_ENUMBER);
  CHECK_INT(bill_parse(NULL, 1, 2, &value), BILL_EARG);
  CHECK_INT(bill_parse("1", 1, 2, NULL), BILL_EARG);
  CHECK_INT(value, 7);
}

TEST(a_step_holds_only_when_its_numbers_do) {
  const bill_step good[] = {{.how = BILL_TIMES_OVER, .a = 5, .b = 1, .c = 2, .result = 2, .rest = 1},
                            {.how = BILL_TIMES_OVER, .a = -7, .b = 1, .c = 2, .result = -4, .rest = 1},
                            {.how = BILL_TIMES_OVER, .a = 1, .b = 1, .c = 3, .result = 0, .rest = 1},
                            {.how = BILL_SHARE_OF, .a = 5, .b = 1, .c = 3, .result = 2, .rest = -1},
                            {.how = BILL_SHARE_OF, .a = 5, .b = 1, .c = 3, .result = 1, .rest = 2},
                            {.how = BILL_PLUS, .a = 5, .b = -7, .result = -2},
                            {.how = BILL_MINUS, .a = 5, .b = -7, .result = 12},
                            {.how = BILL_LESSER, .a = 5, .b = -7, .result = -7},
                            {.how = BILL_GREATER, .a = 5, .b = -7, .result = 5}};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    CHECK(bill_step_holds(&good[i]));
    for (int field = 0; field < 4; field++) {
      bill_step bad = good[i];
      if (field == 0) bad.result++;
      if (field == 1) bad.rest++;
      if (field == 2) bad.c += bad.result ? 1000 : -2; /* 1 / 1003 is 0 too */
      if (field == 3) bad.how = 77;
      CHECK(!bill_step_holds(&bad));
    }
  }
  const bill_step odd = {.how = BILL_TIMES_OVER, .a = 5, .b = 1, .c = 2, .result = 3, .rest = -1};
  const bill_step turned = {.how = BILL_TIMES_OVER, .a = 5, .b = 1, .c = 2, .result = -2, .rest = 1};
  const bill_step wrapped = {.how = BILL_PLUS, .a = INT64_MAX, .b = 1, .result = -INT64_MAX};
  const bill_step least = {.how = BILL_PLUS, .a = INT64_MIN, .b = 0, .result = 0};
  CHECK(!bill_step_holds(&odd) && !bill_step_holds(&turned) && !bill_step_holds(&wrapped) && !bill_step_holds(&least));
  CHECK(!bill_step_holds(NULL));
}

TEST(every_code_has_a_name_of_its_own) {
  CHECK_STR(bill_code_name(BILL_OK), "ok");
  CHECK_STR(bill_code_name(BILL_EINCOMPLETE), "incomplete-row");
  CHECK_STR(bill_code_name(BILL_EINCOMPLETE - 1), "unknown");
  CHECK_STR(bill_code_name(1), "unknown");
  for (int a = 0; a >= BILL_EINCOMPLETE; a--) {
    for (int b = 0; b > a; b--) CHECK(strcmp(bill_code_name(a), bill_code_name(b)) != 0);
  }
  for (uint32_t a = 0; a < BILL_WHAT_COUNT; a++) {
    for (uint32_t b = 0; b < a; b++) CHECK(strcmp(bill_what_name(a), bill_what_name(b)) != 0);
  }
  CHECK_STR(bill_what_name(BILL_WHAT_COUNT), "unknown");
  CHECK_STR(bill_how_name(BILL_GREATER), "greater");
  CHECK_STR(bill_how_name(BILL_GREATER + 1), "unknown");
}

int main(void) {
  RUN(multiplies_and_divides_in_halves_as_the_compiler_does_in_one);
  RUN(rounds_half_to_even_and_mirrors);
  RUN(refuses_what_does_not_fit);
  RUN(reads_back_what_it_writes);
  RUN(parses_nothing_and_null_without_a_crash);
  RUN(a_step_holds_only_when_its_numbers_do);
  RUN(every_code_has_a_name_of_its_own);
  return finish();
}
