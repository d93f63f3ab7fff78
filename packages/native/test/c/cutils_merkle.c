/* Merkle trees: the reference values of Certificate Transparency, the recursive definition of RFC 9162 as an oracle for
 * every tree of up to 70 leaves, and proofs that lie. */
#include "check.h"
#include "cutils.h"
#include "hex.h"

#define LEAVES 70
#define NODE CUTILS_HASH_BYTES

static cutils_hasher *hasher;
static uint8_t leaves[LEAVES][NODE];

/* RFC 9162 section 2.1.1, word for word. */
static void definition_root(uint64_t from, uint64_t count, uint8_t out[NODE]) {
  if (count == 1) {
    memcpy(out, leaves[from], NODE);
    return;
  }
  uint64_t k = 1;
  while (2 * k < count) k *= 2;
  uint8_t both[1 + 2 * NODE] = {1};
  definition_root(from, k, both + 1);
  definition_root(from + k, count - k, both + 1 + NODE);
  CHECK_INT(sha256(both, sizeof both, out), CUTILS_OK);
}

static void root_of(uint64_t count, uint8_t out[NODE]) {
  CHECK_INT(cutils_merkle_root(hasher, leaves[0], count, out), CUTILS_OK);
}

TEST(gives_the_reference_roots_and_proofs) {
  /* The eight entries of the reference tree of RFC 6962's implementation. */
  static const char *entries[] = {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                                  "606162636465666768696a6b6c6d6e6f"};
  static const char *roots[] = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  };
  static const char *first_of_eight[] = {
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
  };
  static const char *six_to_eight[] = {
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  };
  uint8_t tree[8][NODE], entry[16], root[NODE], expected[NODE], proof[CUTILS_PROOF_NODES_MAX][NODE];
  size_t nodes = 0;
  for (size_t i = 0; i < 8; i++) {
    size_t len = hex(entries[i], entry);
    CHECK_INT(cutils_merkle_leaf(hasher, (cutils_span){entry, len}, tree[i]), CUTILS_OK);
    CHECK_INT(cutils_merkle_root(hasher, tree[0], i + 1, root), CUTILS_OK);
    hex(roots[i], expected);
    CHECK_BYTES(root, expected, NODE);
  }
  CHECK_INT(cutils_merkle_inclusion(hasher, tree[0], 8, 0, proof[0], &nodes), CUTILS_OK);
  CHECK_INT(nodes, 3);
  for (size_t i = 0; i < 3; i++) {
    hex(first_of_eight[i], expected);
    CHECK_BYTES(proof[i], expected, NODE);
  }
  CHECK_INT(cutils_merkle_consistency(hasher, tree[0], 8, 6, proof[0], &nodes), CUTILS_OK);
  CHECK_INT(nodes, 3);
  for (size_t i = 0; i < 3; i++) {
    hex(six_to_eight[i], expected);
    CHECK_BYTES(proof[i], expected, NODE);
  }
}

TEST(gives_the_hash_of_nothing_for_no_leaves) {
  uint8_t root[NODE], expected[NODE];
  hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", expected);
  CHECK_INT(cutils_merkle_root(hasher, NULL, 0, root), CUTILS_OK);
  CHECK_BYTES(root, expected, NODE);
}

TEST(agrees_with_the_recursive_definition_for_every_size) {
  for (uint64_t count = 1; count <= LEAVES; count++) {
    uint8_t root[NODE], expected[NODE];
    root_of(count, root);
    definition_root(0, count, expected);
    CHECK_BYTES(root, expected, NODE);
  }
}

TEST(proves_every_leaf_of_every_size) {
  for (uint64_t count = 1; count <= LEAVES; count++) {
    uint8_t root[NODE], proof[CUTILS_PROOF_NODES_MAX * NODE];
    root_of(count, root);
    for (uint64_t i = 0; i < count; i++) {
      size_t nodes = 0;
      CHECK_INT(cutils_merkle_inclusion(hasher, leaves[0], count, i, proof, &nodes), CUTILS_OK);
      CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[i], i, count, proof, nodes, root), CUTILS_OK);
    }
  }
}

TEST(proves_the_growth_from_every_size_to_every_size) {
  for (uint64_t count = 1; count <= LEAVES; count++) {
    uint8_t root[NODE], old_root[NODE], proof[CUTILS_PROOF_NODES_MAX * NODE];
    root_of(count, root);
    for (uint64_t old = 1; old <= count; old++) {
      size_t nodes = 0;
      root_of(old, old_root);
      CHECK_INT(cutils_merkle_consistency(hasher, leaves[0], count, old, proof, &nodes), CUTILS_OK);
      CHECK_INT(cutils_merkle_verify_consistency(hasher, old, count, proof, nodes, old_root, root), CUTILS_OK);
    }
  }
}

