// Invoices, allocation and decimal numbers for JavaScript.
#include <string>

#include "bill-state.h"

namespace infirmary::bill {
namespace {

constexpr uint32_t kWantsSums = 1;
constexpr uint32_t kWantsTrail = 2;

// invoiceStart(rounding)
napi_value InvoiceStart(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  return call.Answer(bill_invoice_start(call.state->At<bill_invoice>(kInvoiceAt), call.Number(0, 1)));
}

// invoiceAdd(count, wants, steps): lines at kLinesAt; sums to kSumsAt where wanted.
napi_value InvoiceAdd(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  const uint32_t count = call.Number(0, kLinesMax), wants = call.Number(1, kWantsSums | kWantsTrail);
  if (count == UINT32_MAX || wants == UINT32_MAX) return call.Answer(BILL_EARG);
  bill_trail trail = {};
  if (wants & kWantsTrail) trail = call.Trail(2);
  size_t failed = 0;
  const int code = bill_invoice_add(call.state->At<bill_invoice>(kInvoiceAt), call.state->At<bill_line>(kLinesAt), count,
                                    wants & kWantsSums ? call.state->At<bill_sums>(kSumsAt) : nullptr, &failed,
                                    wants & kWantsTrail ? &trail : nullptr);
  *call.state->At<int64_t>(kFailedAt) = static_cast<int64_t>(failed);
  return call.Answer(code, trail);
}

// invoiceAddCharges(count, wants): plain lines at kLinesAt; sums to kSumsAt where wanted.
napi_value InvoiceAddCharges(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  const uint32_t count = call.Number(0, kLinesMax), wants = call.Number(1, kWantsSums);
  if (count == UINT32_MAX || wants == UINT32_MAX) return call.Answer(BILL_EARG);
  size_t failed = 0;
  const int code = bill_invoice_add_charges(call.state->At<bill_invoice>(kInvoiceAt),
                                            call.state->At<bill_charge>(kLinesAt), count,
                                            wants ? call.state->At<bill_sums>(kSumsAt) : nullptr, &failed);
  *call.state->At<int64_t>(kFailedAt) = static_cast<int64_t>(failed);
  return call.Answer(code);
}

// allocate(how, weights, shares, steps): the amount at kAmountAt, what is left to kLeftAt. how: 0 by weights, 1 a payment in
// proportion, 2 a payment in order. shares has two numbers a weight; those of a payment in order are one each.
napi_value Allocate(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  size_t count = 0, room = 0;
  const uint32_t how = call.Number(0, 2);
  const int64_t* weights = call.Longs(1, &count);
  int64_t* out = call.Longs(2, &room);
  bill_trail trail = call.Trail(3);
  bill_trail* steps = trail.cap ? &trail : nullptr;
  if (how == UINT32_MAX || room / 2 < count) return call.Answer(BILL_EARG);
  const bill_money amount = *call.state->At<int64_t>(kAmountAt);
  auto* shares = reinterpret_cast<bill_share*>(out);
  bill_money left = 0;
  int code = BILL_OK;
  if (how == 0) code = bill_allocate(amount, weights, count, shares, steps);
  else if (how == 1) code = bill_pay_pro_rata(amount, weights, count, shares, &left, steps);
  else code = bill_pay_in_order(amount, weights, count, out, &left, steps);
  *call.state->At<int64_t>(kLeftAt) = left;
  return call.Answer(code, trail);
}

// parse(text, digits): the number to kAmountAt.
napi_value Parse(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  char short_text[64];
  size_t len = 0;
  if (napi_get_value_string_utf8(env, call.values[0], nullptr, 0, &len) != napi_ok) return call.Answer(BILL_EARG);
  std::string long_text;
  char* text = short_text;
  if (len >= sizeof short_text) {
    long_text.resize(len + 1);
    text = long_text.data();
  }
  napi_get_value_string_utf8(env, call.values[0], text, len + 1, &len);
  return call.Answer(bill_parse(text, len, call.Number(1, 18), call.state->At<int64_t>(kAmountAt)));
}

// format(digits): the number at kAmountAt as a string; undefined for too many digits.
napi_value Format(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  char text[BILL_FORMAT_BYTES];
  napi_value made = nullptr;
  const size_t len = bill_format(*call.state->At<int64_t>(kAmountAt), call.Number(0, 18), text);
  if (len > 0) napi_create_string_latin1(env, text, len, &made);
  return made;
}

// stepHolds(steps): 1 when the one step in it does.
napi_value StepHolds(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  const bill_trail step = call.Trail(0);
  return call.Answer(step.cap == 1 ? bill_step_holds(step.steps) : 0);
}

}  // namespace

const Function kMoneyFunctions[] = {
    {"invoiceStart", InvoiceStart}, {"invoiceAdd", InvoiceAdd}, {"invoiceAddCharges", InvoiceAddCharges},
    {"allocate", Allocate},
    {"parse", Parse},               {"format", Format},         {"stepHolds", StepHolds},
    {nullptr, nullptr},
};

}  // namespace infirmary::bill
