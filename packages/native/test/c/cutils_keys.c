/* The life of keys and the nonces they are used with. */
#include <sys/wait.h>

#include "cutils/internal.h"
#include "cutils_sealing.h"

TEST(keeps_old_values_readable_through_a_rotation) {
  cutils_ring *ring = one_key_ring(1);
  uint8_t before[SEALED_BYTES], after[SEALED_BYTES], out[64];
  uint32_t id = 0;
  seal_text(ring, before);
  uint8_t key[32] = {77};
  CHECK_INT(cutils_ring_rotate(ring, 2, key), CUTILS_OK);
  seal_text(ring, after);
  CHECK_INT(cutils_envelope_key_id((cutils_span){before, sizeof before}, &id), CUTILS_OK);
  CHECK_INT(id, 1);
  CHECK_INT(cutils_envelope_key_id((cutils_span){after, sizeof after}, &id), CUTILS_OK);
  CHECK_INT(id, 2);
  CHECK_INT(open_text(ring, before, sizeof before, out), CUTILS_OK);
  CHECK_INT(open_text(ring, after, sizeof after, out), CUTILS_OK);
  CHECK_INT(cutils_ring_rotate(ring, 2, key), CUTILS_EKEYS);
  CHECK_INT(cutils_ring_rotate(ring, 3, NULL), CUTILS_EARG);
  CHECK_INT(cutils_ring_rotate(NULL, 3, key), CUTILS_EARG);
  cutils_ring_free(ring);
}

TEST(destroys_a_key_for_good) {
  cutils_ring *ring = one_key_ring(1);
  uint8_t sealed[SEALED_BYTES], out[64];
  seal_text(ring, sealed);
  CHECK_INT(cutils_ring_destroy_key(ring, 2), CUTILS_EUNKNOWNKEY);
  CHECK_INT(cutils_ring_destroy_key(ring, 1), CUTILS_OK);
  CHECK_INT(cutils_ring_destroy_key(ring, 1), CUTILS_OK);
  CHECK_INT(cutils_ring_destroy_key(NULL, 1), CUTILS_EARG);
  CHECK_INT(open_text(ring, sealed, sizeof sealed, out), CUTILS_EDESTROYED);
  cutils_column column = ssn();
  size_t len = 0;
  CHECK_INT(cutils_seal(ring, &column, row, text, sealed, sizeof sealed, &len), CUTILS_ENOACTIVE);
  uint8_t key[32] = {5};
  CHECK_INT(cutils_ring_rotate(ring, 1, key), CUTILS_EKEYS); /* a number is never used again */
  CHECK_INT(cutils_ring_rotate(ring, 2, key), CUTILS_OK);
  seal_text(ring, sealed);
  cutils_ring_free(ring);
}

TEST(holds_keys_to_their_states) {
  cutils_key keys[] = {make_key(1, CUTILS_DECRYPT_ONLY), make_key(2, CUTILS_DESTROYED)};
  cutils_ring *writer = one_key_ring(1), *reader = make_ring(keys, 2);
  uint8_t sealed[SEALED_BYTES], out[64];
  seal_text(writer, sealed);
  CHECK_INT(open_text(reader, sealed, sizeof sealed, out), CUTILS_OK);
  cutils_column column = ssn();
  size_t len = 0;
  CHECK_INT(cutils_seal(reader, &column, row, text, sealed, sizeof sealed, &len), CUTILS_ENOACTIVE);
  put_u32(sealed + 2, 2);
  CHECK_INT(open_text(reader, sealed, sizeof sealed, out), CUTILS_EDESTROYED);
  put_u32(sealed + 2, 3);
  CHECK_INT(open_text(reader, sealed, sizeof sealed, out), CUTILS_EUNKNOWNKEY);
  cutils_ring_free(writer);
  cutils_ring_free(reader);
}

TEST(refuses_rings_that_make_no_sense) {
  cutils_ring *ring = (cutils_ring *)1;
  cutils_key two_active[] = {make_key(1, CUTILS_ACTIVE), make_key(2, CUTILS_ACTIVE)};
  CHECK_INT(cutils_ring_new(two_active, 2, index_key, &ring), CUTILS_EKEYS);
  CHECK(ring == NULL);
  cutils_key twice[] = {make_key(1, CUTILS_ACTIVE), make_key(1, CUTILS_DECRYPT_ONLY)};
  CHECK_INT(cutils_ring_new(twice, 2, index_key, &ring), CUTILS_EKEYS);
  cutils_key stateless = make_key(1, (cutils_key_state)0);
  CHECK_INT(cutils_ring_new(&stateless, 1, index_key, &ring), CUTILS_EARG);
  CHECK_INT(cutils_ring_new(NULL, 1, index_key, &ring), CUTILS_EARG);
  CHECK_INT(cutils_ring_new(twice, 1, NULL, &ring), CUTILS_EARG);
  CHECK_INT(cutils_ring_new(twice, 1, index_key, NULL), CUTILS_EARG);
  CHECK_INT(cutils_ring_new(twice, CUTILS_KEYS_MAX + 1, index_key, &ring), CUTILS_EKEYS);
  CHECK_INT(cutils_ring_new(NULL, 0, index_key, &ring), CUTILS_OK);
  cutils_ring_free(ring);
  cutils_ring_free(NULL);
}

