/* Merkle tree hashes and proofs, RFC 9162 section 2.1. Everything is iterative: depth is bounded by the 64 bits of a
 * count, and the proofs that are verified may come from anybody. */
#include "cutils/internal.h"

#define NODE CUTILS_HASH_BYTES

int cutils_merkle_node(cutils_hasher *hasher, const uint8_t *left, const uint8_t *right, uint8_t out[NODE]) {
  uint8_t node[1 + 2 * NODE];
  node[0] = 0x01;
  memcpy(node + 1, left, NODE);
  memcpy(node + 1 + NODE, right, NODE);
  return cutils_hasher_sha256(hasher, (cutils_span){node, sizeof node}, out);
}

/* The largest power of two below n; n >= 2. */
static uint64_t split_point(uint64_t n) {
  uint64_t k = 1;
  while (k < n - k) k <<= 1;
  return k;
}

static int check_leaves(cutils_hasher *hasher, const uint8_t *leaves, uint64_t count) {
  if (!hasher || (!leaves && count)) return CUTILS_EARG;
  if (count > CUTILS_LEAVES_MAX || count > SIZE_MAX / NODE) return CUTILS_ETOOBIG;
  return CUTILS_OK;
}

/* The root of count >= 1 leaves: complete subtrees wait on a stack, one for each bit that is set in the number of
 * leaves taken so far; what is left at the end is folded from the right. */
static int subtree_root(cutils_hasher *hasher, const uint8_t *leaves, uint64_t count, uint8_t out[NODE]) {
  uint8_t stack[64][NODE];
  size_t height = 0;
  for (uint64_t i = 0; i < count; i++) {
    memcpy(stack[height++], leaves + (size_t)i * NODE, NODE);
    for (uint64_t full = i + 1; (full & 1) == 0; full >>= 1) {
      height--;
      int code = cutils_merkle_node(hasher, stack[height - 1], stack[height], stack[height - 1]);
      if (code != CUTILS_OK) return code;
    }
  }
  while (height > 1) {
    height--;
    int code = cutils_merkle_node(hasher, stack[height - 1], stack[height], stack[height - 1]);
    if (code != CUTILS_OK) return code;
  }
  memcpy(out, stack[0], NODE);
  return CUTILS_OK;
}

int cutils_merkle_root(cutils_hasher *hasher, const uint8_t *leaves, uint64_t count, uint8_t out[NODE]) {
  int code = out ? check_leaves(hasher, leaves, count) : CUTILS_EARG;
  if (code != CUTILS_OK) return code;
  if (count == 0) return cutils_hasher_sha256(hasher, (cutils_span){NULL, 0}, out);
  return subtree_root(hasher, leaves, count, out);
}

static void reverse_nodes(uint8_t *proof, size_t nodes) {
  for (size_t i = 0, j = nodes; i + 1 < j; i++) {
    j--;
    uint8_t kept[NODE];
    memcpy(kept, proof + i * NODE, NODE);
    memcpy(proof + i * NODE, proof + j * NODE, NODE);
    memcpy(proof + j * NODE, kept, NODE);
  }
}

int cutils_merkle_inclusion(cutils_hasher *hasher, const uint8_t *leaves, uint64_t count, uint64_t index, uint8_t *proof,
                            size_t *nodes) {
  if (nodes) *nodes = 0;
  int code = proof && nodes ? check_leaves(hasher, leaves, count) : CUTILS_EARG;
  if (code != CUTILS_OK) return code;
  if (index >= count) return CUTILS_EARG;
  size_t found = 0;
  for (uint64_t n = count, m = index; n > 1;) {
    uint64_t k = split_point(n);
    const uint8_t *right = leaves + (size_t)k * NODE;
    uint8_t *sibling = proof + found++ * NODE;
    code = m < k ? subtree_root(hasher, right, n - k, sibling) : subtree_root(hasher, leaves, k, sibling);
    if (code != CUTILS_OK) return code;
    if (m >= k) leaves = right;
    n = m < k ? k : n - k;
    m = m < k ? m : m - k;
  }
  reverse_nodes(proof, found);
  *nodes = found;
  return CUTILS_OK;
}

int cutils_merkle_consistency(cutils_hasher *hasher, const uint8_t *leaves, uint64_t count, uint64_t old_count,
                              uint8_t *proof, size_t *nodes) {
  if (nodes) *nodes = 0;
  int code = proof && nodes ? check_leaves(hasher, leaves, count) : CUTILS_EARG;
  if (code != CUTILS_OK) return code;
  if (old_count == 0 || old_count > count) return CUTILS_EARG;
  size_t found = 0;
  bool whole_old_tree = true; /* the verifier has that root already, so it is not in the proof */
  uint64_t n = count, m = old_count;
  while (m < n) {
    uint64_t k = split_point(n);
    const uint8_t *right = leaves + (size_t)k * NODE;
    uint8_t *sibling = proof + found++ * NODE;
    code = m <= k ? subtree_root(hasher, right, n - k, sibling) : subtree_root(hasher, leaves, k, sibling);
    if (code != CUTILS_OK) return code;
    if (m > k) {
      leaves = right;
      whole_old_tree = false;
    }
    n = m <= k ? k : n - k;
    m = m <= k ? m : m - k;
  }
  if (!whole_old_tree) {
    code = subtree_root(hasher, leaves, m, proof + found++ * NODE);
    if (code != CUTILS_OK) return code;
  }
  reverse_nodes(proof, found);
  *nodes = found;
  return CUTILS_OK;
}

int cutils_merkle_leaf(cutils_hasher *hasher, cutils_span data, uint8_t out[NODE]) {
  static const uint8_t prefix = 0x00;
  return cutils_hasher_prefixed(hasher, &prefix, data, out);
}
