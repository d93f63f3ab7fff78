// What binding/cutils*.cc share. Values cross through one scratch buffer that JS and C both write: a call then carries a
// few small numbers, which is several times faster than handing strings and typed arrays over one by one. js/cutils-*.ts
// is the only caller and never gives the buffer away; every number is checked here again all the same. What a call
// returns is a length, an id or a negative cutils_code; nothing throws and nothing calls back into JavaScript.
#pragma once

#include <cstring>
#include <memory>
#include <vector>

#include "cutils.h"
#include "shared-buffer.h"

namespace infirmary::cutils {

// The functions of each file, by the name JS sees; ended by a null name.
extern const Function kRingFunctions[];
extern const Function kValueFunctions[];
extern const Function kHashFunctions[];

// Layout of the scratch buffer; js/cutils.ts reads it from `layout`.
constexpr uint32_t kNamesAt = 4096;      // names for makeColumn and makeField
constexpr uint32_t kRowAt = 5120;        // the row's id of a single value
constexpr uint32_t kInAt = 8 * 1024;     // input of a single value; keys
constexpr uint32_t kOutAt = 128 * 1024;  // output, of a batch too
constexpr uint32_t kScratchBytes = 320 * 1024;
constexpr uint32_t kInBytes = 64 * 1024;     // the largest single input; larger ones come as typed arrays
constexpr uint32_t kBatchAt = 8 * 1024;      // rows and inputs of a batch, one after the other, up to kOutAt
constexpr uint32_t kBatchMax = 256;          // items of a batch, kItemWords numbers each, from the start of the buffer
constexpr uint32_t kItemWords = 4;           // column, row length, input length; result; in that order
constexpr uint32_t kIsAscii = 1u << 31;      // set in a result of openMany when the text needs no decoding
constexpr uint32_t kFailed = UINT32_MAX;     // the result of an item that failed
constexpr size_t kRingsMax = 4096;
constexpr size_t kPreparedMax = 4096;        // columns, and fields, of one ring; js/cutils.ts keeps fewer

struct Ring {
  cutils_ring* ring = nullptr;
  std::vector<cutils_column> columns;
  std::vector<cutils_field*> fields;
  ~Ring() {
    for (cutils_field* field : fields) cutils_field_free(field);
    cutils_ring_free(ring);
  }
};

// One environment's share: a worker thread has its own and cannot reach another's.
struct State {
  SharedBuffer buffer;
  cutils_hasher* hasher = nullptr;
  std::vector<std::unique_ptr<Ring>> rings;
  std::vector<cutils_item> items;
  uint8_t* scratch() const { return static_cast<uint8_t*>(buffer.data); }
  ~State() { cutils_hasher_free(hasher); }
};

struct Call {
  napi_value args[8] = {};
  State* state = nullptr;
  bool ok = false;
};

template <size_t N>
Call Enter(napi_env env, napi_callback_info info) {
  static_assert(N <= 8);
  Call call;
  size_t count = N;
  void* data = nullptr;
  call.ok = napi_get_cb_info(env, info, &count, call.args, nullptr, &data) == napi_ok && count >= N;
  call.state = static_cast<State*>(data);
  return call;
}

inline napi_value Number(napi_env env, int64_t number) {
  napi_value value = nullptr;
  if (number >= INT32_MIN && number <= INT32_MAX) {
    napi_create_int32(env, static_cast<int32_t>(number), &value);
  } else {
    napi_create_int64(env, number, &value);
  }
  return value;
}

// A whole number from 0 to max; anything else (NaN, -1, a string) is refused rather than converted.
inline bool GetNumber(napi_env env, napi_value value, uint32_t max, uint32_t* out) {
  int64_t number = -1;
  if (napi_get_value_int64(env, value, &number) != napi_ok || number < 0 || number > max) return false;
  *out = static_cast<uint32_t>(number);
  return true;
}

// A Uint8Array over memory that stays where it is: not detached, not shared with another thread.
inline bool GetBytes(napi_env env, napi_value value, uint8_t** bytes, size_t* len) {
  bool is = false;
  if (napi_is_typedarray(env, value, &is) != napi_ok || !is) return false;
  napi_typedarray_type type;
  napi_value buffer = nullptr;
  void* data = nullptr;
  if (napi_get_typedarray_info(env, value, &type, len, &data, &buffer, nullptr) != napi_ok) return false;
  if (type != napi_uint8_array || napi_is_arraybuffer(env, buffer, &is) != napi_ok || !is) return false;
  *bytes = static_cast<uint8_t*>(data);
  return *bytes != nullptr || *len == 0;
}

inline Ring* GetRing(napi_env env, State* state, napi_value value) {
  uint32_t id = 0;
  if (!GetNumber(env, value, UINT32_MAX, &id) || id >= state->rings.size()) return nullptr;
  return state->rings[id].get();
}

// A call's result as JS gets it: a length where it went well, else the code.
inline napi_value Result(napi_env env, int code, size_t length) {
  return Number(env, code == CUTILS_OK ? static_cast<int64_t>(length) : code);
}

}  // namespace infirmary::cutils
