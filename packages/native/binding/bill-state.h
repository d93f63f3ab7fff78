// What binding/bill*.cc share. Lines, sums and amounts cross as numbers in one scratch buffer that js/bill-*.ts and C both
// write; lists of any length as typed arrays that the front made itself. What a call returns is a bill_code; nothing throws
// and nothing calls back into JavaScript.
#pragma once

#include <memory>
#include <vector>

#include "addon.h"
#include "bill.h"

namespace infirmary::bill {

struct Function {
  const char* name;
  napi_callback call;
};

// The functions of each file, by the name JS sees; ended by a null name.
extern const Function kMoneyFunctions[];
extern const Function kPayerFunctions[];
extern const Function kTableFunctions[];

// Layout of the scratch buffer in bytes; js/bill-native.ts reads it from `layout`.
constexpr uint32_t kInvoiceAt = 0;    // the invoice that lines are added to
constexpr uint32_t kFailedAt = 512;   // the number of the line that failed
constexpr uint32_t kStepsAt = 520;    // how many steps there are
constexpr uint32_t kAmountAt = 528;   // one amount in, one out
constexpr uint32_t kLeftAt = 536;
constexpr uint32_t kTermsAt = 1024;   // what a hospital is paid by
constexpr uint32_t kCaseAt = 1088;    // charges and what is added on
constexpr uint32_t kPaidAt = 1104;    // what a case is paid, eight amounts
constexpr uint32_t kErrorLineAt = 1168;  // where a table is wrong
constexpr uint32_t kLinesAt = 4096;
constexpr uint32_t kLinesMax = 1024;  // of one call
constexpr uint32_t kSumsAt = kLinesAt + kLinesMax * sizeof(bill_line);
constexpr uint32_t kScratchBytes = kSumsAt + kLinesMax * sizeof(bill_sums);

static_assert(sizeof(bill_line) == 48 && sizeof(bill_charge) == 16 && sizeof(bill_sums) == 40 && sizeof(bill_step) == 48 && sizeof(bill_share) == 16);
static_assert(sizeof(bill_invoice) == 440 && sizeof(bill_tax) == 24 && sizeof(bill_invoice) <= kFailedAt);

struct FreeTable {
  void operator()(bill_drg_table* table) const { bill_drg_free(table); }
  void operator()(bill_icd_table* table) const { bill_icd_free(table); }
};

// A table of either kind; shared with the loading of a large file, which may outlive the environment.
struct Table {
  std::unique_ptr<bill_drg_table, FreeTable> drgs;
  std::unique_ptr<bill_icd_table, FreeTable> icds;
  bool is_loading = false;
};

// One environment's share: a worker thread has its own and cannot reach another's.
struct State {
  uint8_t* scratch = nullptr;
  napi_env env = nullptr;
  napi_ref scratch_ref = nullptr;  // keeps the buffer alive as long as the environment
  std::vector<std::shared_ptr<Table>> tables;
  const char* message = "";  // why the last table was not loaded

  ~State() {
    if (scratch_ref) napi_delete_reference(env, scratch_ref);
  }

  template <typename T>
  T* At(uint32_t offset) {
    return reinterpret_cast<T*>(scratch + offset);
  }
};

constexpr size_t kArgsMax = 7;
constexpr size_t kTablesMax = 4096;

// The arguments of one call. Missing ones are undefined, which is none of the types asked for.
struct Call {
  napi_env env;
  napi_value values[kArgsMax] = {};
  State* state = nullptr;

  Call(napi_env call_env, napi_callback_info info) : env(call_env) {
    size_t count = kArgsMax;
    void* data = nullptr;
    if (napi_get_cb_info(env, info, &count, values, nullptr, &data) == napi_ok) state = static_cast<State*>(data);
  }

  // A whole number from 0 to max; UINT32_MAX for anything else.
  uint32_t Number(size_t i, uint32_t max) const {
    int64_t number = -1;
    if (napi_get_value_int64(env, values[i], &number) != napi_ok || number < 0 || number > max) return UINT32_MAX;
    return static_cast<uint32_t>(number);
  }

  // The 64-bit numbers of a BigInt64Array; length 0 for anything else.
  int64_t* Longs(size_t i, size_t* length) const {
    napi_typedarray_type type = napi_int8_array;
    void* data = nullptr;
    *length = 0;
    bool is_typed = false;
    if (napi_is_typedarray(env, values[i], &is_typed) != napi_ok || !is_typed) return nullptr;
    size_t found = 0;
    if (napi_get_typedarray_info(env, values[i], &type, &found, &data, nullptr, nullptr) != napi_ok) return nullptr;
    if (type != napi_bigint64_array) return nullptr;
    *length = found;
    return static_cast<int64_t*>(data);
  }

  // A trail into a BigInt64Array of steps; one without room where there is none.
  bill_trail Trail(size_t i) const {
    size_t length = 0;
    auto* steps = reinterpret_cast<bill_step*>(Longs(i, &length));
    return {steps, steps ? length / (sizeof(bill_step) / sizeof(int64_t)) : 0, 0};
  }

  // The table of this number; null where there is none, or none that can be asked now.
  Table* TableAt(size_t i) const {
    const uint32_t id = Number(i, UINT32_MAX - 1);
    Table* table = id < state->tables.size() ? state->tables[id].get() : nullptr;
    return table && !table->is_loading ? table : nullptr;
  }

  napi_value Answer(int code) const {
    napi_value made = nullptr;
    napi_create_int32(env, code, &made);
    return made;
  }

  // The code, having told how many steps the trail has.
  napi_value Answer(int code, const bill_trail& trail) const {
    *state->At<int64_t>(kStepsAt) = static_cast<int64_t>(trail.count);
    return Answer(code);
  }
};

}  // namespace infirmary::bill