TEST(refuses_an_inclusion_proof_that_was_touched) {
  const uint64_t count = 13, index = 9;
  uint8_t root[NODE], proof[CUTILS_PROOF_NODES_MAX * NODE];
  size_t nodes = 0;
  root_of(count, root);
  CHECK_INT(cutils_merkle_inclusion(hasher, leaves[0], count, index, proof, &nodes), CUTILS_OK);
  for (size_t bit = 0; bit < nodes * NODE * 8; bit++) {
    proof[bit / 8] ^= (uint8_t)(1 << bit % 8);
    CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[index], index, count, proof, nodes, root), CUTILS_EPROOF);
    proof[bit / 8] ^= (uint8_t)(1 << bit % 8);
  }
  for (uint64_t other = 0; other < 40; other++) {
    int expected = other == index ? CUTILS_OK : CUTILS_EPROOF;
    CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[index], other, count, proof, nodes, root), expected);
  }
  CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[8], index, count, proof, nodes, root), CUTILS_EPROOF);
  CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[index], index, count, proof, nodes - 1, root), CUTILS_EPROOF);
  CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[index], index, count, proof, nodes + 1, root), CUTILS_EPROOF);
  CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[index], index, 0, proof, nodes, root), CUTILS_EPROOF);
  CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[index], index, count, proof, 66, root), CUTILS_EPROOF);
  CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[index], index, count, NULL, nodes, root), CUTILS_EPROOF);
  CHECK_INT(cutils_merkle_verify_inclusion(hasher, leaves[0], UINT64_MAX - 1, UINT64_MAX, proof, 65, root), CUTILS_EPROOF);
}

