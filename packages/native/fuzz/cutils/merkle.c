/* The Merkle verifiers on hostile proofs, and proofs of our own on trees of any size.
 * Properties: a verifier reads only the proof it was given and answers OK or EPROOF; every proof that we make verifies;
 * a proof that differs from it in one byte does not; random bytes prove nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cutils.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NODE CUTILS_HASH_BYTES
#define LEAVES_MAX 300

static cutils_hasher *hasher;
static uint8_t leaves[LEAVES_MAX][NODE];

static void expect(int code, int expected) {
  if (code != expected) abort();
}

static void set_up(void) {
  expect(cutils_hasher_new(&hasher), CUTILS_OK);
  for (uint32_t i = 0; i < LEAVES_MAX; i++) {
    expect(cutils_merkle_leaf(hasher, (cutils_span){(const uint8_t *)&i, sizeof i}, leaves[i]), CUTILS_OK);
  }
}

static void honest(uint64_t count, uint64_t which, uint8_t flip) {
  uint8_t proof[CUTILS_PROOF_NODES_MAX * NODE], root[NODE], old_root[NODE];
  size_t nodes = 0;
  expect(cutils_merkle_root(hasher, leaves[0], count, root), CUTILS_OK);
  expect(cutils_merkle_inclusion(hasher, leaves[0], count, which, proof, &nodes), CUTILS_OK);
  expect(cutils_merkle_verify_inclusion(hasher, leaves[which], which, count, proof, nodes, root), CUTILS_OK);
  if (nodes) {
    proof[flip % (nodes * NODE)] ^= (uint8_t)(flip | 1);
    expect(cutils_merkle_verify_inclusion(hasher, leaves[which], which, count, proof, nodes, root), CUTILS_EPROOF);
  }
  expect(cutils_merkle_root(hasher, leaves[0], which + 1, old_root), CUTILS_OK);
  expect(cutils_merkle_consistency(hasher, leaves[0], count, which + 1, proof, &nodes), CUTILS_OK);
  expect(cutils_merkle_verify_consistency(hasher, which + 1, count, proof, nodes, old_root, root), CUTILS_OK);
  if (nodes) {
    proof[flip % (nodes * NODE)] ^= (uint8_t)(flip | 1);
    expect(cutils_merkle_verify_consistency(hasher, which + 1, count, proof, nodes, old_root, root), CUTILS_EPROOF);
  }
}

static void hostile(const uint64_t numbers[2], const uint8_t *rest, size_t size) {
  if (size < 2 * NODE) return;
  const uint8_t *proof = rest + 2 * NODE;
  size_t nodes = (size - 2 * NODE) / NODE;
  int code = cutils_merkle_verify_inclusion(hasher, rest, numbers[0], numbers[1], proof, nodes, rest + NODE);
  /* A tree of one leaf is its leaf: the one case in which bytes from anywhere can be right. */
  int alone = numbers[0] == 0 && numbers[1] == 1 && nodes == 0 && memcmp(rest, rest + NODE, NODE) == 0;
  expect(code, alone ? CUTILS_OK : CUTILS_EPROOF);
  code = cutils_merkle_verify_consistency(hasher, numbers[0], numbers[1], proof, nodes, rest, rest + NODE);
  int same = numbers[0] == numbers[1] && numbers[0] && nodes == 0 && memcmp(rest, rest + NODE, NODE) == 0;
  expect(code, same ? CUTILS_OK : CUTILS_EPROOF);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint64_t numbers[2];
  if (!hasher) set_up();
  if (size < sizeof numbers + 1) return 0;
  memcpy(numbers, data, sizeof numbers);
  uint64_t count = numbers[0] % LEAVES_MAX + 1;
  honest(count, numbers[1] % count, data[sizeof numbers]);
  hostile(numbers, data + sizeof numbers, size - sizeof numbers);
  return 0;
}
