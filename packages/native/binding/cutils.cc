// libcutils for JavaScript.
#include "addon.h"

namespace infirmary {

Napi::Object InitCutils(Napi::Env env) { return Napi::Object::New(env); }

}  // namespace infirmary
