// What binding/<lib>.cc files share: one init function for each library.
#pragma once

#include <napi.h>

namespace infirmary {

// Makes the library's functions for one environment (main thread, worker or isolate). State is kept for that
// environment alone and freed with it. An empty value means that a JS exception is pending.
using InitLibrary = Napi::Object (*)(Napi::Env env);

Napi::Object InitAuthz(Napi::Env env);
Napi::Object InitBill(Napi::Env env);
Napi::Object InitCutils(Napi::Env env);
Napi::Object InitHl7val(Napi::Env env);

}  // namespace infirmary