TEST(refuses_a_consistency_proof_that_was_touched) {
  uint8_t root[NODE], old_root[NODE], proof[CUTILS_PROOF_NODES_MAX * NODE];
  for (uint64_t old = 7; old <= 8; old++) { /* with and without the old root in the proof */
    const uint64_t count = 13;
    size_t nodes = 0;
    root_of(count, root);
    root_of(old, old_root);
    CHECK_INT(cutils_merkle_consistency(hasher, leaves[0], count, old, proof, &nodes), CUTILS_OK);
    for (size_t bit = 0; bit < nodes * NODE * 8; bit++) {
      proof[bit / 8] ^= (uint8_t)(1 << bit % 8);
      CHECK_INT(cutils_merkle_verify_consistency(hasher, old, count, proof, nodes, old_root, root), CUTILS_EPROOF);
      proof[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    CHECK_INT(cutils_merkle_verify_consistency(hasher, old, count, proof, nodes - 1, old_root, root), CUTILS_EPROOF);
    CHECK_INT(cutils_merkle_verify_consistency(hasher, old, count, proof, nodes + 1, old_root, root), CUTILS_EPROOF);
    CHECK_INT(cutils_merkle_verify_consistency(hasher, old, count, NULL, 0, old_root, root), CUTILS_EPROOF);
    CHECK_INT(cutils_merkle_verify_consistency(hasher, old, count, proof, nodes, root, root), CUTILS_EPROOF);
    CHECK_INT(cutils_merkle_verify_consistency(hasher, old, count, proof, nodes, old_root, old_root), CUTILS_EPROOF);
    CHECK_INT(cutils_merkle_verify_consistency(hasher, count, old, proof, nodes, old_root, root), CUTILS_EPROOF);
    CHECK_INT(cutils_merkle_verify_consistency(hasher, 0, count, proof, nodes, old_root, root), CUTILS_EPROOF);
    CHECK_INT(cutils_merkle_verify_consistency(hasher, old, count, proof, 66, old_root, root), CUTILS_EPROOF);
  }
}

TEST(a_tree_is_consistent_with_itself_only) {
  uint8_t root[NODE], other[NODE];
  root_of(5, root);
  root_of(6, other);
  CHECK_INT(cutils_merkle_verify_consistency(hasher, 5, 5, NULL, 0, root, root), CUTILS_OK);
  CHECK_INT(cutils_merkle_verify_consistency(hasher, 5, 5, NULL, 0, root, other), CUTILS_EPROOF);
  CHECK_INT(cutils_merkle_verify_consistency(hasher, 5, 5, root, 1, root, root), CUTILS_EPROOF);
}

TEST(finds_a_removed_and_a_changed_entry) {
  uint8_t old_root[NODE], root[NODE], proof[CUTILS_PROOF_NODES_MAX * NODE];
  size_t nodes = 0;
  root_of(10, old_root);
  uint8_t kept[NODE];
  memcpy(kept, leaves[4], NODE);
  leaves[4][0] ^= 1; /* history rewritten */
  root_of(20, root);
  CHECK_INT(cutils_merkle_consistency(hasher, leaves[0], 20, 10, proof, &nodes), CUTILS_OK);
  CHECK_INT(cutils_merkle_verify_consistency(hasher, 10, 20, proof, nodes, old_root, root), CUTILS_EPROOF);
  memcpy(leaves[4], kept, NODE);
}

TEST(checks_every_argument) {
  uint8_t out[NODE], proof[CUTILS_PROOF_NODES_MAX * NODE];
  size_t nodes = 9;
  cutils_span missing = {NULL, 1};
  CHECK_INT(cutils_hasher_new(NULL), CUTILS_EARG);
  CHECK_INT(cutils_hasher_sha256(NULL, (cutils_span){NULL, 0}, out), CUTILS_EARG);
  CHECK_INT(cutils_hasher_sha256(hasher, missing, out), CUTILS_EARG);
  CHECK_INT(cutils_merkle_leaf(hasher, missing, out), CUTILS_EARG);
  CHECK_INT(cutils_merkle_root(NULL, leaves[0], 1, out), CUTILS_EARG);
  CHECK_INT(cutils_merkle_root(hasher, NULL, 1, out), CUTILS_EARG);
  CHECK_INT(cutils_merkle_root(hasher, leaves[0], 1, NULL), CUTILS_EARG);
  CHECK_INT(cutils_merkle_root(hasher, leaves[0], CUTILS_LEAVES_MAX + 1, out), CUTILS_ETOOBIG);
  CHECK_INT(cutils_merkle_inclusion(hasher, leaves[0], 5, 5, proof, &nodes), CUTILS_EARG);
  CHECK_INT(nodes, 0);
  CHECK_INT(cutils_merkle_inclusion(hasher, leaves[0], 0, 0, proof, &nodes), CUTILS_EARG);
  CHECK_INT(cutils_merkle_inclusion(hasher, leaves[0], 5, 0, NULL, &nodes), CUTILS_EARG);
  CHECK_INT(cutils_merkle_inclusion(hasher, leaves[0], 5, 0, proof, NULL), CUTILS_EARG);
  CHECK_INT(cutils_merkle_inclusion(hasher, leaves[0], UINT64_MAX, 0, proof, &nodes), CUTILS_ETOOBIG);
  CHECK_INT(cutils_merkle_consistency(hasher, leaves[0], 5, 0, proof, &nodes), CUTILS_EARG);
  CHECK_INT(cutils_merkle_consistency(hasher, leaves[0], 5, 6, proof, &nodes), CUTILS_EARG);
  CHECK_INT(cutils_merkle_consistency(hasher, leaves[0], 5, 3, NULL, &nodes), CUTILS_EARG);
  CHECK_INT(cutils_merkle_consistency(hasher, NULL, 5, 3, proof, &nodes), CUTILS_EARG);
  CHECK_INT(cutils_merkle_consistency(hasher, leaves[0], 5, 3, proof, NULL), CUTILS_EARG);
  CHECK_INT(cutils_merkle_verify_inclusion(NULL, out, 0, 1, NULL, 0, out), CUTILS_EARG);
  CHECK_INT(cutils_merkle_verify_inclusion(hasher, NULL, 0, 1, NULL, 0, out), CUTILS_EARG);
  CHECK_INT(cutils_merkle_verify_inclusion(hasher, out, 0, 1, NULL, 0, NULL), CUTILS_EARG);
  CHECK_INT(cutils_merkle_verify_consistency(NULL, 1, 1, NULL, 0, out, out), CUTILS_EARG);
  CHECK_INT(cutils_merkle_verify_consistency(hasher, 1, 1, NULL, 0, NULL, out), CUTILS_EARG);
  CHECK_INT(cutils_merkle_verify_consistency(hasher, 1, 1, NULL, 0, out, NULL), CUTILS_EARG);
  cutils_hasher_free(NULL);
}

int main(void) {
  CHECK_INT(cutils_hasher_new(&hasher), CUTILS_OK);
  for (uint8_t i = 0; i < LEAVES; i++) CHECK_INT(cutils_merkle_leaf(hasher, (cutils_span){&i, 1}, leaves[i]), CUTILS_OK);
  RUN(gives_the_reference_roots_and_proofs);
  RUN(gives_the_hash_of_nothing_for_no_leaves);
  RUN(agrees_with_the_recursive_definition_for_every_size);
  RUN(proves_every_leaf_of_every_size);
  RUN(proves_the_growth_from_every_size_to_every_size);
  RUN(refuses_an_inclusion_proof_that_was_touched);
  RUN(refuses_a_consistency_proof_that_was_touched);
  RUN(a_tree_is_consistent_with_itself_only);
  RUN(finds_a_removed_and_a_changed_entry);
  RUN(checks_every_argument);
  cutils_hasher_free(hasher);
  return finish();
}
