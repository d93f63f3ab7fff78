/* Verification of Merkle proofs, step by step as RFC 9162 sections 2.1.3.2 and 2.1.4.2 number them. */
#include "cutils/internal.h"

#define NODE CUTILS_HASH_BYTES

static bool proof_ok(const uint8_t *proof, size_t nodes) {
  return nodes <= CUTILS_PROOF_NODES_MAX && (proof || nodes == 0);
}

int cutils_merkle_verify_inclusion(cutils_hasher *hasher, const uint8_t leaf[NODE], uint64_t index, uint64_t count,
                                   const uint8_t *proof, size_t nodes, const uint8_t root[NODE]) {
  if (!hasher || !leaf || !root) return CUTILS_EARG;
  if (!proof_ok(proof, nodes) || index >= count) return CUTILS_EPROOF;
  uint64_t fn = index, sn = count - 1;
  uint8_t r[NODE];
  memcpy(r, leaf, NODE);
  for (const uint8_t *p = proof; nodes-- > 0; p += NODE) {
    if (sn == 0) return CUTILS_EPROOF;
    bool on_the_right = (fn & 1) || fn == sn;
    int code = on_the_right ? cutils_merkle_node(hasher, p, r, r) : cutils_merkle_node(hasher, r, p, r);
    if (code != CUTILS_OK) return code;
    while (on_the_right && !(fn & 1) && fn != 0) {
      fn >>= 1;
      sn >>= 1;
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && cutils_equal(r, root, NODE) ? CUTILS_OK : CUTILS_EPROOF;
}

int cutils_merkle_verify_consistency(cutils_hasher *hasher, uint64_t old_count, uint64_t count, const uint8_t *proof,
                                     size_t nodes, const uint8_t old_root[NODE], const uint8_t root[NODE]) {
  if (!hasher || !old_root || !root) return CUTILS_EARG;
  if (!proof_ok(proof, nodes) || old_count == 0 || old_count > count) return CUTILS_EPROOF;
  if (old_count == count) return nodes == 0 && cutils_equal(old_root, root, NODE) ? CUTILS_OK : CUTILS_EPROOF;
  uint64_t fn = old_count - 1, sn = count - 1;
  while (fn & 1) {
    fn >>= 1;
    sn >>= 1;
  }
  uint8_t fr[NODE], sr[NODE];
  const uint8_t *start = old_root; /* an old tree of 2^k leaves is a subtree of the new one: its root starts the way */
  if (fn != 0) {
    if (nodes == 0) return CUTILS_EPROOF;
    start = proof;
    proof += NODE;
    nodes--;
  }
  memcpy(fr, start, NODE);
  memcpy(sr, start, NODE);
  for (const uint8_t *c = proof; nodes-- > 0; c += NODE) {
    if (sn == 0) return CUTILS_EPROOF;
    int code = CUTILS_OK;
    if ((fn & 1) || fn == sn) {
      code = cutils_merkle_node(hasher, c, fr, fr);
      if (code == CUTILS_OK) code = cutils_merkle_node(hasher, c, sr, sr);
      while (!(fn & 1) && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      code = cutils_merkle_node(hasher, sr, c, sr);
    }
    if (code != CUTILS_OK) return code;
    fn >>= 1;
    sn >>= 1;
  }
  bool fits = cutils_equal(fr, old_root, NODE) & cutils_equal(sr, root, NODE);
  return sn == 0 && fits ? CUTILS_OK : CUTILS_EPROOF;
}
