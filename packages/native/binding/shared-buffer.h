// What a library needs whose values cross through one buffer that JavaScript and C both write: a call then carries a few
// small numbers or none, which is several times faster than handing strings and typed arrays over one by one.
#pragma once

#include <initializer_list>
#include <memory>

#include "addon.h"

namespace infirmary {

// A function by the name JavaScript sees; a list of them ends in a null name.
struct Function {
  const char* name;
  napi_callback call;
};

// Where something lies in the buffer, by the name JavaScript sees.
struct Place {
  const char* name;
  uint32_t at;
};

// One environment's share of a library: a worker thread has its own and cannot reach another's. It ends with its environment.
struct SharedBuffer {
  void* data = nullptr;
  napi_env env = nullptr;
  napi_ref reference = nullptr;  // keeps the buffer alive as long as the environment

  ~SharedBuffer() {
    if (reference) napi_delete_reference(env, reference);
  }
};

// The library's object: its functions, `scratch` (the buffer) and `layout`. State begins with a SharedBuffer, which every
// function gets with the rest of it as its data. Empty, with an exception pending, when there is no memory.
template <typename State>
Napi::Object MakeLibrary(Napi::Env env, std::unique_ptr<State> state, size_t bytes,
                         std::initializer_list<const Function*> lists, std::initializer_list<Place> places) {
  napi_value buffer = nullptr;
  const auto free_state = [](void* data) { delete static_cast<State*>(data); };
  if (state) state->buffer.env = env;
  if (!state || napi_create_arraybuffer(env, bytes, &state->buffer.data, &buffer) != napi_ok ||
      napi_create_reference(env, buffer, 1, &state->buffer.reference) != napi_ok ||
      napi_add_env_cleanup_hook(env, free_state, state.get()) != napi_ok) {
    Napi::Error::New(env, "OpenSSL or memory is not available").ThrowAsJavaScriptException();
    return Napi::Object();
  }
  State* owned = state.release();
  Napi::Object library = Napi::Object::New(env);
  for (const Function* function : lists) {
    for (; function->name; function++) {
      napi_value made = nullptr;
      if (napi_create_function(env, function->name, NAPI_AUTO_LENGTH, function->call, owned, &made) != napi_ok) {
        return library;
      }
      library.Set(function->name, Napi::Value(env, made));
    }
  }
  Napi::Object layout = Napi::Object::New(env);
  for (const Place& place : places) layout.Set(place.name, place.at);
  library.Set("layout", layout);
  library.Set("scratch", Napi::Value(env, buffer));
  return library;
}

}  // namespace infirmary
