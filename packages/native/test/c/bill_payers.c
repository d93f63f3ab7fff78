/* The golden cases of MS-DRG payment and of adjudication; what is refused; and that every line's parts add up to its charge. */
#include "bill_blocks.h"
#include "bill_files.h"
#include "bill_random.h"

#define LINES_MAX 32

static bill_step steps[8192];
static bill_drg_table *drgs;

static void check_trail(const bill_trail *trail) {
  CHECK(trail->count <= trail->cap);
  for (size_t i = 0; i < trail->count; i++) CHECK(bill_step_holds(&trail->steps[i]));
}

static const char *after(char **words, int count, const char *name) {
  for (int i = 0; i + 1 < count; i++) {
    if (strcmp(words[i], name) == 0) return words[i + 1];
  }
  return NULL;
}

static int64_t number_after(char **words, int count, const char *name, unsigned digits) {
  const char *text = after(words, count, name);
  return text ? number(text, digits) : 0;
}

static int split(char *line, char *words[32]) {
  int count = 0;
  char *rest = NULL;
  for (char *word = strtok_r(line, " ", &rest); word && count < 32; word = strtok_r(NULL, " ", &rest)) words[count++] = word;
  return count;
}

static int32_t read_day(const char *text) {
  int year = 0, month = 0, day = 0;
  sscanf(text, "%d-%d-%d", &year, &month, &day);
  return year * 10000 + month * 100 + day;
}

static void run_case(char *line, const bill_drg_terms *terms) {
  char *words[32];
  const int count = split(line, words);
  const char *to = after(words, count, "to");
  const bill_drg_case of = {.drg = words[0],
                            .drg_len = strlen(words[0]),
                            .discharged = read_day(after(words, count, "on")),
                            .days = (uint32_t)number_after(words, count, "days", 0),
                            .leaving = !to ? BILL_DISCHARGED : strcmp(to, "acute") == 0 ? BILL_TO_ACUTE : BILL_TO_POST_ACUTE,
                            .charges = number_after(words, count, "charges", 2),
                            .add_on = number_after(words, count, "add", 2)};
  bill_drg_payment paid, again;
  bill_trail trail = {.steps = steps, .cap = 8192};
  const int code = bill_drg_pay(drgs, &of, terms, &paid, &trail);
  CHECK_INT(bill_drg_pay(drgs, &of, terms, &again, NULL), code);
  check_trail(&trail);
  if (code != BILL_OK) {
    CHECK_INT(trail.count, 0);
    find("=> %s\n", bill_code_name(code));
    return;
  }
  CHECK_INT(again.total, paid.total);
  CHECK_INT(steps[trail.count - 1].result, paid.total);
  find("=> full %s base %s cost %s threshold %s cost-outlier %s day-outlier %s total %s\n", cents(paid.full), cents(paid.base),
       cents(paid.cost), cents(paid.threshold), cents(paid.cost_outlier), cents(paid.day_outlier), cents(paid.total));
}

