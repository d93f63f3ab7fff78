// Sealing and opening, one value or a batch.
#include "cutils-state.h"

namespace infirmary::cutils {
namespace {

const cutils_column* GetColumn(const Ring* ring, uint32_t id) {
  return id < ring->columns.size() ? &ring->columns[id] : nullptr;
}

bool IsAscii(const uint8_t* bytes, size_t len) {
  uint8_t seen = 0;
  for (size_t i = 0; i < len; i++) seen |= bytes[i];
  return seen < 0x80;
}

uint32_t* Words(State* state) { return reinterpret_cast<uint32_t*>(state->scratch()); }

// What seal and open are called with: ring, column, rowLen and either inLen or (input, output) as Uint8Arrays.
struct OneValue {
  Ring* ring = nullptr;
  const cutils_column* column = nullptr;
  cutils_span row{}, in{};
  uint8_t* out = nullptr;
  size_t cap = 0;
};

bool GetOneValue(napi_env env, const Call& call, OneValue* value) {
  uint32_t column = 0, row_len = 0;
  value->ring = GetRing(env, call.state, call.args[0]);
  if (!value->ring || !GetNumber(env, call.args[1], UINT32_MAX, &column) ||
      !GetNumber(env, call.args[2], CUTILS_ROW_BYTES_MAX, &row_len)) {
    return false;
  }
  value->column = GetColumn(value->ring, column);
  value->row = {call.state->scratch() + kRowAt, row_len};
  return value->column != nullptr;
}

bool GetSmall(napi_env env, napi_callback_info info, State** state, OneValue* value) {
  Call call = Enter<4>(env, info);
  uint32_t len = 0;
  *state = call.state;
  if (!call.ok || !GetOneValue(env, call, value) || !GetNumber(env, call.args[3], kInBytes, &len)) return false;
  value->in = {call.state->scratch() + kInAt, len};
  value->out = call.state->scratch() + kOutAt;
  value->cap = kScratchBytes - kOutAt;
  return true;
}

bool GetLarge(napi_env env, napi_callback_info info, OneValue* value) {
  Call call = Enter<5>(env, info);
  uint8_t* in = nullptr;
  if (!call.ok || !GetOneValue(env, call, value) || !GetBytes(env, call.args[3], &in, &value->in.len) ||
      !GetBytes(env, call.args[4], &value->out, &value->cap)) {
    return false;
  }
  value->in.bytes = in;
  return true;
}

// seal(ring, column, rowLen, textLen): row at kRowAt, text at kInAt, which is wiped; the envelope lies at kOutAt.
napi_value Seal(napi_env env, napi_callback_info info) {
  State* state = nullptr;
  OneValue value;
  if (!GetSmall(env, info, &state, &value)) return Number(env, CUTILS_EARG);
  size_t written = 0;
  int code = cutils_seal(value.ring->ring, value.column, value.row, value.in, value.out, value.cap, &written);
  cutils_wipe(state->scratch() + kInAt, value.in.len);
  return Result(env, code, written);
}

// open(ring, column, rowLen, sealedLen): the way back. Answers the text itself when it is ASCII and wipes it here;
// else its length, with the text left at kOutAt for the caller to decode and wipe.
napi_value Open(napi_env env, napi_callback_info info) {
  State* state = nullptr;
  OneValue value;
  if (!GetSmall(env, info, &state, &value)) return Number(env, CUTILS_EARG);
  size_t written = 0;
  int code = cutils_open(value.ring->ring, value.column, value.row, value.in, value.out, value.cap, &written);
  if (code != CUTILS_OK) return Number(env, code);
  napi_value text = nullptr;
  if (!IsAscii(value.out, written) ||
      napi_create_string_latin1(env, reinterpret_cast<const char*>(value.out), written, &text) != napi_ok) {
    return Number(env, static_cast<int64_t>(written));
  }
  cutils_wipe(value.out, written);
  return text;
}

// openBytes(ring, column, rowLen, sealedLen): always the length, with the text at kOutAt.
napi_value OpenBytes(napi_env env, napi_callback_info info) {
  State* state = nullptr;
  OneValue value;
  if (!GetSmall(env, info, &state, &value)) return Number(env, CUTILS_EARG);
  size_t written = 0;
  int code = cutils_open(value.ring->ring, value.column, value.row, value.in, value.out, value.cap, &written);
  return Result(env, code, written);
}

// sealLarge / openLarge(ring, column, rowLen, input, output): for values that do not fit the scratch buffer.
napi_value SealLarge(napi_env env, napi_callback_info info) {
  OneValue value;
  if (!GetLarge(env, info, &value)) return Number(env, CUTILS_EARG);
  size_t written = 0;
  int code = cutils_seal(value.ring->ring, value.column, value.row, value.in, value.out, value.cap, &written);
  return Result(env, code, written);
}

napi_value OpenLarge(napi_env env, napi_callback_info info) {
  OneValue value;
  if (!GetLarge(env, info, &value)) return Number(env, CUTILS_EARG);
  size_t written = 0;
  int code = cutils_open(value.ring->ring, value.column, value.row, value.in, value.out, value.cap, &written);
  return Result(env, code, written);
}

// Reads a batch from the scratch buffer into state->items; false when its numbers do not fit the buffer.
bool GetBatch(napi_env env, const Call& call, Ring* ring, bool sealing, uint32_t* count) {
  State* state = call.state;
  if (!ring || !GetNumber(env, call.args[1], kBatchMax, count)) return false;
  uint64_t in_at = kBatchAt, out_at = kOutAt;
  state->items.resize(*count);
  for (uint32_t i = 0; i < *count; i++) {
    const uint32_t* words = Words(state) + i * kItemWords;
    const uint64_t row_len = words[1], in_len = words[2];
    const uint64_t out_len = sealing ? in_len + CUTILS_OVERHEAD_BYTES : in_len;
    if (in_at + row_len + in_len > kOutAt || out_at + out_len > kScratchBytes) return false;
    const uint8_t* row = state->scratch() + in_at;
    state->items[i] = {GetColumn(ring, words[0]), {row, row_len}, {row + row_len, in_len}, state->scratch() + out_at, out_len,
                       0, 0};
    in_at += row_len + in_len;
    out_at += out_len;
  }
  return true;
}

// sealMany(ring, count): items as kItemWords numbers each from the start of the buffer, rows and texts from kBatchAt,
// envelopes from kOutAt. Answers 0 or the first failure; a failed item's result is kFailed.
napi_value SealMany(napi_env env, napi_callback_info info) {
  Call call = Enter<2>(env, info);
  Ring* ring = call.ok ? GetRing(env, call.state, call.args[0]) : nullptr;
  uint32_t count = 0;
  if (!GetBatch(env, call, ring, true, &count)) return Number(env, CUTILS_EARG);
  std::vector<cutils_item>& items = call.state->items;
  int code = cutils_seal_many(ring->ring, items.data(), count);
  size_t used = 0;
  for (uint32_t i = 0; i < count; i++) {
    Words(call.state)[i * kItemWords + 3] = items[i].code == CUTILS_OK ? static_cast<uint32_t>(items[i].out_len) : kFailed;
    used += items[i].row.len + items[i].in.len;
  }
  cutils_wipe(call.state->scratch() + kBatchAt, used);
  return Number(env, code);
}

// openMany(ring, count): the way back. Texts are packed from kOutAt on; every result word is the text's length, with
// kIsAscii where that holds. Answers all of them as one Latin-1 string, to be cut, or the first failure. The caller
// wipes the texts, because those that are not ASCII are read from the buffer.
napi_value OpenMany(napi_env env, napi_callback_info info) {
  Call call = Enter<2>(env, info);
  Ring* ring = call.ok ? GetRing(env, call.state, call.args[0]) : nullptr;
  uint32_t count = 0;
  if (!GetBatch(env, call, ring, false, &count)) return Number(env, CUTILS_EARG);
  std::vector<cutils_item>& items = call.state->items;
  int code = cutils_open_many(ring->ring, items.data(), count);
  uint8_t* const start = call.state->scratch() + kOutAt;
  uint8_t* end = start;
  for (uint32_t i = 0; i < count; i++) {
    const cutils_item& item = items[i];
    const uint32_t ascii = IsAscii(item.out, item.out_len) ? kIsAscii : 0;
    Words(call.state)[i * kItemWords + 3] =
        item.code == CUTILS_OK ? static_cast<uint32_t>(item.out_len) | ascii : kFailed;
    memmove(end, item.out, item.out_len);
    end += item.out_len;
  }
  napi_value text = nullptr;
  const size_t len = static_cast<size_t>(end - start);
  if (code == CUTILS_OK &&
      napi_create_string_latin1(env, reinterpret_cast<const char*>(start), len, &text) == napi_ok) {
    return text;
  }
  cutils_wipe(start, kScratchBytes - kOutAt);
  return Number(env, code == CUTILS_OK ? CUTILS_ENOMEM : code);
}

}  // namespace

const Function kValueFunctions[] = {
    {"seal", Seal},           {"open", Open},           {"openBytes", OpenBytes}, {"sealLarge", SealLarge},
    {"openLarge", OpenLarge}, {"sealMany", SealMany},   {"openMany", OpenMany},   {nullptr, nullptr},
};

}  // namespace infirmary::cutils
