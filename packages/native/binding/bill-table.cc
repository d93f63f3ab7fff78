// Tables of DRGs and ICD codes for JavaScript. A table is loaded file by file, a large file on a worker thread, and never
// changes once the front has handed it out.
#include <string>

#include "bill-state.h"

namespace infirmary::bill {
namespace {

constexpr uint32_t kDrg = 0;

// tableNew(kind): its number, or a code. kind: 0 DRGs, 1 ICD codes.
napi_value TableNew(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  auto& tables = call.state->tables;
  size_t id = 0;
  while (id < tables.size() && tables[id]) id++;
  if (id >= kTablesMax) return call.Answer(BILL_ENOMEM);
  auto table = std::make_shared<Table>();
  bill_drg_table* drgs = nullptr;
  bill_icd_table* icds = nullptr;
  const bool is_drg = call.Number(0, 1) == kDrg;
  const int code = is_drg ? bill_drg_new(&drgs) : bill_icd_new(&icds);
  if (code != BILL_OK) return call.Answer(code);
  table->drgs.reset(drgs);
  table->icds.reset(icds);
  if (id == tables.size()) tables.emplace_back();
  tables[id] = std::move(table);
  return call.Answer(static_cast<int>(id));
}

// tableFree(table): one that is being loaded goes when that has ended.
napi_value TableFree(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  const uint32_t id = call.Number(0, UINT32_MAX - 1);
  if (id < call.state->tables.size()) call.state->tables[id].reset();
  return call.Answer(BILL_OK);
}

int Load(Table* table, const char* bytes, size_t len, int32_t from, int32_t to, bill_table_error* error) {
  if (table->drgs) return bill_drg_load(table->drgs.get(), bytes, len, from, to, error);
  return bill_icd_load(table->icds.get(), bytes, len, from, to, error);
}

void Tell(State* state, const bill_table_error& error) {
  *state->At<int64_t>(kErrorLineAt) = error.line;
  state->message = error.message;
}

// The bytes of a Uint8Array that the front made itself; null for anything else.
const char* BytesOf(const Call& call, size_t i, size_t* len) {
  napi_typedarray_type type = napi_int8_array;
  void* data = nullptr;
  bool is_typed = false;
  if (napi_is_typedarray(call.env, call.values[i], &is_typed) != napi_ok || !is_typed) return nullptr;
  if (napi_get_typedarray_info(call.env, call.values[i], &type, len, &data, nullptr, nullptr) != napi_ok) return nullptr;
  if (type != napi_uint8_array) return nullptr;
  return data ? static_cast<const char*>(data) : "";
}

// tableLoad(table, bytes, from, to): a code; what is wrong to kErrorLineAt and tableMessage.
napi_value TableLoad(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  Table* table = call.TableAt(0);
  size_t len = 0;
  const char* bytes = BytesOf(call, 1, &len);
  if (!table || !bytes) return call.Answer(BILL_EARG);
  bill_table_error error = {};
  const int code = Load(table, bytes, len, static_cast<int32_t>(call.Number(2, 99991231)),
                        static_cast<int32_t>(call.Number(3, 99991231)), &error);
  Tell(call.state, error);
  return call.Answer(code);
}

// A large file on its way. It owns a copy of the bytes and a share of the table, and touches nothing of JavaScript.
struct Job {
  std::shared_ptr<Table> table;
  std::string bytes;
  int32_t from = 0, to = 0;
  bill_table_error error = {};
  State* state = nullptr;
  napi_async_work work = nullptr;
  napi_deferred deferred = nullptr;
};

void RunJob(napi_env, void* data) {
  Job* job = static_cast<Job*>(data);
  Load(job->table.get(), job->bytes.data(), job->bytes.size(), job->from, job->to, &job->error);
}

void EndJob(napi_env env, napi_status status, void* data) {
  std::unique_ptr<Job> job(static_cast<Job*>(data));
  job->table->is_loading = false;
  napi_delete_async_work(env, job->work);
  if (status == napi_cancelled) return;  // the environment is going away
  Tell(job->state, job->error);
  napi_value code = nullptr;
  if (napi_create_int32(env, job->error.code, &code) == napi_ok) napi_resolve_deferred(env, job->deferred, code);
}

// tableLoadLater(table, bytes, from, to): a promise of the code.
napi_value TableLoadLater(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  size_t len = 0;
  const char* bytes = BytesOf(call, 1, &len);
  if (!call.TableAt(0) || !bytes) return call.Answer(BILL_EARG);
  if (len > BILL_TABLE_BYTES_MAX) return call.Answer(BILL_ETOOBIG);
  auto job = std::make_unique<Job>();
  job->table = call.state->tables[call.Number(0, UINT32_MAX - 1)];
  job->bytes.assign(bytes, len);
  job->from = static_cast<int32_t>(call.Number(2, 99991231));
  job->to = static_cast<int32_t>(call.Number(3, 99991231));
  job->state = call.state;
  napi_value promise = nullptr, name = nullptr;
  if (napi_create_promise(env, &job->deferred, &promise) != napi_ok ||
      napi_create_string_latin1(env, "infirmary:bill", NAPI_AUTO_LENGTH, &name) != napi_ok ||
      napi_create_async_work(env, nullptr, name, RunJob, EndJob, job.get(), &job->work) != napi_ok) {
    return call.Answer(BILL_ENOMEM);
  }
  job->table->is_loading = true;
  if (napi_queue_async_work(env, job->work) != napi_ok) {
    job->table->is_loading = false;
    napi_delete_async_work(env, job->work);
    return call.Answer(BILL_ENOMEM);
  }
  job.release();
  return promise;
}

napi_value TableMessage(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  napi_value made = nullptr;
  napi_create_string_utf8(env, call.state->message, NAPI_AUTO_LENGTH, &made);
  return made;
}

napi_value TableCount(napi_env env, napi_callback_info info) {
  const Call call(env, info);
  const Table* table = call.TableAt(0);
  if (!table) return call.Answer(BILL_EARG);
  return call.Answer(static_cast<int>(table->drgs ? bill_drg_count(table->drgs.get()) : bill_icd_count(table->icds.get())));
}

Napi::Object Describe(Napi::Env env, const char* code, const char* title, size_t title_len, int32_t from, int32_t to) {
  Napi::Object row = Napi::Object::New(env);
  row.Set("code", code);
  row.Set("title", Napi::String::New(env, title, title_len));
  row.Set("validFrom", from);
  row.Set("validTo", to);
  return row;
}

// find(table, code, day): the row as an object, or undefined.
napi_value Find(napi_env raw, napi_callback_info info) {
  const Call call(raw, info);
  Napi::Env env(raw);
  const Table* table = call.TableAt(0);
  char code[BILL_CODE_BYTES + 1];
  size_t len = 0;
  if (!table || napi_get_value_string_utf8(raw, call.values[1], code, sizeof code, &len) != napi_ok) return env.Undefined();
  const auto day = static_cast<int32_t>(call.Number(2, 99991231));
  if (table->icds) {
    bill_icd icd;
    if (bill_icd_find(table->icds.get(), code, len, day, &icd) != BILL_OK) return env.Undefined();
    Napi::Object row = Describe(env, icd.code, icd.title, icd.title_len, icd.valid_from, icd.valid_to);
    row.Set("isBillable", Napi::Boolean::New(env, icd.billable == 1));
    return row;
  }
  bill_drg drg;
  if (bill_drg_find(table->drgs.get(), code, len, day, &drg) != BILL_OK) return env.Undefined();
  Napi::Object row = Describe(env, drg.code, drg.title, drg.title_len, drg.valid_from, drg.valid_to);
  row.Set("mdc", drg.mdc);
  row.Set("type", drg.type);
  row.Set("weightMicros", Napi::BigInt::New(env, static_cast<int64_t>(drg.weight)));
  row.Set("meanDaysMicros", Napi::BigInt::New(env, static_cast<int64_t>(drg.mean_days)));
  if (drg.post_acute != BILL_UNSAID) row.Set("isPostAcute", Napi::Boolean::New(env, drg.post_acute == BILL_YES));
  if (drg.special_pay != BILL_UNSAID) row.Set("isSpecialPay", Napi::Boolean::New(env, drg.special_pay == BILL_YES));
  return row;
}

}  // namespace

const Function kTableFunctions[] = {
    {"tableNew", TableNew},         {"tableFree", TableFree},   {"tableLoad", TableLoad}, {"tableLoadLater", TableLoadLater},
    {"tableMessage", TableMessage}, {"tableCount", TableCount}, {"find", Find},           {nullptr, nullptr},
};

}  // namespace infirmary::bill
