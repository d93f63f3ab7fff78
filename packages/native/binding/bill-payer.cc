// MS-DRG payment and adjudication for JavaScript.
#include <algorithm>

#include "bill-state.h"

namespace infirmary::bill {
namespace {

static_assert(sizeof(bill_drg_terms) == 48 && sizeof(bill_benefit) == 24 && sizeof(bill_outcome) == 56);

// drgPay(table, code, discharged, days, leaving, steps): terms, charges and add-on in the scratch buffer; eight amounts back.
napi_value DrgPay(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  const Table* table = call.TableAt(0);
  char code[BILL_CODE_BYTES + 1];
  size_t len = 0;
  if (!table || !table->drgs || napi_get_value_string_utf8(env, call.values[1], code, sizeof code, &len) != napi_ok) {
    return call.Answer(BILL_EARG);
  }
  const int64_t* amounts = call.state->At<int64_t>(kCaseAt);
  bill_drg_case stay = {};
  stay.drg = code;
  stay.drg_len = len;
  stay.discharged = static_cast<int32_t>(call.Number(2, 99991231));
  stay.days = call.Number(3, UINT32_MAX - 1);
  stay.leaving = call.Number(4, BILL_TO_POST_ACUTE);
  stay.charges = amounts[0];
  stay.add_on = amounts[1];
  bill_trail trail = call.Trail(5);
  bill_drg_payment paid;
  const int result = bill_drg_pay(table->drgs.get(), &stay, call.state->At<bill_drg_terms>(kTermsAt), &paid, &trail);
  int64_t* out = call.state->At<int64_t>(kPaidAt);
  const int64_t all[8] = {paid.full,         paid.base,    paid.cost,  paid.threshold, paid.cost_outlier,
                          paid.day_outlier, paid.outlier, paid.total};
  if (result == BILL_OK) std::copy(all, all + 8, out);
  *call.state->At<int64_t>(kAmountAt) = result == BILL_OK && paid.is_transfer;
  return call.Answer(result, trail);
}

// baseRate(): labor, wage index, rest and cost of living at kTermsAt; the rate to kAmountAt.
napi_value BaseRate(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  const int64_t* of = call.state->At<int64_t>(kTermsAt);
  return call.Answer(bill_base_rate(of[0], of[1], of[2], of[3], call.state->At<int64_t>(kAmountAt), nullptr));
}

// adjudicate(coverageCount, charges, coverages, benefits, outcomes, patient, steps): coverages as structs without their
// pointers (32 bytes each), which stand for themselves: benefits has those of the first coverage, then of the next.
napi_value Adjudicate(napi_env env, napi_callback_info info) {
  static_assert(sizeof(bill_coverage) == 32);
  const Call call(env, info);
  const uint32_t coverage_count = call.Number(0, BILL_COVERAGES_MAX);
  size_t count = 0, coverage_longs = 0, benefit_longs = 0, outcome_longs = 0, patient_count = 0;
  const int64_t* charges = call.Longs(1, &count);
  auto* coverages = reinterpret_cast<bill_coverage*>(call.Longs(2, &coverage_longs));
  const auto* benefits = reinterpret_cast<const bill_benefit*>(call.Longs(3, &benefit_longs));
  auto* outcomes = reinterpret_cast<bill_outcome*>(call.Longs(4, &outcome_longs));
  int64_t* patient = call.Longs(5, &patient_count);
  bill_trail trail = call.Trail(6);
  if (coverage_count == UINT32_MAX || coverage_longs != coverage_count * 4 || benefit_longs / 3 != count * coverage_count ||
      outcome_longs / 7 != count * coverage_count || patient_count != count) {
    return call.Answer(BILL_EARG);
  }
  bill_coverage used[BILL_COVERAGES_MAX] = {};
  for (uint32_t c = 0; c < coverage_count; c++) {
    used[c] = coverages[c];
    used[c].benefits = benefits + c * count;
  }
  size_t failed = 0;
  const int code = bill_adjudicate(charges, count, used, coverage_count, outcomes, patient, &failed, trail.cap ? &trail : nullptr);
  for (uint32_t c = 0; c < coverage_count; c++) {
    coverages[c].deductible_left = used[c].deductible_left;
    coverages[c].out_of_pocket_left = used[c].out_of_pocket_left;
  }
  *call.state->At<int64_t>(kFailedAt) = static_cast<int64_t>(failed);
  return call.Answer(code, trail);
}

}  // namespace

const Function kPayerFunctions[] = {
    {"drgPay", DrgPay},
    {"baseRate", BaseRate},
    {"adjudicate", Adjudicate},
    {nullptr, nullptr},
};

}  // namespace infirmary::bill