static void run_drg(char *input) {
  char *words[32], *rest = NULL;
  const int count = split(strtok_r(input, "\n", &rest), words);
  const bill_drg_terms terms = {.base_rate = number_after(words, count, "base", 2),
                                .fixed_loss = number_after(words, count, "fixed", 2),
                                .cost_to_charge = number_after(words, count, "ratio", 6),
                                .marginal_rate = (uint32_t)number_after(words, count, "marginal", 4),
                                .marginal_rate_burns = (uint32_t)number_after(words, count, "burns", 4),
                                .day_threshold = number_after(words, count, "days", 6),
                                .day_rate = (uint32_t)number_after(words, count, "at", 4)};
  for (char *line = strtok_r(NULL, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) run_case(line, &terms);
}

static bill_coverage read_plan(char **words, int count) {
  bill_coverage plan = {.deductible_left = number(words[1], 2),
                        .out_of_pocket_left = strcmp(words[2], "none") == 0 ? BILL_UNLIMITED : number(words[2], 2)};
  for (int i = 3; i < count; i++) {
    if (strcmp(words[i], "copay-first") == 0) plan.cost_order = BILL_COPAY_FIRST;
    if (strcmp(words[i], "carve-out") == 0) plan.coordination = BILL_COB_CARVE_OUT;
    if (strcmp(words[i], "maintenance") == 0) plan.coordination = BILL_COB_MAINTENANCE;
  }
  return plan;
}

static bill_benefit read_benefit(char *text) {
  char *words[32];
  const int count = split(text, words);
  if (strcmp(words[0], "not-covered") == 0) return (bill_benefit){.flags = BILL_NOT_COVERED};
  if (strcmp(words[0], "not-billable") == 0) return (bill_benefit){.flags = BILL_NOT_BILLABLE};
  bill_benefit benefit = {.allowed = number(words[0], 2), .copay = number(words[1], 2), .coinsurance = (uint32_t)number(words[2], 4)};
  for (int i = 3; i < count; i++) benefit.flags |= strcmp(words[i], "free") == 0 ? BILL_NO_DEDUCTIBLE : BILL_NO_MAXIMUM;
  return benefit;
}

static bill_money sum_of(const bill_outcome *of) {
  return of->adjustment + of->not_covered + of->deductible + of->copay + of->coinsurance + of->paid + of->saved;
}

static void run_adjudication(char *input) {
  bill_coverage plans[BILL_COVERAGES_MAX];
  static bill_benefit benefits[BILL_COVERAGES_MAX][LINES_MAX];
  bill_money charges[LINES_MAX], patient[LINES_MAX];
  bill_outcome outcomes[LINES_MAX * BILL_COVERAGES_MAX];
  size_t plan_count = 0, count = 0, at = 0;
  char *rest = NULL;
  for (char *line = strtok_r(input, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
    char *words[32], *parts = NULL;
    if (strncmp(line, "plan ", 5) == 0) {
      const int words_count = split(line, words);
      plans[plan_count] = read_plan(words, words_count);
      plans[plan_count].benefits = benefits[plan_count];
      plan_count++;
      continue;
    }
    char *charge = strtok_r(line, "|", &parts);
    split(charge, words);
    charges[count] = number(words[0], 2);
    for (size_t p = 0; p < plan_count; p++) benefits[p][count] = read_benefit(strtok_r(NULL, "|", &parts));
    count++;
  }
  bill_trail trail = {.steps = steps, .cap = 8192};
  const int code = bill_adjudicate(charges, count, plans, plan_count, outcomes, patient, &at, &trail);
  check_trail(&trail);
  if (code != BILL_OK) {
    find("=> %s at %zu\n", bill_code_name(code), at + 1);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    for (size_t p = 0; p < plan_count; p++) {
      const bill_outcome *of = &outcomes[i * plan_count + p];
      CHECK_INT(sum_of(of), charges[i]);
      find("=> %s %s %s %s %s %s %s\n", cents(of->adjustment), cents(of->not_covered), cents(of->deductible), cents(of->copay),
           cents(of->coinsurance), cents(of->paid), cents(of->saved));
    }
    find("=> patient %s\n", cents(patient[i]));
  }
  for (size_t p = 0; p < plan_count; p++) {
    const bill_money left = plans[p].out_of_pocket_left;
    find("=> left %s %s\n", cents(plans[p].deductible_left), left == BILL_UNLIMITED ? "none" : cents(left));
  }
}

TEST(every_stay_is_paid_as_it_says) {
  CHECK_INT(bill_drg_new(&drgs), BILL_OK);
  load_case_tables(drgs);
  CHECK(each_block("drg.md", run_drg) >= 13);
}

TEST(every_claim_is_adjudicated_as_it_says) { CHECK(each_block("adjudication.md", run_adjudication) >= 15); }

static bill_money any_money(void) { return below(4) ? below(100000) : (bill_money)(any() >> 1); }

TEST(every_line_adds_up_whatever_the_plans) {
  bill_benefit benefits[BILL_COVERAGES_MAX][8];
  for (int run = 0; run < 20000; run++) {
    bill_coverage plans[BILL_COVERAGES_MAX];
    bill_money charges[8], patient[8];
    bill_outcome outcomes[8 * BILL_COVERAGES_MAX];
    const size_t plan_count = 1 + (size_t)below(BILL_COVERAGES_MAX);
    for (size_t p = 0; p < plan_count; p++) {
      plans[p] = (bill_coverage){any_money(), below(3) ? any_money() : BILL_UNLIMITED, (uint32_t)below(2), (uint32_t)below(3), benefits[p]};
      for (int i = 0; i < 8; i++) {
        benefits[p][i] = (bill_benefit){any_money(), below(1000), (uint32_t)below(BILL_ONE + 1), below(3) ? 0 : (uint32_t)below(16)};
      }
    }
    bill_money deductible = plans[0].deductible_left, maximum = plans[0].out_of_pocket_left;
    for (int i = 0; i < 8; i++) charges[i] = any_money();
    bill_trail trail = {.steps = steps, .cap = 8192};
    CHECK_INT(bill_adjudicate(charges, 8, plans, plan_count, outcomes, patient, NULL, &trail), BILL_OK);
    check_trail(&trail);
    for (int i = 0; i < 8; i++) {
      const bill_outcome *first = &outcomes[(size_t)i * plan_count];
      bill_money paid = 0;
      for (size_t p = 0; p < plan_count; p++) {
        const bill_outcome *of = first + p;
        CHECK_INT(sum_of(of), charges[i]);
        CHECK(of->adjustment >= 0 && of->not_covered >= 0 && of->deductible >= 0 && of->copay >= 0 && of->coinsurance >= 0 &&
              of->paid >= 0 && of->saved >= 0);
        paid += of->paid;
      }
      CHECK(patient[i] >= 0);
      CHECK_INT(first->adjustment + paid + patient[i], charges[i]);
      deductible -= first->deductible;
      if (!(benefits[0][i].flags & (BILL_NO_MAXIMUM | BILL_NOT_COVERED | BILL_NOT_BILLABLE)) && maximum != BILL_UNLIMITED) {
        maximum -= first->deductible + first->copay + first->coinsurance;
      }
    }
    CHECK_INT(plans[0].deductible_left, deductible);
    CHECK_INT(plans[0].out_of_pocket_left, maximum);
    CHECK(deductible >= 0 && maximum >= 0);
  }
}

TEST(refuses_claims_that_are_none) {
  bill_benefit benefit = {.allowed = 100};
  bill_coverage good = {.benefits = &benefit}, bad[] = {{.deductible_left = -1}, {.out_of_pocket_left = -1}, {.cost_order = 2},
                                                        {.coordination = 3}, {.deductible_left = INT64_MIN}};
  bill_money charge = 100, patient = 7, negative = -1;
  bill_outcome outcome;
  size_t at = 9;
  bill_trail nowhere = {.cap = 1}, trail = {.steps = steps, .cap = 8192, .count = 3};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    bad[i].benefits = &benefit;
    CHECK_INT(bill_adjudicate(&charge, 1, &bad[i], 1, &outcome, &patient, &at, NULL), BILL_ERANGE);
    CHECK_INT(at, 1);
  }
  const bill_benefit wrong[] = {{.allowed = -1}, {.copay = -1}, {.coinsurance = BILL_ONE + 1}, {.flags = 16}};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    benefit = wrong[i];
    CHECK_INT(bill_adjudicate(&charge, 1, &good, 1, &outcome, &patient, &at, &trail), BILL_ERANGE);
    CHECK_INT(at, 0);
    CHECK_INT(trail.count, 3);
  }
  benefit = (bill_benefit){.allowed = 100};
  CHECK_INT(bill_adjudicate(&negative, 1, &good, 1, &outcome, &patient, NULL, NULL), BILL_ERANGE);
  CHECK_INT(bill_adjudicate(&charge, 1, &good, 0, &outcome, &patient, NULL, NULL), BILL_ERANGE);
  CHECK_INT(bill_adjudicate(&charge, 1, &good, 5, &outcome, &patient, NULL, NULL), BILL_ERANGE);
  CHECK_INT(bill_adjudicate(&charge, 1, NULL, 1, &outcome, &patient, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_adjudicate(NULL, 1, &good, 1, &outcome, &patient, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_adjudicate(&charge, 1, &good, 1, NULL, &patient, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_adjudicate(&charge, 1, &good, 1, &outcome, NULL, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_adjudicate(&charge, 1, &good, 1, &outcome, &patient, NULL, &nowhere), BILL_EARG);
  good.benefits = NULL;
  CHECK_INT(bill_adjudicate(&charge, 1, &good, 1, &outcome, &patient, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_adjudicate(NULL, 0, &good, 1, NULL, NULL, NULL, NULL), BILL_OK);
}

static int pay_with(bill_drg_terms terms, bill_drg_case of, bill_trail *trail) {
  bill_drg_payment paid;
  of.drg = "470";
  of.drg_len = 3;
  of.discharged = 20250101;
  return bill_drg_pay(drgs, &of, &terms, &paid, trail);
}

TEST(refuses_terms_and_stays_that_are_none_and_says_overflow) {
  const bill_drg_terms bad[] = {{.base_rate = -1},         {.fixed_loss = -1},    {.cost_to_charge = -1}, {.marginal_rate = BILL_ONE + 1},
                                {.marginal_rate_burns = BILL_ONE + 1}, {.day_threshold = -1}, {.day_rate = BILL_ONE + 1}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) CHECK_INT(pay_with(bad[i], (bill_drg_case){0}, NULL), BILL_ERANGE);
  CHECK_INT(pay_with((bill_drg_terms){0}, (bill_drg_case){.charges = -1}, NULL), BILL_ERANGE);
  CHECK_INT(pay_with((bill_drg_terms){0}, (bill_drg_case){.add_on = -1}, NULL), BILL_ERANGE);
  CHECK_INT(pay_with((bill_drg_terms){0}, (bill_drg_case){.leaving = 3}, NULL), BILL_ERANGE);
  const int64_t most = INT64_MAX;
  const bill_drg_terms much[] = {{.base_rate = most},
                                 {.base_rate = most / 2, .day_rate = 1},
                                 {.base_rate = 1, .cost_to_charge = most, .marginal_rate = 1},
                                 {.base_rate = most / 2, .fixed_loss = most, .marginal_rate = 1},
                                 {.base_rate = 1, .day_threshold = most, .day_rate = 1}};
  for (size_t i = 0; i < sizeof much / sizeof much[0]; i++) {
    bill_trail trail = {.steps = steps, .cap = 8192};
    CHECK_INT(pay_with(much[i], (bill_drg_case){.charges = most, .days = UINT32_MAX}, &trail), BILL_EOVERFLOW);
    CHECK_INT(trail.count, 0);
  }
  CHECK_INT(pay_with((bill_drg_terms){.base_rate = 100}, (bill_drg_case){.add_on = most}, NULL), BILL_EOVERFLOW);
  bill_drg_payment paid;
  bill_drg_case of = {0};
  bill_drg_terms terms = {0};
  bill_trail nowhere = {.cap = 1};
  CHECK_INT(bill_drg_pay(NULL, &of, &terms, &paid, NULL), BILL_EARG);
  CHECK_INT(bill_drg_pay(drgs, NULL, &terms, &paid, NULL), BILL_EARG);
  CHECK_INT(bill_drg_pay(drgs, &of, NULL, &paid, NULL), BILL_EARG);
  CHECK_INT(bill_drg_pay(drgs, &of, &terms, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_drg_pay(drgs, &of, &terms, &paid, &nowhere), BILL_EARG);
}

TEST(makes_a_base_rate_of_its_parts) {
  bill_money rate = 7;
  bill_trail trail = {.steps = steps, .cap = 8192}, nowhere = {.cap = 1};
  CHECK_INT(bill_base_rate(439300, 1023400, 210650, BILL_ONE, &rate, &trail), BILL_OK);
  CHECK_INT(rate, 449580 + 210650);
  CHECK_INT(trail.count, 3);
  check_trail(&trail);
  CHECK_INT(bill_base_rate(-1, 1, 1, 1, &rate, NULL), BILL_ERANGE);
  CHECK_INT(bill_base_rate(1, -1, 1, 1, &rate, NULL), BILL_ERANGE);
  CHECK_INT(bill_base_rate(1, 1, -1, 1, &rate, NULL), BILL_ERANGE);
  CHECK_INT(bill_base_rate(1, 1, 1, -1, &rate, NULL), BILL_ERANGE);
  CHECK_INT(bill_base_rate(1, 1, 1, 1, NULL, NULL), BILL_EARG);
  CHECK_INT(bill_base_rate(1, 1, 1, 1, &rate, &nowhere), BILL_EARG);
  CHECK_INT(bill_base_rate(INT64_MAX, 2 * BILL_ONE, 1, 1, &rate, &trail), BILL_EOVERFLOW);
  CHECK_INT(bill_base_rate(1, BILL_ONE, INT64_MAX, 2 * BILL_ONE, &rate, &trail), BILL_EOVERFLOW);
  CHECK_INT(bill_base_rate(INT64_MAX, BILL_ONE, INT64_MAX, BILL_ONE, &rate, &trail), BILL_EOVERFLOW);
  CHECK_INT(trail.count, 3);
}

int main(void) {
  RUN(every_stay_is_paid_as_it_says);
  RUN(every_claim_is_adjudicated_as_it_says);
  RUN(every_line_adds_up_whatever_the_plans);
  RUN(refuses_claims_that_are_none);
  RUN(refuses_terms_and_stays_that_are_none_and_says_overflow);
  RUN(makes_a_base_rate_of_its_parts);
  bill_drg_free(drgs);
  return finish();
}
