// Tokens, SHA-256, comparison and Merkle proofs.
#include "cutils-state.h"

namespace infirmary::cutils {
namespace {

// The hash at kOutAt as 64 digits.
napi_value HexOf(napi_env env, const uint8_t* hash) {
  static constexpr char kDigits[] = "0123456789abcdef";
  char hex[2 * CUTILS_HASH_BYTES];
  for (size_t i = 0; i < CUTILS_HASH_BYTES; i++) {
    hex[2 * i] = kDigits[hash[i] >> 4];
    hex[2 * i + 1] = kDigits[hash[i] & 15];
  }
  napi_value text = nullptr;
  if (napi_create_string_latin1(env, hex, sizeof hex, &text) != napi_ok) return Number(env, CUTILS_ENOMEM);
  return text;
}

int MakeToken(napi_env env, const Call& call) {
  Ring* ring = call.ok ? GetRing(env, call.state, call.args[0]) : nullptr;
  uint32_t field = 0, len = 0;
  if (!ring || !GetNumber(env, call.args[1], UINT32_MAX, &field) || field >= ring->fields.size() ||
      !GetNumber(env, call.args[2], kInBytes, &len)) {
    return CUTILS_EARG;
  }
  uint8_t* value = call.state->scratch() + kInAt;
  int code = cutils_token(ring->fields[field], {value, len}, call.state->scratch() + kOutAt);
  cutils_wipe(value, len);
  return code;
}

// token(ring, field, valueLen): the value at kInAt, which is wiped; the token lies at kOutAt.
napi_value Token(napi_env env, napi_callback_info info) {
  return Result(env, MakeToken(env, Enter<3>(env, info)), CUTILS_HASH_BYTES);
}

// tokenHex(ring, field, valueLen): the token as text.
napi_value TokenHex(napi_env env, napi_callback_info info) {
  Call call = Enter<3>(env, info);
  int code = MakeToken(env, call);
  return code == CUTILS_OK ? HexOf(env, call.state->scratch() + kOutAt) : Number(env, code);
}

int Hash(napi_env env, const Call& call) {
  uint32_t len = 0;
  if (!call.ok || !GetNumber(env, call.args[0], kInBytes, &len)) return CUTILS_EARG;
  uint8_t* scratch = call.state->scratch();
  return cutils_hasher_sha256(call.state->hasher, {scratch + kInAt, len}, scratch + kOutAt);
}

// sha256(len), sha256Hex(len): of the bytes at kInAt; sha256Large(bytes). The hash lies at kOutAt.
napi_value Sha256(napi_env env, napi_callback_info info) {
  return Result(env, Hash(env, Enter<1>(env, info)), CUTILS_HASH_BYTES);
}

napi_value Sha256Hex(napi_env env, napi_callback_info info) {
  Call call = Enter<1>(env, info);
  int code = Hash(env, call);
  return code == CUTILS_OK ? HexOf(env, call.state->scratch() + kOutAt) : Number(env, code);
}

napi_value Sha256Large(napi_env env, napi_callback_info info) {
  Call call = Enter<1>(env, info);
  uint8_t* bytes = nullptr;
  size_t len = 0;
  if (!call.ok || !GetBytes(env, call.args[0], &bytes, &len)) return Number(env, CUTILS_EARG);
  int code = cutils_hasher_sha256(call.state->hasher, {bytes, len}, call.state->scratch() + kOutAt);
  return Result(env, code, CUTILS_HASH_BYTES);
}

// equal(a, b): 1 or 0; the lengths, which are no secret, are compared first.
napi_value Equal(napi_env env, napi_callback_info info) {
  Call call = Enter<2>(env, info);
  uint8_t *a = nullptr, *b = nullptr;
  size_t a_len = 0, b_len = 0;
  if (!call.ok || !GetBytes(env, call.args[0], &a, &a_len) || !GetBytes(env, call.args[1], &b, &b_len)) {
    return Number(env, CUTILS_EARG);
  }
  return Number(env, a_len == b_len && cutils_equal(a, b, a_len) ? 1 : 0);
}

// merkleLeaf(bytes): the leaf's hash at kOutAt.
napi_value MerkleLeaf(napi_env env, napi_callback_info info) {
  Call call = Enter<1>(env, info);
  uint8_t* bytes = nullptr;
  size_t len = 0;
  if (!call.ok || !GetBytes(env, call.args[0], &bytes, &len)) return Number(env, CUTILS_EARG);
  int code = cutils_merkle_leaf(call.state->hasher, {bytes, len}, call.state->scratch() + kOutAt);
  return Result(env, code, CUTILS_HASH_BYTES);
}

// A list of hashes: a Uint8Array of 32 bytes each.
bool GetHashes(napi_env env, napi_value value, uint8_t** hashes, size_t* count) {
  size_t len = 0;
  if (!GetBytes(env, value, hashes, &len) || len % CUTILS_HASH_BYTES != 0) return false;
  *count = len / CUTILS_HASH_BYTES;
  return true;
}

// A number of leaves or an index, up to 2^53.
bool GetCount(napi_env env, napi_value value, uint64_t* out) {
  int64_t number = -1;
  if (napi_get_value_int64(env, value, &number) != napi_ok || number < 0) return false;
  *out = static_cast<uint64_t>(number);
  return true;
}

// merkleRoot(leaves): the root at kOutAt.
napi_value MerkleRoot(napi_env env, napi_callback_info info) {
  Call call = Enter<1>(env, info);
  uint8_t* leaves = nullptr;
  size_t count = 0;
  if (!call.ok || !GetHashes(env, call.args[0], &leaves, &count)) return Number(env, CUTILS_EARG);
  int code = cutils_merkle_root(call.state->hasher, leaves, count, call.state->scratch() + kOutAt);
  return Result(env, code, CUTILS_HASH_BYTES);
}

using Prove = int (*)(cutils_hasher*, const uint8_t*, uint64_t, uint64_t, uint8_t*, size_t*);

// merkleInclusion(leaves, index), merkleConsistency(leaves, oldCount): answers the bytes of the proof at kOutAt.
template <Prove prove>
napi_value MerkleProof(napi_env env, napi_callback_info info) {
  Call call = Enter<2>(env, info);
  uint8_t* leaves = nullptr;
  size_t count = 0, nodes = 0;
  uint64_t which = 0;
  if (!call.ok || !GetHashes(env, call.args[0], &leaves, &count) || !GetCount(env, call.args[1], &which)) {
    return Number(env, CUTILS_EARG);
  }
  int code = prove(call.state->hasher, leaves, count, which, call.state->scratch() + kOutAt, &nodes);
  return Result(env, code, nodes * CUTILS_HASH_BYTES);
}

// merkleVerifyInclusion(leaf, index, count, proof, root): 1, or 0 when it proves nothing.
napi_value MerkleVerifyInclusion(napi_env env, napi_callback_info info) {
  Call call = Enter<5>(env, info);
  uint8_t *leaf = nullptr, *proof = nullptr, *root = nullptr;
  size_t leaf_count = 0, nodes = 0, root_count = 0;
  uint64_t index = 0, count = 0;
  if (!call.ok || !GetHashes(env, call.args[0], &leaf, &leaf_count) || !GetCount(env, call.args[1], &index) ||
      !GetCount(env, call.args[2], &count) || !GetHashes(env, call.args[3], &proof, &nodes) ||
      !GetHashes(env, call.args[4], &root, &root_count) || leaf_count != 1 || root_count != 1) {
    return Number(env, CUTILS_EARG);
  }
  int code = cutils_merkle_verify_inclusion(call.state->hasher, leaf, index, count, proof, nodes, root);
  return Number(env, code == CUTILS_OK ? 1 : code == CUTILS_EPROOF ? 0 : code);
}

// merkleVerifyConsistency(oldCount, count, proof, oldRoot, root): the same.
napi_value MerkleVerifyConsistency(napi_env env, napi_callback_info info) {
  Call call = Enter<5>(env, info);
  uint8_t *proof = nullptr, *old_root = nullptr, *root = nullptr;
  size_t nodes = 0, old_roots = 0, roots = 0;
  uint64_t old_count = 0, count = 0;
  if (!call.ok || !GetCount(env, call.args[0], &old_count) || !GetCount(env, call.args[1], &count) ||
      !GetHashes(env, call.args[2], &proof, &nodes) || !GetHashes(env, call.args[3], &old_root, &old_roots) ||
      !GetHashes(env, call.args[4], &root, &roots) || old_roots != 1 || roots != 1) {
    return Number(env, CUTILS_EARG);
  }
  int code = cutils_merkle_verify_consistency(call.state->hasher, old_count, count, proof, nodes, old_root, root);
  return Number(env, code == CUTILS_OK ? 1 : code == CUTILS_EPROOF ? 0 : code);
}

}  // namespace

const Function kHashFunctions[] = {
    {"token", Token},
    {"tokenHex", TokenHex},
    {"sha256", Sha256},
    {"sha256Hex", Sha256Hex},
    {"sha256Large", Sha256Large},
    {"equal", Equal},
    {"merkleLeaf", MerkleLeaf},
    {"merkleRoot", MerkleRoot},
    {"merkleInclusion", MerkleProof<cutils_merkle_inclusion>},
    {"merkleConsistency", MerkleProof<cutils_merkle_consistency>},
    {"merkleVerifyInclusion", MerkleVerifyInclusion},
    {"merkleVerifyConsistency", MerkleVerifyConsistency},
    {nullptr, nullptr},
};

}  // namespace infirmary::cutils
