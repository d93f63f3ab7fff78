// libauthz for JavaScript. A request crosses as numbers in one scratch buffer that js/authz-*.ts fills; a decision comes
// back as one number. Only compiling and describing a policy, done once, use strings and objects. Every number is checked
// here and in the library again; nothing calls back into JavaScript.
#include "authz.h"

#include <memory>
#include <string>
#include <vector>

#include "addon.h"

namespace infirmary {
namespace {

// Layout of the scratch buffer in 32-bit words; js/authz-native.ts reads it from `layout`.
constexpr uint32_t kPermissionAt = 0;  // the permission; then the roles' low and high half
constexpr uint32_t kCountAt = 3;       // how many steps explaining took
constexpr uint32_t kValuesAt = 4;      // two words an attribute: type and value
constexpr uint32_t kListAt = kValuesAt + 2 * AUTHZ_ATTRIBUTES_MAX;  // attributes that the resources of a batch give
constexpr uint32_t kPoolAt = kListAt + AUTHZ_ATTRIBUTES_MAX;
constexpr uint32_t kPoolWords = AUTHZ_ATTRIBUTES_MAX * (AUTHZ_MEMBERS_MAX + 1);  // one request always fits
constexpr uint32_t kResourcesAt = kPoolAt + kPoolWords;  // attributes of many resources, one after the other
constexpr uint32_t kResourcesWords = 128 * 1024;
constexpr uint32_t kOutAt = kResourcesAt + kResourcesWords;  // decisions, or steps of five words
constexpr uint32_t kOutWords = 32 * 1024;
constexpr uint32_t kScratchWords = kOutAt + kOutWords;
constexpr uint32_t kStepWords = 5;
constexpr size_t kPoliciesMax = 4096;

struct FreePolicy {
  void operator()(authz_policy* policy) const { authz_free(policy); }
};

// One environment's share; a worker thread has its own.
struct State {
  uint32_t* words = nullptr;
  napi_ref scratch_ref = nullptr;
  std::vector<std::unique_ptr<authz_policy, FreePolicy>> policies;
};

void FreeState(void* data) { delete static_cast<State*>(data); }

State* StateOf(const Napi::CallbackInfo& info) { return static_cast<State*>(info.Data()); }

Napi::String NameOf(Napi::Env env, authz_name name) { return Napi::String::New(env, name.text, name.len); }

Napi::Array Names(Napi::Env env, const authz_policy* policy, authz_kind kind) {
  const uint32_t count = authz_count(policy, kind);
  Napi::Array names = Napi::Array::New(env, count);
  for (uint32_t i = 0; i < count; i++) names.Set(i, NameOf(env, authz_name_of(policy, kind, i)));
  return names;
}

Napi::Object Describe(Napi::Env env, const authz_policy* policy, uint32_t id) {
  Napi::Object described = Napi::Object::New(env);
  described.Set("id", id);
  described.Set("roles", Names(env, policy, AUTHZ_ROLES));
  described.Set("permissions", Names(env, policy, AUTHZ_PERMISSIONS));
  described.Set("attributes", Names(env, policy, AUTHZ_ATTRIBUTES));
  described.Set("symbols", Names(env, policy, AUTHZ_SYMBOLS));
  described.Set("rules", Names(env, policy, AUTHZ_RULES));
  const uint32_t attributes = authz_count(policy, AUTHZ_ATTRIBUTES);
  Napi::Array types = Napi::Array::New(env, attributes);
  for (uint32_t i = 0; i < attributes; i++) types.Set(i, static_cast<uint32_t>(authz_attribute_type(policy, i)));
  described.Set("types", types);
  const uint32_t permissions = authz_count(policy, AUTHZ_PERMISSIONS);
  Napi::Array asks = Napi::Array::New(env, permissions);
  for (uint32_t p = 0; p < permissions; p++) {
    const uint64_t asked = authz_attributes_of(policy, p);
    Napi::Array list = Napi::Array::New(env);
    for (uint32_t i = 0, n = 0; i < attributes; i++) {
      if (asked >> i & 1) list.Set(n++, i);
    }
    asks.Set(p, list);
  }
  described.Set("asks", asks);
  return described;
}

Napi::Object Refusal(Napi::Env env, const authz_error& error) {
  Napi::Object refusal = Napi::Object::New(env);
  refusal.Set("code", authz_code_name(error.code));
  refusal.Set("message", error.message);
  refusal.Set("line", error.line);
  refusal.Set("column", error.column);
  refusal.Set("offset", static_cast<double>(error.offset));
  return refusal;
}

// compile(text): the policy's description with its id, or what is wrong with it, with a `code`.
Napi::Value Compile(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  State* state = StateOf(info);
  authz_error error = {AUTHZ_EARG, 0, 0, 0, "a policy is a text"};
  if (info.Length() < 1 || !info[0].IsString()) return Refusal(env, error);
  size_t slot = 0;
  while (slot < state->policies.size() && state->policies[slot]) slot++;
  if (slot >= kPoliciesMax) {
    error = {AUTHZ_ENOMEM, 0, 0, 0, "too many policies are in use"};
    return Refusal(env, error);
  }
  const std::string text = info[0].As<Napi::String>().Utf8Value();
  authz_policy* policy = nullptr;
  if (authz_compile(text.data(), text.size(), &policy, &error) != AUTHZ_OK) return Refusal(env, error);
  if (slot == state->policies.size()) state->policies.emplace_back();
  state->policies[slot].reset(policy);
  return Describe(env, policy, static_cast<uint32_t>(slot));
}

// free(policy)
Napi::Value Free(const Napi::CallbackInfo& info) {
  State* state = StateOf(info);
  const uint32_t id = info.Length() > 0 && info[0].IsNumber() ? info[0].As<Napi::Number>().Uint32Value() : UINT32_MAX;
  if (id < state->policies.size()) state->policies[id].reset();
  return info.Env().Undefined();
}

napi_value Number(napi_env env, uint32_t number) {
  napi_value value = nullptr;
  napi_create_uint32(env, number, &value);
  return value;
}

// reason, attribute and rule in one number: 4, 8 and 16 bits; the latter two are 0 for none and one more than the number.
uint32_t Pack(const authz_decision& decision) {
  const uint32_t attribute = decision.attribute == AUTHZ_NONE ? 0 : decision.attribute + 1;
  const uint32_t rule = decision.rule == AUTHZ_NONE ? 0 : decision.rule + 1;
  return decision.reason | attribute << 4 | rule << 12;
}

constexpr authz_decision kRefused = {AUTHZ_DENIED_REQUEST, AUTHZ_NONE, AUTHZ_NONE};

struct Call {
  uint32_t args[4] = {};
  State* state = nullptr;
  const authz_policy* policy = nullptr;
  authz_request request{};
  bool ok = false;
};

// The hot path: whole numbers as arguments, the policy first and the length of the pool second.
template <size_t N>
Call Enter(napi_env env, napi_callback_info info) {
  static_assert(N >= 2 && N <= 4);
  Call call;
  napi_value values[N];
  size_t count = N;
  void* data = nullptr;
  if (napi_get_cb_info(env, info, &count, values, nullptr, &data) != napi_ok || count < N) return call;
  call.state = static_cast<State*>(data);
  for (size_t i = 0; i < N; i++) {
    int64_t number = -1;
    if (napi_get_value_int64(env, values[i], &number) != napi_ok || number < 0 || number > UINT32_MAX) return call;
    call.args[i] = static_cast<uint32_t>(number);
  }
  if (call.args[0] >= call.state->policies.size() || call.args[1] > kPoolWords) return call;
  call.policy = call.state->policies[call.args[0]].get();
  const uint32_t* words = call.state->words;
  call.request.permission = words[kPermissionAt];
  call.request.roles = words[kPermissionAt + 1] | static_cast<uint64_t>(words[kPermissionAt + 2]) << 32;
  call.request.values = reinterpret_cast<const authz_value*>(words + kValuesAt);
  call.request.pool = words + kPoolAt;
  call.request.pool_len = call.args[1];
  call.ok = true;
  return call;
}

// decide(policy, poolLen)
napi_value Decide(napi_env env, napi_callback_info info) {
  const Call call = Enter<2>(env, info);
  return Number(env, Pack(call.ok ? authz_decide(call.policy, &call.request) : kRefused));
}

// decideMany(policy, poolLen, width, count): the attributes' numbers at kListAt, resources at kResourcesAt, decisions at
// kOutAt; answers the count done, 0 when the numbers do not fit.
napi_value DecideMany(napi_env env, napi_callback_info info) {
  static_assert(sizeof(authz_decision) == 3 * sizeof(uint32_t));
  const Call call = Enter<4>(env, info);
  const uint64_t width = call.args[2], count = call.args[3];
  if (!call.ok || width > AUTHZ_ATTRIBUTES_MAX || count > kOutWords / 3 || 2 * width * count > kResourcesWords) {
    return Number(env, 0);
  }
  uint32_t* words = call.state->words;
  auto* decisions = reinterpret_cast<authz_decision*>(words + kOutAt);
  authz_decide_many(call.policy, &call.request, words + kListAt, call.args[2],
                    reinterpret_cast<const authz_value*>(words + kResourcesAt), call.args[3], decisions);
  // Packed in place: word i is written after decision i, which begins at word 3 i, was read.
  for (uint32_t i = 0; i < count; i++) words[kOutAt + i] = Pack(decisions[i]);
  return Number(env, call.args[3]);
}

// explain(policy, poolLen): steps of kStepWords words at kOutAt, their number at kCountAt.
napi_value Explain(napi_env env, napi_callback_info info) {
  static_assert(sizeof(authz_step) == kStepWords * sizeof(uint32_t));
  const Call call = Enter<2>(env, info);
  if (!call.ok) return Number(env, Pack(kRefused));
  uint32_t* words = call.state->words;
  size_t count = 0;
  const authz_decision decision = authz_explain(call.policy, &call.request, reinterpret_cast<authz_step*>(words + kOutAt),
                                                kOutWords / kStepWords, &count);
  words[kCountAt] = static_cast<uint32_t>(count);
  return Number(env, Pack(decision));
}

void SetLayout(Napi::Object library) {
  Napi::Object layout = Napi::Object::New(library.Env());
  layout.Set("permissionAt", kPermissionAt);
  layout.Set("countAt", kCountAt);
  layout.Set("valuesAt", kValuesAt);
  layout.Set("listAt", kListAt);
  layout.Set("poolAt", kPoolAt);
  layout.Set("poolWords", kPoolWords);
  layout.Set("resourcesAt", kResourcesAt);
  layout.Set("resourcesWords", kResourcesWords);
  layout.Set("outAt", kOutAt);
  layout.Set("batchMax", kOutWords / 3);
  library.Set("layout", layout);
}

State* MakeState(napi_env env, napi_value* buffer) {
  auto state = std::make_unique<State>();
  void* words = nullptr;
  if (napi_create_arraybuffer(env, kScratchWords * sizeof(uint32_t), &words, buffer) != napi_ok ||
      napi_create_reference(env, *buffer, 1, &state->scratch_ref) != napi_ok ||
      napi_add_env_cleanup_hook(env, FreeState, state.get()) != napi_ok) {
    return nullptr;
  }
  state->words = static_cast<uint32_t*>(words);
  return state.release();
}

}  // namespace

Napi::Object InitAuthz(Napi::Env env) {
  napi_value buffer = nullptr;
  State* state = MakeState(env, &buffer);
  if (!state) {
    Napi::Error::New(env, "libauthz: memory is not available").ThrowAsJavaScriptException();
    return Napi::Object();
  }
  Napi::Object library = Napi::Object::New(env);
  library.Set("compile", Napi::Function::New(env, Compile, "compile", state));
  library.Set("free", Napi::Function::New(env, Free, "free", state));
  const std::pair<const char*, napi_callback> hot[] = {{"decide", Decide}, {"decideMany", DecideMany}, {"explain", Explain}};
  for (const auto& [name, call] : hot) {
    napi_value made = nullptr;
    if (napi_create_function(env, name, NAPI_AUTO_LENGTH, call, state, &made) != napi_ok) return library;
    library.Set(name, Napi::Value(env, made));
  }
  SetLayout(library);
  library.Set("scratch", Napi::Value(env, buffer));
  return library;
}

}  // namespace infirmary
