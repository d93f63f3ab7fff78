// libhl7val for JavaScript. Positions cross as numbers written into a Uint32Array that JavaScript brings; text crosses
// as one string. js/hl7-binding.ts states what each function takes; a wrong argument here is a TypeError, never a crash.
#include "addon.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "hl7val.h"

namespace infirmary {
namespace {

struct Bytes {
  const uint8_t* data = nullptr;
  size_t len = 0;
  bool ok = false;
};

struct Words {
  uint32_t* data = nullptr;
  size_t len = 0;
  bool ok = false;
};

// The memory of a typed array of one type. A detached one has no memory and counts as wrong.
template <typename View, typename Element>
View ViewOf(const Napi::Value& value, napi_typedarray_type wanted) {
  View view;
  napi_typedarray_type type;
  void* data = nullptr;
  size_t len = 0;
  bool is_typed_array = false;
  if (napi_is_typedarray(value.Env(), value, &is_typed_array) != napi_ok || !is_typed_array) return view;
  if (napi_get_typedarray_info(value.Env(), value, &type, &len, &data, nullptr, nullptr) != napi_ok) return view;
  view.data = static_cast<Element*>(data);
  view.len = data ? len : 0;
  view.ok = type == wanted && (data != nullptr || len == 0);
  return view;
}

Bytes BytesOf(const Napi::Value& value) { return ViewOf<Bytes, const uint8_t>(value, napi_uint8_array); }
Words WordsOf(const Napi::Value& value) { return ViewOf<Words, uint32_t>(value, napi_uint32_array); }

Napi::Value WrongArguments(Napi::Env env) {
  Napi::TypeError::New(env, "wrong arguments for libhl7val").ThrowAsJavaScriptException();
  return env.Undefined();
}

uint32_t NumberOf(const Napi::Value& value) { return value.IsNumber() ? value.As<Napi::Number>().Uint32Value() : 0; }

// The bytes of a string that holds one byte in each character.
bool Latin1Of(const Napi::Value& value, std::vector<uint8_t>* bytes) {
  if (!value.IsString()) return false;
  size_t len = 0;
  if (napi_get_value_string_latin1(value.Env(), value, nullptr, 0, &len) != napi_ok) return false;
  bytes->resize(len + 1);
  char* out = reinterpret_cast<char*>(bytes->data());
  if (napi_get_value_string_latin1(value.Env(), value, out, len + 1, &len) != napi_ok) return false;
  bytes->resize(len);
  return true;
}

// field, component, repetition, escape | subcomponent, truncation: two numbers of up to four bytes.
hl7val_delims DelimsOf(uint32_t low, uint32_t high) {
  return {static_cast<uint8_t>(low),       static_cast<uint8_t>(low >> 8),  static_cast<uint8_t>(low >> 16),
          static_cast<uint8_t>(low >> 24), static_cast<uint8_t>(high), static_cast<uint8_t>(high >> 8)};
}

constexpr uint32_t kHeaderWords = 12;
constexpr uint32_t kSegmentWords = sizeof(hl7val_segment) / sizeof(uint32_t);
static_assert(kSegmentWords == 5, "js/hl7-message.ts reads five words a segment");
// Longer messages get their string in JavaScript, by a way that keeps it outside V8's heap.
constexpr uint32_t kStringMax = 1 << 16;

// The memory of a typed array, in one call, which also sees whether it is one. A detached one has no memory and counts as
// wrong.
bool Memory(napi_env env, napi_value value, napi_typedarray_type wanted, void** data, size_t* len) {
  napi_typedarray_type type;
  return napi_get_typedarray_info(env, value, &type, len, data, nullptr, nullptr) == napi_ok && type == wanted &&
         (*data != nullptr || *len == 0);
}

napi_value Double(napi_env env, double number) {
  napi_value value = nullptr;
  napi_create_double(env, number, &value);
  return value;
}

// Whether an escape delimiter stands anywhere behind MSH-2.
bool HasEscapes(const hl7val_index& ix) {
  constexpr uint32_t kBehindDelimiters = 8;
  if (ix.message.len <= kBehindDelimiters) return false;
  const uint8_t* from = ix.bytes + ix.message.at + kBehindDelimiters;
  return std::memchr(from, ix.delims.escape, ix.message.len - kBehindDelimiters) != nullptr;
}

// index(bytes, out, at) -> the message as a string, a character a byte; true for one too long for that, false for one that
// cannot be read; minus the words needed where there are too few. Header: status, saw, charset, message offset and length,
// delimiters (two words), segments, where the marks begin, has escapes, all words used, where the segments begin; then the cuts, the segments and the
// marks. It is called for every message and therefore uses Node-API without wrappers.
napi_value Index(napi_env env, napi_callback_info info) {
  napi_value args[3];
  size_t count = 3, len = 0, out_len = 0;
  void *data = nullptr, *out_data = nullptr;
  double at = -1;
  if (napi_get_cb_info(env, info, &count, args, nullptr, nullptr) != napi_ok || count < 3 ||
      !Memory(env, args[0], napi_uint8_array, &data, &len) ||
      !Memory(env, args[1], napi_uint32_array, &out_data, &out_len) ||
      napi_get_value_double(env, args[2], &at) != napi_ok || !(at >= 0) || out_len > UINT32_MAX ||
      at + kHeaderWords > static_cast<double>(out_len)) {
    napi_throw_type_error(env, nullptr, "wrong arguments for libhl7val");
    return nullptr;
  }
  const uint32_t start = static_cast<uint32_t>(at);
  uint32_t* words = static_cast<uint32_t*>(out_data) + start;
  uint32_t room = static_cast<uint32_t>(out_len) - start - kHeaderWords;
  hl7val_index ix = {};
  const size_t cut_words = len > HL7VAL_MESSAGE_BYTES_MAX ? 0 : len / 64 * 2 + 2;
  hl7val_status status = HL7VAL_ENOSPACE;
  if (cut_words <= room) {
    ix.cuts = words + kHeaderWords;
    ix.cut_room = static_cast<uint32_t>(cut_words);
    room -= ix.cut_room;
    ix.segment_room = room / 4 / kSegmentWords;
    ix.segments = reinterpret_cast<hl7val_segment*>(ix.cuts + cut_words);
    ix.marks = ix.cuts + cut_words + ix.segment_room * kSegmentWords;
    ix.mark_room = room - ix.segment_room * kSegmentWords;
    status = hl7val_index_message(static_cast<const uint8_t*>(data), len, &ix);
  }
  const uint32_t segment_words = ix.segment_count * kSegmentWords;
  if (status == HL7VAL_ENOSPACE) {
    return Double(env, -(4.0 * segment_words + 4.0 * kSegmentWords + ix.mark_count * 4.0 / 3.0 + static_cast<double>(cut_words) +
                         kHeaderWords + 4.0));
  }
  uint32_t marks_at = kHeaderWords + ix.cut_room + segment_words;
  if (len < kStringMax) std::memmove(words + marks_at, ix.marks, ix.mark_count * sizeof(uint32_t));
  else marks_at = static_cast<uint32_t>(ix.marks - words);
  const hl7val_delims& d = ix.delims;
  const uint32_t low = d.field | uint32_t{d.component} << 8 | uint32_t{d.repetition} << 16 | uint32_t{d.escape} << 24;
  const bool is_readable = status == HL7VAL_OK;
  const uint32_t header[kHeaderWords] = {static_cast<uint32_t>(status),
                                         ix.saw,
                                         static_cast<uint32_t>(ix.charset),
                                         ix.message.at,
                                         ix.message.len,
                                         low,
                                         d.subcomponent | uint32_t{d.truncation} << 8,
                                         ix.segment_count,
                                         marks_at,
                                         is_readable && HasEscapes(ix),
                                         marks_at + ix.mark_count,
                                         kHeaderWords + ix.cut_room};
  std::memcpy(words, header, sizeof header);
  napi_value made = nullptr;
  if (is_readable && ix.message.len < kStringMax) {
    napi_create_string_latin1(env, reinterpret_cast<const char*>(ix.bytes + ix.message.at), ix.message.len, &made);
  } else {
    napi_get_boolean(env, is_readable, &made);
  }
  return made;
}

// split(bytes, out) -> how many parts the file has, of which the first out.length / 4 were written as kind, offset,
// length, line; -1 for a file that is too big.
Napi::Value Split(const Napi::CallbackInfo& info) {
  Bytes bytes = BytesOf(info[0]);
  Words out = WordsOf(info[1]);
  if (!bytes.ok || !out.ok) return WrongArguments(info.Env());
  hl7val_parts parts = {bytes.data, bytes.len, 0, 0};
  hl7val_part part;
  size_t count = 0;
  hl7val_status status;
  while ((status = hl7val_next_part(&parts, &part)) == HL7VAL_OK) {
    if ((count + 1) * 4 <= out.len) {
      const uint32_t words[4] = {static_cast<uint32_t>(part.kind), part.bytes.at, part.bytes.len, part.line};
      std::memcpy(out.data + count * 4, words, sizeof words);
    }
    count++;
  }
  return Napi::Number::New(info.Env(), status == HL7VAL_ETOOBIG ? -1.0 : static_cast<double>(count));
}

// Room for the index and for finding duplicates, kept for the next message unless it has become large. It belongs to
// the thread, and with it to the one environment that runs there.
thread_local std::vector<uint32_t> scratch(1 << 13);
thread_local std::vector<uint32_t> cuts;
constexpr size_t kScratchKept = size_t{1} << 18;

uint64_t Seed() {
  static const uint64_t seed = [] {
    std::random_device device;
    return uint64_t{device()} << 32 | device();
  }();
  return seed;
}

constexpr uint32_t kReportWords = 11;
constexpr uint32_t kIssueWords = sizeof(hl7val_issue) / sizeof(uint32_t);
static_assert(kIssueWords == 12, "js/hl7-validate.ts reads twelve words an issue");

// validate(bytes, profile, out) -> how many issues there are. out: ack, disposition, issues, then offset and length of
// MSH-9.1, MSH-9.2, MSH-12.1 and MSH-10, then as many issues as fit.
Napi::Value Validate(const Napi::CallbackInfo& info) {
  Bytes bytes = BytesOf(info[0]);
  Words out = WordsOf(info[2]);
  if (!bytes.ok || !out.ok || out.len < kReportWords) return WrongArguments(info.Env());
  hl7val_profile profile = NumberOf(info[1]) == 0 ? HL7VAL_STRICT : HL7VAL_TOLERANT;
  hl7val_report report = {};
  report.issues = reinterpret_cast<hl7val_issue*>(out.data + kReportWords);
  report.issue_room = static_cast<uint32_t>((out.len - kReportWords) / kIssueWords);
  hl7val_index ix;
  hl7val_status status;
  const size_t cut_words = bytes.len > HL7VAL_MESSAGE_BYTES_MAX ? 0 : bytes.len / 64 * 2 + 2;
  if (cuts.size() < cut_words) cuts.resize(std::max<size_t>(cut_words, 1 << 10));
  do {
    // Segments, slots and marks share the scratch: a quarter, a quarter and a half. Cuts have their own.
    const size_t quarter = scratch.size() / 4;
    ix = {};
    ix.cuts = cuts.data();
    ix.cut_room = static_cast<uint32_t>(cuts.size());
    ix.segments = reinterpret_cast<hl7val_segment*>(scratch.data());
    ix.segment_room = static_cast<uint32_t>(quarter / kSegmentWords);
    uint32_t* slots = scratch.data() + quarter;
    ix.marks = scratch.data() + 2 * quarter;
    ix.mark_room = static_cast<uint32_t>(2 * quarter);
    const uint32_t slot_room = static_cast<uint32_t>(quarter);
    status = hl7val_validate(bytes.data, bytes.len, profile, &ix, slots, slot_room, Seed(), &report);
    if (status == HL7VAL_ENOSPACE) {
      const size_t segment_words = size_t{ix.segment_count} * kSegmentWords;
      const size_t needed = 4 * std::max(segment_words, size_t{ix.mark_count} / 2 + 1);
      scratch.assign(std::max(needed, 2 * scratch.size()), 0);
    }
  } while (status == HL7VAL_ENOSPACE);
  if (scratch.size() > kScratchKept) {
    scratch.assign(1 << 13, 0);
    scratch.shrink_to_fit();
    cuts = {};
  }
  const uint32_t header[kReportWords] = {static_cast<uint32_t>(report.ack),
                                         static_cast<uint32_t>(report.disposition),
                                         report.issue_count,
                                         report.type.at,
                                         report.type.len,
                                         report.event.at,
                                         report.event.len,
                                         report.version.at,
                                         report.version.len,
                                         report.control_id.at,
                                         report.control_id.len};
  std::memcpy(out.data, header, sizeof header);
  return Napi::Number::New(info.Env(), report.issue_count);
}

// codes() -> [[code, hl7, message, hint], …] by number
Napi::Value Codes(const Napi::CallbackInfo& info) {
  const uint32_t count = hl7val_code_count();
  Napi::Array codes = Napi::Array::New(info.Env(), count);
  for (uint32_t i = 0; i < count; i++) {
    const hl7val_code_info code = hl7val_code(i);
    Napi::Array row = Napi::Array::New(info.Env(), 4);
    row.Set(0u, code.code);
    row.Set(1u, code.hl7);
    row.Set(2u, code.message);
    row.Set(3u, code.hint);
    codes.Set(i, row);
  }
  return codes;
}

// decode(latin1, delims, delims, charset) -> text
Napi::Value Decode(const Napi::CallbackInfo& info) {
  std::vector<uint8_t> raw;
  if (!Latin1Of(info[0], &raw)) return WrongArguments(info.Env());
  hl7val_delims delims = DelimsOf(NumberOf(info[1]), NumberOf(info[2]));
  uint32_t charset = NumberOf(info[3]);
  if (charset > HL7VAL_CHARSET_REFUSED) return WrongArguments(info.Env());
  std::vector<uint8_t> text(raw.size() * 2 + 16);
  size_t len = 0;
  for (;;) {
    hl7val_status status = hl7val_decode(raw.data(), raw.size(), &delims, static_cast<hl7val_charset>(charset),
                                         text.data(), text.size(), &len);
    if (status == HL7VAL_OK) break;
    text.resize(len);
  }
  return Napi::String::New(info.Env(), reinterpret_cast<const char*>(text.data()), len);
}

// build(places, text) -> bytes, or a negative status. Six words a place: segment (0: the one before), field, repetition,
// component, subcomponent, and the UTF-8 length of its part of text. A place with field 0 only begins a segment.
Napi::Value Build(const Napi::CallbackInfo& info) {
  constexpr size_t kPlaceWords = 6;
  Words places = WordsOf(info[0]);
  if (!places.ok || places.len % kPlaceWords || !info[1].IsString()) return WrongArguments(info.Env());
  const std::string text = info[1].As<Napi::String>().Utf8Value();
  std::vector<uint8_t> out(text.size() + places.len + 64);
  for (;;) {
    hl7val_builder builder;
    hl7val_build_start(&builder, out.data(), out.size());
    size_t at = 0;
    for (size_t i = 0; i < places.len; i += kPlaceWords) {
      const uint32_t* place = places.data + i;
      if (place[5] > text.size() - at) return WrongArguments(info.Env());
      if (place[0]) hl7val_build_segment(&builder, place[0]);
      const uint8_t* part = reinterpret_cast<const uint8_t*>(text.data()) + at;
      if (place[1]) hl7val_build_put(&builder, place[1], place[2], place[3], place[4], part, place[5]);
      at += place[5];
    }
    size_t len = 0;
    hl7val_status status = hl7val_build_end(&builder, &len);
    if (status == HL7VAL_ENOSPACE) {
      out.resize(len);
      continue;
    }
    if (status != HL7VAL_OK) return Napi::Number::New(info.Env(), status);
    return Napi::Buffer<uint8_t>::Copy(info.Env(), out.data(), len);
  }
}

// A framer with the room it has grown to. Each holds at most the limit given by JavaScript.
struct Framer {
  hl7val_framer state = {};
  std::vector<uint8_t> room = std::vector<uint8_t>(4096);
  size_t limit = 0;
  bool broken = false;
};

constexpr napi_type_tag kFramerTag = {0x8d1f2c5b3a6e4f70, 0x91c4b7d2e85a6f13};

// framer(limit) -> handle
Napi::Value NewFramer(const Napi::CallbackInfo& info) {
  auto framer = new Framer();
  framer->limit = NumberOf(info[0]);
  auto handle = Napi::External<Framer>::New(info.Env(), framer, [](Napi::Env, Framer* f) { delete f; });
  if (napi_type_tag_object(info.Env(), handle, &kFramerTag) != napi_ok) return WrongArguments(info.Env());
  return handle;
}

// push(handle, bytes, frames) -> 0, or a negative status after which the stream is of no use. Complete messages are
// appended to frames, also those that came before a fault.
Napi::Value PushFrames(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  Bytes bytes = BytesOf(info[1]);
  bool tagged = false;
  if (!info[0].IsExternal() || napi_check_object_type_tag(env, info[0], &kFramerTag, &tagged) != napi_ok || !tagged ||
      !bytes.ok || !info[2].IsArray())
    return WrongArguments(env);
  Framer* framer = info[0].As<Napi::External<Framer>>().Data();
  Napi::Array frames = info[2].As<Napi::Array>();
  size_t at = 0;
  hl7val_status status = framer->broken ? HL7VAL_EFRAME : HL7VAL_OK;
  while (status == HL7VAL_OK) {
    framer->state.room = framer->room.data();
    framer->state.room_len = framer->room.size();
    status = hl7val_framer_read(&framer->state, bytes.data, bytes.len, &at);
    if (status == HL7VAL_OK) {
      frames.Set(frames.Length(), Napi::Buffer<uint8_t>::Copy(env, framer->room.data(), framer->state.len));
    } else if (status == HL7VAL_ENOSPACE && framer->room.size() < framer->limit) {
      const size_t wanted = std::max(framer->room.size() * 2, framer->state.len + (bytes.len - at));
      framer->room.resize(std::min(framer->limit, wanted));
      status = HL7VAL_OK;
    }
  }
  framer->broken = status != HL7VAL_END;
  return Napi::Number::New(env, status == HL7VAL_END ? 0 : status);
}

// time(latin1) -> 0 when it is no time stamp, else precision | has zone << 4 | fraction digits << 5
Napi::Value Time(const Napi::CallbackInfo& info) {
  char text[32];
  size_t len = 0;
  if (!info[0].IsString()) return WrongArguments(info.Env());
  if (napi_get_value_string_latin1(info.Env(), info[0], text, sizeof text, &len) != napi_ok)
    return info.Env().Undefined();
  hl7val_time time;
  if (!hl7val_time_parse(reinterpret_cast<const uint8_t*>(text), len, &time)) return Napi::Number::New(info.Env(), 0);
  const uint32_t zone = time.has_zone ? 1u << 4 : 0u;
  uint32_t packed = static_cast<uint32_t>(time.precision) | zone | uint32_t{time.fraction_digits} << 5;
  return Napi::Number::New(info.Env(), packed);
}

}  // namespace

Napi::Object InitHl7val(Napi::Env env) {
  Napi::Object hl7 = Napi::Object::New(env);
  napi_value index = nullptr;
  if (napi_create_function(env, "index", NAPI_AUTO_LENGTH, Index, nullptr, &index) != napi_ok) return hl7;
  hl7.Set("index", Napi::Value(env, index));
  hl7.Set("split", Napi::Function::New(env, Split, "split"));
  hl7.Set("validate", Napi::Function::New(env, Validate, "validate"));
  hl7.Set("codes", Napi::Function::New(env, Codes, "codes"));
  hl7.Set("decode", Napi::Function::New(env, Decode, "decode"));
  hl7.Set("build", Napi::Function::New(env, Build, "build"));
  hl7.Set("framer", Napi::Function::New(env, NewFramer, "framer"));
  hl7.Set("push", Napi::Function::New(env, PushFrames, "push"));
  hl7.Set("time", Napi::Function::New(env, Time, "time"));
  return hl7;
}

}  // namespace infirmary
