// Registers the libraries and does nothing else. A new library is one line in addon.h and one in the list here.
#include "addon.h"

namespace {

struct Library {
  const char* name;
  infirmary::InitLibrary init;
};

constexpr Library kLibraries[] = {
    {"authz", infirmary::InitAuthz},
    {"bill", infirmary::InitBill},
    {"cutils", infirmary::InitCutils},
    {"hl7val", infirmary::InitHl7val},
};

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  for (const Library& library : kLibraries) {
    Napi::Object made = library.init(env);
    if (made.IsEmpty()) return exports;
    exports.Set(library.name, made);
  }
  return exports;
}

}  // namespace

NODE_API_MODULE(infirmary, Init)
