// libcutils for JavaScript: key rings, and the registration of everything. See cutils-state.h for how values cross.
#include "cutils-state.h"

namespace infirmary {
namespace cutils {
namespace {

// ringNew(count): keys at kInAt, each id and state as native uint32 and 32 bytes; then the index key.
napi_value RingNew(napi_env env, napi_callback_info info) {
  Call call = Enter<1>(env, info);
  uint32_t count = 0;
  if (!call.ok || !GetNumber(env, call.args[0], CUTILS_KEYS_MAX, &count)) return Number(env, CUTILS_EARG);
  State* state = call.state;
  size_t free_slot = 0;
  while (free_slot < state->rings.size() && state->rings[free_slot]) free_slot++;
  if (free_slot >= kRingsMax) return Number(env, CUTILS_ENOMEM);
  cutils_key keys[CUTILS_KEYS_MAX];
  const uint8_t* at = state->scratch() + kInAt;
  for (uint32_t i = 0; i < count; i++, at += 8 + CUTILS_KEY_BYTES) {
    uint32_t head[2];
    memcpy(head, at, sizeof head);
    keys[i].id = head[0];
    keys[i].state = static_cast<cutils_key_state>(head[1]);
    memcpy(keys[i].key, at + 8, CUTILS_KEY_BYTES);
  }
  auto ring = std::make_unique<Ring>();
  int code = cutils_ring_new(keys, count, at, &ring->ring);
  cutils_wipe(keys, sizeof keys);
  cutils_wipe(state->scratch() + kInAt, count * (8 + CUTILS_KEY_BYTES) + CUTILS_KEY_BYTES);
  if (code != CUTILS_OK) return Number(env, code);
  if (free_slot == state->rings.size()) state->rings.emplace_back();
  state->rings[free_slot] = std::move(ring);
  return Number(env, static_cast<int64_t>(free_slot));
}

napi_value RingFree(napi_env env, napi_callback_info info) {
  Call call = Enter<1>(env, info);
  Ring* ring = call.ok ? GetRing(env, call.state, call.args[0]) : nullptr;
  if (!ring) return Number(env, CUTILS_EARG);
  for (auto& slot : call.state->rings) {
    if (slot.get() == ring) slot.reset();
  }
  return Number(env, CUTILS_OK);
}

// ringRotate(ring, id): the new key at kInAt.
napi_value RingRotate(napi_env env, napi_callback_info info) {
  Call call = Enter<2>(env, info);
  Ring* ring = call.ok ? GetRing(env, call.state, call.args[0]) : nullptr;
  uint32_t id = 0;
  if (!ring || !GetNumber(env, call.args[1], UINT32_MAX, &id)) return Number(env, CUTILS_EARG);
  int code = cutils_ring_rotate(ring->ring, id, call.state->scratch() + kInAt);
  cutils_wipe(call.state->scratch() + kInAt, CUTILS_KEY_BYTES);
  return Number(env, code);
}

napi_value RingDestroyKey(napi_env env, napi_callback_info info) {
  Call call = Enter<2>(env, info);
  Ring* ring = call.ok ? GetRing(env, call.state, call.args[0]) : nullptr;
  uint32_t id = 0;
  if (!ring || !GetNumber(env, call.args[1], UINT32_MAX, &id)) return Number(env, CUTILS_EARG);
  return Number(env, cutils_ring_destroy_key(ring->ring, id));
}

// makeColumn(ring, tenantLen, tableLen, columnLen): the names at kNamesAt. Answers an id for seal and open.
napi_value MakeColumn(napi_env env, napi_callback_info info) {
  Call call = Enter<4>(env, info);
  Ring* ring = call.ok ? GetRing(env, call.state, call.args[0]) : nullptr;
  if (!ring) return Number(env, CUTILS_EARG);
  cutils_span names[3];
  const uint8_t* at = call.state->scratch() + kNamesAt;
  for (int i = 0; i < 3; i++) {
    uint32_t len = 0;
    if (!GetNumber(env, call.args[i + 1], CUTILS_NAME_BYTES_MAX, &len)) return Number(env, CUTILS_EARG);
    names[i] = {at, len};
    at += len;
  }
  if (ring->columns.size() >= kPreparedMax) return Number(env, CUTILS_ENOMEM);
  cutils_column column;
  int code = cutils_column_init(&column, names[0], names[1], names[2]);
  if (code != CUTILS_OK) return Number(env, code);
  ring->columns.push_back(column);
  return Number(env, static_cast<int64_t>(ring->columns.size()) - 1);
}

// makeField(ring, tenantLen, fieldLen): the names at kNamesAt. Answers an id for token.
napi_value MakeField(napi_env env, napi_callback_info info) {
  Call call = Enter<3>(env, info);
  Ring* ring = call.ok ? GetRing(env, call.state, call.args[0]) : nullptr;
  uint32_t tenant_len = 0, field_len = 0;
  if (!ring || !GetNumber(env, call.args[1], CUTILS_NAME_BYTES_MAX, &tenant_len) ||
      !GetNumber(env, call.args[2], CUTILS_NAME_BYTES_MAX, &field_len)) {
    return Number(env, CUTILS_EARG);
  }
  if (ring->fields.size() >= kPreparedMax) return Number(env, CUTILS_ENOMEM);
  const uint8_t* at = call.state->scratch() + kNamesAt;
  cutils_field* field = nullptr;
  int code = cutils_field_new(ring->ring, {at, tenant_len}, {at + tenant_len, field_len}, &field);
  if (code != CUTILS_OK) return Number(env, code);
  ring->fields.push_back(field);
  return Number(env, static_cast<int64_t>(ring->fields.size()) - 1);
}

// forget(ring): drops all columns and fields; their ids start again at 0.
napi_value Forget(napi_env env, napi_callback_info info) {
  Call call = Enter<1>(env, info);
  Ring* ring = call.ok ? GetRing(env, call.state, call.args[0]) : nullptr;
  if (!ring) return Number(env, CUTILS_EARG);
  ring->columns.clear();
  for (cutils_field* field : ring->fields) cutils_field_free(field);
  ring->fields.clear();
  return Number(env, CUTILS_OK);
}

// The name of a code, for the error that js/cutils.ts throws.
napi_value CodeName(napi_env env, napi_callback_info info) {
  Call call = Enter<1>(env, info);
  int32_t code = 0;
  if (!call.ok || napi_get_value_int32(env, call.args[0], &code) != napi_ok) code = 1;
  const char* name = cutils_code_name(code);
  napi_value text = nullptr;
  napi_create_string_latin1(env, name, NAPI_AUTO_LENGTH, &text);
  return text;
}

}  // namespace

const Function kRingFunctions[] = {
    {"ringNew", RingNew},       {"ringFree", RingFree},   {"ringRotate", RingRotate}, {"ringDestroyKey", RingDestroyKey},
    {"makeColumn", MakeColumn}, {"makeField", MakeField}, {"forget", Forget},         {"codeName", CodeName},
    {nullptr, nullptr},
};

}  // namespace cutils

Napi::Object InitCutils(Napi::Env env) {
  using namespace cutils;
  auto state = std::make_unique<State>();
  if (cutils_hasher_new(&state->hasher) != CUTILS_OK) state.reset();
  return MakeLibrary(env, std::move(state), kScratchBytes, {kRingFunctions, kValueFunctions, kHashFunctions},
                     {{"namesAt", kNamesAt},
                      {"rowAt", kRowAt},
                      {"inAt", kInAt},
                      {"outAt", kOutAt},
                      {"inBytes", kInBytes},
                      {"batchAt", kBatchAt},
                      {"batchMax", kBatchMax},
                      {"scratchBytes", kScratchBytes}});
}

}  // namespace infirmary
