#include "cutils.h"

const char *cutils_code_name(int code) {
  switch ((cutils_code)code) {
    case CUTILS_OK: return "ok";
    case CUTILS_EARG: return "bad-argument";
    case CUTILS_ETOOBIG: return "too-big";
    case CUTILS_ENOSPACE: return "no-space";
    case CUTILS_EENVELOPE: return "malformed-envelope";
    case CUTILS_EUNKNOWNKEY: return "unknown-key";
    case CUTILS_EDESTROYED: return "key-destroyed";
    case CUTILS_EOPEN: return "open-failed";
    case CUTILS_ENOACTIVE: return "no-active-key";
    case CUTILS_EEXHAUSTED: return "key-exhausted";
    case CUTILS_EKEYS: return "bad-keys";
    case CUTILS_EPROOF: return "bad-proof";
    case CUTILS_ENOMEM: return "out-of-memory";
    case CUTILS_ECRYPTO: return "crypto-failed";
  }
  return "unknown";
}
