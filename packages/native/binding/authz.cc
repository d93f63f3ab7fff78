// libauthz for JavaScript. A request crosses as numbers in one scratch buffer that js/authz-*.ts fills; a decision comes
// back as one number. Only compiling and describing a policy, done once, use strings and objects. Every number is checked
// here and in the library again; nothing calls back into JavaScript.
#include "authz.h"

#include <memory>
#include <string>
#include <vector>

#include "shared-buffer.h"

namespace infirmary {
namespace {

// Layout of the scratch buffer in 32-bit words; js/authz-native.ts reads it from `layout`. What a call needs stands here, so
// that the call itself carries nothing.
constexpr uint32_t kPolicyAt = 0;
constexpr uint32_t kPermissionAt = 1;
constexpr uint32_t kWidthAt = 2;       // how many attributes each resource gives
constexpr uint32_t kCountAt = 3;       // how many resources there are; how many steps explaining took
constexpr uint32_t kMembersLenAt = 4;  // how many words of the resources' pool are in use
constexpr uint32_t kSubjectAt = 8;     // what JavaScript keeps of a subject: from here to the end of the values
constexpr uint32_t kRolesAt = kSubjectAt;  // low and high half
constexpr uint32_t kPoolLenAt = kSubjectAt + 2;
constexpr uint32_t kValuesAt = kSubjectAt + 4;  // two words an attribute: type and value
constexpr uint32_t kListAt = kValuesAt + 2 * AUTHZ_ATTRIBUTES_MAX;  // the attributes that each resource gives
constexpr uint32_t kPoolAt = kListAt + AUTHZ_ATTRIBUTES_MAX;
constexpr uint32_t kPoolWords = AUTHZ_ATTRIBUTES_MAX * (AUTHZ_MEMBERS_MAX + 1);  // one request always fits
constexpr uint32_t kRowsAt = kPoolAt + kPoolWords;  // values of the resources, one after the other
constexpr uint32_t kRowsWords = 128 * 1024;
constexpr uint32_t kMembersAt = kRowsAt + kRowsWords;  // members of the resources' sets
constexpr uint32_t kMembersWords = 2 * kPoolWords;
constexpr uint32_t kOutAt = kMembersAt + kMembersWords;  // decisions, or steps of five words
constexpr uint32_t kOutWords = 32 * 1024;
constexpr uint32_t kScratchWords = kOutAt + kOutWords;
constexpr uint32_t kStepWords = 5;
constexpr size_t kPoliciesMax = 4096;

struct FreePolicy {
  void operator()(authz_policy* policy) const { authz_free(policy); }
};

struct State {
  SharedBuffer buffer;
  std::vector<std::unique_ptr<authz_policy, FreePolicy>> policies;
};

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

struct Call {
  uint32_t* words = nullptr;
  const authz_policy* policy = nullptr;
  authz_request request{};
};

// Everything a call needs is in the buffer. A policy that is none is NULL, which the library takes and refuses.
Call Enter(napi_env env, napi_callback_info info) {
  Call call;
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  const State* state = static_cast<State*>(data);
  call.words = static_cast<uint32_t*>(state->buffer.data);
  const uint32_t* words = call.words;
  const uint32_t id = words[kPolicyAt];
  if (id < state->policies.size() && words[kPoolLenAt] <= kPoolWords) call.policy = state->policies[id].get();
  call.request.permission = words[kPermissionAt];
  call.request.roles = words[kRolesAt] | static_cast<uint64_t>(words[kRolesAt + 1]) << 32;
  call.request.values = reinterpret_cast<const authz_value*>(words + kValuesAt);
  call.request.pool = words + kPoolAt;
  call.request.pool_len = words[kPoolLenAt];
  return call;
}

// decide(): the packed decision.
napi_value Decide(napi_env env, napi_callback_info info) {
  const Call call = Enter(env, info);
  return Number(env, Pack(authz_decide(call.policy, &call.request)));
}

// decideMany(): the packed decisions at kOutAt. Where the numbers do not fit, everybody is denied.
napi_value DecideMany(napi_env env, napi_callback_info info) {
  static_assert(sizeof(authz_decision) == 3 * sizeof(uint32_t));
  const Call call = Enter(env, info);
  uint32_t* words = call.words;
  const uint64_t width = words[kWidthAt], count = words[kCountAt];
  if (width > AUTHZ_ATTRIBUTES_MAX || count > kOutWords / 3 || 2 * width * count > kRowsWords ||
      words[kMembersLenAt] > kMembersWords) {
    for (uint32_t i = 0; i < kOutWords; i++) words[kOutAt + i] = AUTHZ_DENIED_REQUEST;
    return nullptr;
  }
  const authz_resources resources = {words + kListAt,
                                     static_cast<uint32_t>(width),
                                     reinterpret_cast<const authz_value*>(words + kRowsAt),
                                     static_cast<size_t>(count),
                                     words + kMembersAt,
                                     words[kMembersLenAt]};
  auto* decisions = reinterpret_cast<authz_decision*>(words + kOutAt);
  authz_decide_many(call.policy, &call.request, &resources, decisions);
  // Packed in place: word i is written after decision i, which begins at word 3 i, was read.
  for (uint32_t i = 0; i < count; i++) words[kOutAt + i] = Pack(decisions[i]);
  return nullptr;
}

// explain(): the packed decision; steps of kStepWords words at kOutAt, their number at kCountAt.
napi_value Explain(napi_env env, napi_callback_info info) {
  static_assert(sizeof(authz_step) == kStepWords * sizeof(uint32_t));
  const Call call = Enter(env, info);
  size_t count = 0;
  auto* steps = reinterpret_cast<authz_step*>(call.words + kOutAt);
  const authz_decision decision = authz_explain(call.policy, &call.request, steps, kOutWords / kStepWords, &count);
  call.words[kCountAt] = static_cast<uint32_t>(count);
  return Number(env, Pack(decision));
}

constexpr Function kFunctions[] = {
    {"decide", Decide}, {"decideMany", DecideMany}, {"explain", Explain}, {nullptr, nullptr}};

}  // namespace

Napi::Object InitAuthz(Napi::Env env) {
  auto made = std::make_unique<State>();
  State* state = made.get();
  Napi::Object library = MakeLibrary(env, std::move(made), kScratchWords * sizeof(uint32_t), {kFunctions},
                                     {{"policyAt", kPolicyAt},
                                      {"permissionAt", kPermissionAt},
                                      {"widthAt", kWidthAt},
                                      {"countAt", kCountAt},
                                      {"membersLenAt", kMembersLenAt},
                                      {"subjectAt", kSubjectAt},
                                      {"rolesAt", kRolesAt},
                                      {"poolLenAt", kPoolLenAt},
                                      {"valuesAt", kValuesAt},
                                      {"listAt", kListAt},
                                      {"poolAt", kPoolAt},
                                      {"poolWords", kPoolWords},
                                      {"rowsAt", kRowsAt},
                                      {"rowsWords", kRowsWords},
                                      {"membersAt", kMembersAt},
                                      {"membersWords", kMembersWords},
                                      {"outAt", kOutAt},
                                      {"batchMax", kOutWords / 3}});
  if (library.IsEmpty()) return library;
  library.Set("compile", Napi::Function::New(env, Compile, "compile", state));
  library.Set("free", Napi::Function::New(env, Free, "free", state));
  return library;
}

}  // namespace infirmary
