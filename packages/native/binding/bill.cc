// libbill for JavaScript: its functions, the buffer both sides write, and the names of codes and steps.
#include "bill-state.h"

namespace infirmary {
namespace bill {
namespace {

void FreeState(void* data) { delete static_cast<State*>(data); }

State* MakeState(napi_env env, napi_value* buffer) {
  auto state = std::make_unique<State>();
  state->env = env;
  void* bytes = nullptr;
  if (napi_create_arraybuffer(env, kScratchBytes, &bytes, buffer) != napi_ok ||
      napi_create_reference(env, *buffer, 1, &state->scratch_ref) != napi_ok ||
      napi_add_env_cleanup_hook(env, FreeState, state.get()) != napi_ok) {
    return nullptr;
  }
  state->scratch = static_cast<uint8_t*>(bytes);
  return state.release();
}

bool AddFunctions(Napi::Object library, const Function* functions, State* state) {
  for (; functions->name; functions++) {
    napi_value made = nullptr;
    if (napi_create_function(library.Env(), functions->name, NAPI_AUTO_LENGTH, functions->call, state, &made) != napi_ok) {
      return false;
    }
    library.Set(functions->name, Napi::Value(library.Env(), made));
  }
  return true;
}

void SetLayout(Napi::Object library) {
  Napi::Object layout = Napi::Object::New(library.Env());
  layout.Set("invoiceAt", kInvoiceAt);
  layout.Set("failedAt", kFailedAt);
  layout.Set("stepsAt", kStepsAt);
  layout.Set("amountAt", kAmountAt);
  layout.Set("leftAt", kLeftAt);
  layout.Set("termsAt", kTermsAt);
  layout.Set("caseAt", kCaseAt);
  layout.Set("paidAt", kPaidAt);
  layout.Set("errorLineAt", kErrorLineAt);
  layout.Set("linesAt", kLinesAt);
  layout.Set("linesMax", kLinesMax);
  layout.Set("sumsAt", kSumsAt);
  library.Set("layout", layout);
}

void SetNames(Napi::Object library) {
  Napi::Array codes = Napi::Array::New(library.Env());
  Napi::Array whats = Napi::Array::New(library.Env());
  Napi::Array hows = Napi::Array::New(library.Env());
  for (uint32_t i = 0; i <= static_cast<uint32_t>(-BILL_EINCOMPLETE); i++) codes.Set(i, bill_code_name(-static_cast<int>(i)));
  for (uint32_t i = 0; i < BILL_WHAT_COUNT; i++) whats.Set(i, bill_what_name(i));
  for (uint32_t i = 0; i <= BILL_GREATER; i++) hows.Set(i, bill_how_name(i));
  library.Set("codes", codes);
  library.Set("whats", whats);
  library.Set("hows", hows);
}

}  // namespace
}  // namespace bill

Napi::Object InitBill(Napi::Env env) {
  napi_value buffer = nullptr;
  bill::State* state = bill::MakeState(env, &buffer);
  Napi::Object library = Napi::Object::New(env);
  if (!state || !bill::AddFunctions(library, bill::kMoneyFunctions, state) ||
      !bill::AddFunctions(library, bill::kPayerFunctions, state) || !bill::AddFunctions(library, bill::kTableFunctions, state)) {
    Napi::Error::New(env, "libbill: memory is not available").ThrowAsJavaScriptException();
    return Napi::Object();
  }
  bill::SetLayout(library);
  bill::SetNames(library);
  library.Set("scratch", Napi::Value(env, buffer));
  return library;
}

}  // namespace infirmary
