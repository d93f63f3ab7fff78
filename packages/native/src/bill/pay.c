#include <string.h>

#include "internal.h"

int bill_base_rate(bill_money labor, bill_micros wage_index, bill_money rest, bill_micros cost_of_living, bill_money *out,
                   bill_trail *trail) {
  if (!out || !is_trail(trail)) return BILL_EARG;
  if (labor < 0 || wage_index < 0 || rest < 0 || cost_of_living < 0) return BILL_ERANGE;
  const noting to = {.trail = trail, .line = BILL_NO_LINE};
  const size_t steps = trail ? trail->count : 0;
  bill_money local, other;
  int code = note_times_over(&to, BILL_LABOR_PART, labor, wage_index, BILL_ONE, &local);
  if (code == BILL_OK) code = note_times_over(&to, BILL_LEFT, rest, cost_of_living, BILL_ONE, &other);
  if (code == BILL_OK) code = note_plus(&to, BILL_BASE_RATE, local, other, out);
  if (code != BILL_OK && trail) trail->count = steps;
  return code;
}

static int is_terms(const bill_drg_terms *terms) {
  return terms->base_rate >= 0 && terms->fixed_loss >= 0 && terms->cost_to_charge >= 0 && terms->marginal_rate <= BILL_ONE &&
         terms->marginal_rate_burns <= BILL_ONE && terms->day_threshold >= 0 && terms->day_rate <= BILL_ONE;
}

/* Whether the stay is paid by the day; BILL_EINCOMPLETE where the row does not say what decides it. */
static int decide_transfer(const bill_drg_case *of, const bill_drg *drg, uint32_t *is_transfer) {
  *is_transfer = 0;
  if (of->leaving == BILL_DISCHARGED || strcmp(drg->code, "789") == 0) return BILL_OK;
  if (of->leaving == BILL_TO_POST_ACUTE) {
    if (drg->post_acute == BILL_UNSAID) return BILL_EINCOMPLETE;
    if (drg->post_acute == BILL_NO) return BILL_OK;
    if (drg->special_pay == BILL_UNSAID) return BILL_EINCOMPLETE;
  }
  if (drg->mean_days == 0) return BILL_EINCOMPLETE;
  *is_transfer = 1;
  return BILL_OK;
}

static int pay_base(const noting *to, const bill_drg_case *of, bill_micros transfer_days, bill_drg_payment *out) {
  out->base = out->full;
  if (!out->is_transfer) return BILL_OK;
  if (of->leaving == BILL_TO_POST_ACUTE && out->drg.special_pay == BILL_YES) {
    bill_money half, by_day;
    TRY(note_times_over(to, BILL_HALF, out->full, 1, 2, &half));
    TRY(note_times_over(to, BILL_PER_DIEM_SUM, out->full, transfer_days, 2 * out->drg.mean_days, &by_day));
    TRY(note_plus(to, BILL_BASE_PAYMENT, half, by_day, &out->base));
  } else {
    TRY(note_times_over(to, BILL_PER_DIEM_SUM, out->full, transfer_days, out->drg.mean_days, &out->base));
  }
  out->base = note_lesser(to, BILL_BASE_PAYMENT, out->base, out->full);
  return BILL_OK;
}

static int pay_cost_outlier(const noting *to, const bill_drg_case *of, const bill_drg_terms *terms,
                            bill_micros transfer_days, bill_drg_payment *out) {
  const uint32_t rate = strcmp(out->drg.mdc, "22") == 0 ? terms->marginal_rate_burns : terms->marginal_rate;
  if (rate == 0) return BILL_OK;
  TRY(note_times_over(to, BILL_COST, of->charges, terms->cost_to_charge, BILL_ONE, &out->cost));
  TRY(note_plus(to, BILL_THRESHOLD, out->full, of->add_on, &out->threshold));
  TRY(note_plus(to, BILL_THRESHOLD, out->threshold, terms->fixed_loss, &out->threshold));
  if (out->is_transfer && transfer_days < out->drg.mean_days) {
    TRY(note_times_over(to, BILL_THRESHOLD, out->threshold, transfer_days, out->drg.mean_days, &out->threshold));
  }
  if (out->cost <= out->threshold) return BILL_OK;
  bill_money over;
  TRY(note_minus(to, BILL_COST_OVER, out->cost, out->threshold, &over));
  return note_times_over(to, BILL_COST_OUTLIER, over, rate, BILL_ONE, &out->cost_outlier);
}

static int pay_day_outlier(const noting *to, const bill_drg_case *of, const bill_drg_terms *terms, bill_drg_payment *out) {
  if (terms->day_rate == 0 || out->is_transfer) return BILL_OK;
  if (out->drg.mean_days == 0) return BILL_EINCOMPLETE;
  bill_micros from, over;
  TRY(plus(out->drg.mean_days, terms->day_threshold, &from));
  const bill_micros days = (bill_micros)of->days * BILL_ONE;
  if (days <= from) return BILL_OK;
  bill_money by_day;
  TRY(note_minus(to, BILL_DAYS_OVER, days, from, &over));
  TRY(note_times_over(to, BILL_PER_DIEM_SUM, out->full, over, out->drg.mean_days, &by_day));
  return note_times_over(to, BILL_DAY_OUTLIER, by_day, terms->day_rate, BILL_ONE, &out->day_outlier);
}

static int pay(const noting *to, const bill_drg_table *table, const bill_drg_case *of, const bill_drg_terms *terms,
               bill_drg_payment *out) {
  if (!is_terms(terms) || of->charges < 0 || of->add_on < 0 || of->leaving > BILL_TO_POST_ACUTE) return BILL_ERANGE;
  TRY(bill_drg_find(table, of->drg, of->drg_len, of->discharged, &out->drg));
  if (out->drg.weight == 0) return BILL_EUNGROUPABLE;
  if (out->drg.mean_days > INT64_MAX / 4) return BILL_EOVERFLOW;
  TRY(decide_transfer(of, &out->drg, &out->is_transfer));
  TRY(note_times_over(to, BILL_FULL_PAYMENT, out->drg.weight, terms->base_rate, BILL_ONE, &out->full));
  const bill_micros transfer_days = ((bill_micros)(of->days ? of->days : 1) + 1) * BILL_ONE;
  TRY(pay_base(to, of, transfer_days, out));
  TRY(pay_cost_outlier(to, of, terms, transfer_days, out));
  TRY(pay_day_outlier(to, of, terms, out));
  out->outlier = note_greater(to, BILL_OUTLIER, out->cost_outlier, out->day_outlier);
  TRY(note_plus(to, BILL_TOTAL, out->base, of->add_on, &out->total));
  return note_plus(to, BILL_TOTAL, out->total, out->outlier, &out->total);
}

int bill_drg_pay(const bill_drg_table *table, const bill_drg_case *of, const bill_drg_terms *terms, bill_drg_payment *out,
                 bill_trail *trail) {
  if (!table || !of || !terms || !out || !is_trail(trail)) return BILL_EARG;
  const noting to = {.trail = trail, .line = BILL_NO_LINE};
  const size_t steps = trail ? trail->count : 0;
  memset(out, 0, sizeof *out);
  const int code = pay(&to, table, of, terms, out);
  if (code != BILL_OK && trail) trail->count = steps;
  return code;
}