TEST(holds_256_keys_and_no_more) {
  cutils_key keys[CUTILS_KEYS_MAX];
  for (uint32_t i = 0; i < CUTILS_KEYS_MAX; i++) keys[i] = make_key(i, i ? CUTILS_DECRYPT_ONLY : CUTILS_ACTIVE);
  cutils_ring *ring = make_ring(keys, CUTILS_KEYS_MAX), *writer = one_key_ring(255);
  uint8_t sealed[SEALED_BYTES], out[64];
  seal_text(writer, sealed);
  CHECK_INT(open_text(ring, sealed, sizeof sealed, out), CUTILS_OK);
  CHECK_INT(cutils_ring_rotate(ring, 1000, keys[0].key), CUTILS_EKEYS);
  seal_text(ring, sealed);
  cutils_ring_free(ring);
  cutils_ring_free(writer);
}

TEST(stops_sealing_before_nonces_could_repeat) {
  cutils_ring *ring = one_key_ring(1);
  uint8_t sealed[SEALED_BYTES];
  ring->slots[0].seals = CUTILS_SEALS_MAX - 1;
  seal_text(ring, sealed);
  cutils_column column = ssn();
  size_t len = 0;
  CHECK_INT(cutils_seal(ring, &column, row, text, sealed, sizeof sealed, &len), CUTILS_EEXHAUSTED);
  cutils_ring_free(ring);
}

static int compare_nonces(const void *a, const void *b) { return memcmp(a, b, CUTILS_NONCE_BYTES); }

TEST(never_repeats_a_nonce_in_100000_seals) {
  enum { SEALS = 100000 };
  cutils_ring *ring = one_key_ring(1);
  uint8_t *nonces = malloc((size_t)SEALS * CUTILS_NONCE_BYTES), sealed[SEALED_BYTES];
  for (size_t i = 0; i < SEALS; i++) {
    seal_text(ring, sealed);
    memcpy(nonces + i * CUTILS_NONCE_BYTES, sealed + 6, CUTILS_NONCE_BYTES);
  }
  qsort(nonces, SEALS, CUTILS_NONCE_BYTES, compare_nonces);
  for (size_t i = 1; i < SEALS; i++) {
    CHECK(compare_nonces(nonces + (i - 1) * CUTILS_NONCE_BYTES, nonces + i * CUTILS_NONCE_BYTES) != 0);
  }
  free(nonces);
  cutils_ring_free(ring);
}

TEST(draws_new_nonces_after_a_fork) {
  cutils_ring *ring = one_key_ring(1);
  uint8_t parent[SEALED_BYTES], child[SEALED_BYTES];
  seal_text(ring, parent); /* the pool is filled before the fork */
  int ends[2];
  CHECK_INT(pipe(ends), 0);
  pid_t pid = fork();
  if (pid == 0) {
    cutils_column column = ssn();
    size_t len = 0;
    int code = cutils_seal(ring, &column, row, text, child, sizeof child, &len);
    _exit(code == CUTILS_OK && write(ends[1], child, sizeof child) == (ssize_t)sizeof child ? 0 : 1);
  }
  seal_text(ring, parent);
  CHECK_INT(read(ends[0], child, sizeof child), sizeof child);
  CHECK(memcmp(parent + 6, child + 6, CUTILS_NONCE_BYTES) != 0);
  int status = -1;
  CHECK_INT(waitpid(pid, &status, 0), pid);
  CHECK_INT(status, 0);
  close(ends[0]);
  close(ends[1]);
  cutils_ring_free(ring);
}

int main(void) {
  RUN(keeps_old_values_readable_through_a_rotation);
  RUN(destroys_a_key_for_good);
  RUN(holds_keys_to_their_states);
  RUN(refuses_rings_that_make_no_sense);
  RUN(holds_256_keys_and_no_more);
  RUN(stops_sealing_before_nonces_could_repeat);
  RUN(never_repeats_a_nonce_in_100000_seals);
  RUN(draws_new_nonces_after_a_fork);
  return finish();
}
