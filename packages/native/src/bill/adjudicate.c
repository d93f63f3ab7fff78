#include "internal.h"

#define FLAGS (BILL_NOT_COVERED | BILL_NOT_BILLABLE | BILL_NO_DEDUCTIBLE | BILL_NO_MAXIMUM)

static int is_coverage(const bill_coverage *coverage) {
  return coverage->deductible_left >= 0 && coverage->out_of_pocket_left >= 0 &&
         coverage->cost_order <= BILL_COPAY_FIRST && coverage->coordination <= BILL_COB_MAINTENANCE;
}

static int is_benefit(const bill_benefit *benefit) {
  return benefit->allowed >= 0 && benefit->copay >= 0 && benefit->coinsurance <= BILL_ONE && benefit->flags <= FLAGS;
}

/* What those before a coverage did with a line. */
typedef struct sofar {
  bill_money paid;    /* together */
  bill_money patient; /* what the patient would still bear */
} sofar;

static void take_deductible(const noting *to, const bill_coverage *coverage, const bill_benefit *benefit, bill_money *rest,
                            bill_outcome *out) {
  if (benefit->flags & BILL_NO_DEDUCTIBLE) return;
  out->deductible = note_lesser(to, BILL_DEDUCTIBLE, *rest, coverage->deductible_left);
  *rest -= out->deductible;
}

static void take_copay(const noting *to, const bill_benefit *benefit, bill_money *rest, bill_outcome *out) {
  out->copay = note_lesser(to, BILL_COPAY, *rest, benefit->copay);
  *rest -= out->copay;
}

/* Cuts a part of what the patient bears to what is left up to the maximum, and takes it off that. */
static void limit(const noting *to, bill_what what, bill_money *room, bill_money *part) {
  *part = note_lesser(to, what, *part, *room);
  *room -= *part;
}

/* Deductible, copay and coinsurance of the basis. None of it can overflow: all are parts of the charge. */
static int share_cost(const noting *to, const bill_coverage *coverage, const bill_benefit *benefit, bill_money basis,
                      bill_outcome *out) {
  bill_money rest = basis;
  if (coverage->cost_order == BILL_COPAY_FIRST) take_copay(to, benefit, &rest, out);
  take_deductible(to, coverage, benefit, &rest, out);
  if (coverage->cost_order == BILL_DEDUCTIBLE_FIRST) take_copay(to, benefit, &rest, out);
  TRY(note_times_over(to, BILL_COINSURANCE, rest, benefit->coinsurance, BILL_ONE, &out->coinsurance));
  bill_money room = coverage->out_of_pocket_left;
  const bill_money borne = out->deductible + out->copay + out->coinsurance;
  if ((benefit->flags & BILL_NO_MAXIMUM) || borne <= room) return BILL_OK;
  limit(to, BILL_DEDUCTIBLE, &room, &out->deductible);
  limit(to, BILL_COPAY, &room, &out->copay);
  limit(to, BILL_COINSURANCE, &room, &out->coinsurance);
  return BILL_OK;
}

/* One line under one coverage, which is the first when nothing was before it. */
static int adjudicate(const noting *to, bill_money charge, bill_coverage *coverage, size_t number, sofar *before,
                      bill_outcome *out) {
  const bill_benefit *benefit = &coverage->benefits[to->line];
  const int is_first = number == 0;
  *out = (bill_outcome){0};
  if (!is_benefit(benefit)) return BILL_ERANGE;
  if (benefit->flags & (BILL_NOT_COVERED | BILL_NOT_BILLABLE)) {
    const int is_patients = !(benefit->flags & BILL_NOT_BILLABLE);
    *(is_patients ? &out->not_covered : &out->adjustment) = charge;
    if (is_first) before->patient = is_patients ? charge : 0;
    return BILL_OK;
  }
  const bill_money allowed = note_lesser(to, BILL_ALLOWED, charge, benefit->allowed);
  TRY(note_minus(to, BILL_ADJUSTMENT, charge, allowed, &out->adjustment));
  bill_money basis = allowed;
  if (!is_first && coverage->coordination == BILL_COB_MAINTENANCE) {
    const bill_money paid = note_lesser(to, BILL_PAID, allowed, before->paid);
    TRY(note_minus(to, BILL_BASIS, allowed, paid, &basis));
  }
  TRY(share_cost(to, coverage, benefit, basis, out));
  const bill_money borne = out->deductible + out->copay + out->coinsurance;
  bill_money benefit_paid;
  TRY(note_minus(to, BILL_BENEFIT, basis, borne, &benefit_paid));
  out->paid = benefit_paid;
  if (is_first) {
    before->patient = borne;
  } else {
    if (coverage->coordination == BILL_COB_CARVE_OUT) {
      const bill_money others = note_lesser(to, BILL_PAID, benefit_paid, before->paid);
      TRY(note_minus(to, BILL_PAID, benefit_paid, others, &out->paid));
    }
    out->paid = note_lesser(to, BILL_PAID, out->paid, before->patient);
    TRY(note_minus(to, BILL_PATIENT, before->patient, out->paid, &before->patient));
  }
  out->saved = allowed - borne - out->paid;
  before->paid += out->paid;
  coverage->deductible_left -= out->deductible;
  if (!(benefit->flags & BILL_NO_MAXIMUM) && coverage->out_of_pocket_left != BILL_UNLIMITED) {
    coverage->out_of_pocket_left -= borne < before->patient ? borne : before->patient;
  }
  return BILL_OK;
}

static int adjudicate_line(bill_money charge, bill_coverage *coverages, size_t coverage_count, noting *to,
                           bill_outcome *outcomes, bill_money *patient) {
  sofar before = {0, 0};
  if (charge < 0) return BILL_ERANGE;
  for (size_t c = 0; c < coverage_count; c++) {
    to->payer = (uint8_t)c;
    TRY(adjudicate(to, charge, &coverages[c], c, &before, &outcomes[c]));
  }
  *patient = before.patient;
  return BILL_OK;
}

int bill_adjudicate(const bill_money *charges, size_t count, bill_coverage *coverages, size_t coverage_count,
                    bill_outcome *outcomes, bill_money *patient, size_t *at, bill_trail *trail) {
  bill_coverage used[BILL_COVERAGES_MAX];
  if (at) *at = count;
  if (!coverages || (count && (!charges || !outcomes || !patient)) || !is_trail(trail)) return BILL_EARG;
  if (coverage_count == 0 || coverage_count > BILL_COVERAGES_MAX || count >= BILL_NO_LINE) return BILL_ERANGE;
  for (size_t c = 0; c < coverage_count; c++) {
    used[c] = coverages[c];
    if (!is_coverage(&used[c])) return BILL_ERANGE;
    if (count && !used[c].benefits) return BILL_EARG;
  }
  const size_t steps = trail ? trail->count : 0;
  for (size_t i = 0; i < count; i++) {
    noting to = {.trail = trail, .line = (uint32_t)i};
    const int code = adjudicate_line(charges[i], used, coverage_count, &to, &outcomes[i * coverage_count], &patient[i]);
    if (code == BILL_OK) continue;
    if (at) *at = i;
    if (trail) trail->count = steps;
    return code;
  }
  for (size_t c = 0; c < coverage_count; c++) coverages[c] = used[c];
  return BILL_OK;
}
