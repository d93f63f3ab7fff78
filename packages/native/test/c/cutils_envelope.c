/* The envelope: what opens where, what never does, and the life of keys. */
#include <sys/wait.h>

#include "check.h"
#include "cutils.h"
#include "cutils/internal.h"
#include "hex.h"

#define TEXT(literal) ((cutils_span){(const uint8_t *)(literal), sizeof(literal) - 1})

static const uint8_t index_key[32] = {9};

static cutils_key make_key(uint32_t id, cutils_key_state state) {
  cutils_key key = {.id = id, .state = state};
  memset(key.key, (int)(id % 251 + 1), sizeof key.key);
  return key;
}

static cutils_ring *make_ring(const cutils_key *keys, size_t count) {
  cutils_ring *ring = NULL;
  CHECK_INT(cutils_ring_new(keys, count, index_key, &ring), CUTILS_OK);
  return ring;
}

static cutils_ring *one_key_ring(uint32_t id) {
  cutils_key key = make_key(id, CUTILS_ACTIVE);
  return make_ring(&key, 1);
}

static cutils_column make_column(cutils_span tenant, cutils_span table, cutils_span column) {
  cutils_column made;
  CHECK_INT(cutils_column_init(&made, tenant, table, column), CUTILS_OK);
  return made;
}

static const cutils_span text = TEXT("123-45-6789"), row = TEXT("r1");
#define SEALED_BYTES (11 + CUTILS_OVERHEAD_BYTES)

static cutils_column ssn(void) { return make_column(TEXT("t1"), TEXT("patient"), TEXT("ssn")); }

static void seal_text(cutils_ring *ring, uint8_t sealed[SEALED_BYTES]) {
  cutils_column column = ssn();
  size_t len = 0;
  CHECK_INT(cutils_seal(ring, &column, row, text, sealed, SEALED_BYTES, &len), CUTILS_OK);
  CHECK_INT(len, SEALED_BYTES);
}

static int open_text(cutils_ring *ring, const uint8_t *sealed, size_t sealed_len, uint8_t out[64]) {
  cutils_column column = ssn();
  size_t len = 99;
  int code = cutils_open(ring, &column, row, (cutils_span){sealed, sealed_len}, out, 64, &len);
  CHECK_INT(len, code == CUTILS_OK ? sealed_len - CUTILS_OVERHEAD_BYTES : 0);
  return code;
}

TEST(opens_what_it_sealed) {
  cutils_ring *ring = one_key_ring(7);
  uint8_t sealed[SEALED_BYTES], out[64];
  seal_text(ring, sealed);
  CHECK_INT(open_text(ring, sealed, sizeof sealed, out), CUTILS_OK);
  CHECK_BYTES(out, text.bytes, text.len);
  cutils_ring_free(ring);
}

TEST(writes_the_envelope_as_documented) {
  cutils_ring *ring = one_key_ring(0x01020304);
  uint8_t sealed[SEALED_BYTES];
  seal_text(ring, sealed);
  CHECK_INT(sealed[0], 1);
  CHECK_INT(sealed[1], 1);
  CHECK_INT(get_u32(sealed + 2), 0x01020304);
  /* Opened by hand: the key, the nonce at 6, the additional data written out. */
  uint8_t aad[64], out[64];
  size_t aad_len = hex(
      "00000002" "7631" "00000002" "7431" "00000007" "70617469656e74" "00000003" "73736e" "00000002" "7231" "00000004"
      "01020304", aad);
  cutils_key key = make_key(0x01020304, CUTILS_ACTIVE);
  CHECK_INT(aes_gcm_decrypt(key.key, sealed + 6, aad, aad_len, sealed + 18, sizeof sealed - 18, out), CUTILS_OK);
  CHECK_BYTES(out, text.bytes, text.len);
  cutils_ring_free(ring);
}

TEST(seals_empty_and_long_texts) {
  cutils_ring *ring = one_key_ring(1);
  cutils_column column = ssn();
  size_t lens[] = {0, 1, 15, 16, 17, 4096, 1000003}, written = 0;
  for (size_t i = 0; i < sizeof lens / sizeof lens[0]; i++) {
    uint8_t *long_text = malloc(lens[i] + 1), *sealed = malloc(lens[i] + CUTILS_OVERHEAD_BYTES), *out = malloc(lens[i] + 1);
    for (size_t j = 0; j < lens[i]; j++) long_text[j] = (uint8_t)(j * 31);
    cutils_span whole = {lens[i] ? long_text : NULL, lens[i]};
    CHECK_INT(cutils_seal(ring, &column, row, whole, sealed, lens[i] + CUTILS_OVERHEAD_BYTES, &written), CUTILS_OK);
    CHECK_INT(cutils_open(ring, &column, row, (cutils_span){sealed, written}, out, lens[i], &written), CUTILS_OK);
    CHECK_INT(written, lens[i]);
    CHECK_BYTES(out, long_text, lens[i]);
    free(long_text);
    free(sealed);
    free(out);
  }
  cutils_ring_free(ring);
}

TEST(refuses_every_flipped_bit) {
  cutils_ring *ring = one_key_ring(7);
  uint8_t sealed[SEALED_BYTES], out[64], zeros[64] = {0};
  seal_text(ring, sealed);
  for (size_t bit = 0; bit < sizeof sealed * 8; bit++) {
    sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
    int code = open_text(ring, sealed, sizeof sealed, out);
    CHECK_INT(code, bit < 16 ? CUTILS_EENVELOPE : bit < 48 ? CUTILS_EUNKNOWNKEY : CUTILS_EOPEN);
    if (code == CUTILS_EOPEN) CHECK_BYTES(out, zeros, text.len);
    sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
  }
  cutils_ring_free(ring);
}

TEST(refuses_every_truncation_reading_nothing_behind_the_end) {
  cutils_ring *ring = one_key_ring(7);
  uint8_t sealed[SEALED_BYTES], out[64];
  seal_text(ring, sealed);
  for (size_t len = 0; len < sizeof sealed; len++) {
    uint8_t *cut = guarded(sealed, len);
    CHECK_INT(open_text(ring, cut, len, out), len < CUTILS_OVERHEAD_BYTES ? CUTILS_EENVELOPE : CUTILS_EOPEN);
    guarded_free(cut, len);
  }
  uint8_t longer[SEALED_BYTES + 1] = {0};
  memcpy(longer, sealed, sizeof sealed);
  CHECK_INT(open_text(ring, longer, sizeof longer, out), CUTILS_EOPEN);
  cutils_ring_free(ring);
}

TEST(refuses_a_value_that_was_moved) {
  cutils_ring *ring = one_key_ring(7);
  uint8_t sealed[SEALED_BYTES], out[64];
  seal_text(ring, sealed);
  cutils_span envelope = {sealed, sizeof sealed};
  cutils_column moved[] = {
      make_column(TEXT("t2"), TEXT("patient"), TEXT("ssn")),
      make_column(TEXT("t1"), TEXT("person"), TEXT("ssn")),
      make_column(TEXT("t1"), TEXT("patient"), TEXT("phone")),
      make_column(TEXT("t1p"), TEXT("atient"), TEXT("ssn")), /* the same letters, cut elsewhere */
      make_column(TEXT("t1"), TEXT("patients"), TEXT("sn")),
  };
  size_t len = 0;
  for (size_t i = 0; i < sizeof moved / sizeof moved[0]; i++) {
    CHECK_INT(cutils_open(ring, &moved[i], row, envelope, out, sizeof out, &len), CUTILS_EOPEN);
  }
  cutils_column column = ssn();
  CHECK_INT(cutils_open(ring, &column, TEXT("r2"), envelope, out, sizeof out, &len), CUTILS_EOPEN);
  CHECK_INT(cutils_open(ring, &column, TEXT("r1\0"), envelope, out, sizeof out, &len), CUTILS_EOPEN);
  CHECK_INT(cutils_open(ring, &column, row, envelope, out, sizeof out, &len), CUTILS_OK);
  cutils_ring_free(ring);
}

TEST(refuses_the_same_key_number_with_another_key) {
  cutils_ring *ring = one_key_ring(7);
  uint8_t sealed[SEALED_BYTES], out[64];
  seal_text(ring, sealed);
  cutils_key other = make_key(8, CUTILS_ACTIVE);
  other.id = 7;
  cutils_ring *impostor = make_ring(&other, 1);
  CHECK_INT(open_text(impostor, sealed, sizeof sealed, out), CUTILS_EOPEN);
  cutils_ring_free(impostor);
  cutils_ring_free(ring);
}

TEST(refuses_a_value_renamed_to_another_key_of_the_ring) {
  cutils_key keys[] = {make_key(7, CUTILS_ACTIVE), make_key(8, CUTILS_DECRYPT_ONLY)};
  cutils_ring *ring = make_ring(keys, 2);
  uint8_t sealed[SEALED_BYTES], out[64];
  seal_text(ring, sealed);
  put_u32(sealed + 2, 8);
  CHECK_INT(open_text(ring, sealed, sizeof sealed, out), CUTILS_EOPEN);
  cutils_ring_free(ring);
}

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

TEST(says_when_there_is_no_room_and_writes_nothing) {
  cutils_ring *ring = one_key_ring(1);
  cutils_column column = ssn();
  uint8_t sealed[SEALED_BYTES], untouched[SEALED_BYTES], out[64];
  memset(sealed, 0xee, sizeof sealed);
  memset(untouched, 0xee, sizeof untouched);
  size_t len = 1;
  CHECK_INT(cutils_seal(ring, &column, row, text, sealed, SEALED_BYTES - 1, &len), CUTILS_ENOSPACE);
  CHECK_BYTES(sealed, untouched, sizeof sealed);
  CHECK_INT(len, 0);
  seal_text(ring, sealed);
  CHECK_INT(cutils_open(ring, &column, row, (cutils_span){sealed, sizeof sealed}, out, text.len - 1, &len), CUTILS_ENOSPACE);
  cutils_span too_big = {sealed, CUTILS_TEXT_BYTES_MAX + 1};
  CHECK_INT(cutils_seal(ring, &column, row, too_big, sealed, SIZE_MAX, &len), CUTILS_ETOOBIG);
  too_big.len += CUTILS_OVERHEAD_BYTES;
  CHECK_INT(cutils_open(ring, &column, row, too_big, out, SIZE_MAX, &len), CUTILS_ETOOBIG);
  cutils_ring_free(ring);
}

TEST(checks_every_argument) {
  cutils_ring *ring = one_key_ring(1);
  cutils_column column = ssn(), bad = column;
  uint8_t sealed[SEALED_BYTES], name[CUTILS_NAME_BYTES_MAX + 1] = {1};
  size_t len = 0;
  uint32_t id = 0;
  cutils_span long_name = {name, sizeof name}, longest = {name, CUTILS_NAME_BYTES_MAX}, missing = {NULL, 3};
  CHECK_INT(cutils_seal(NULL, &column, row, text, sealed, sizeof sealed, &len), CUTILS_EARG);
  CHECK_INT(cutils_seal(ring, NULL, row, text, sealed, sizeof sealed, &len), CUTILS_EARG);
  CHECK_INT(cutils_seal(ring, &column, TEXT(""), text, sealed, sizeof sealed, &len), CUTILS_EARG);
  CHECK_INT(cutils_seal(ring, &column, long_name, text, sealed, sizeof sealed, &len), CUTILS_EARG);
  CHECK_INT(cutils_seal(ring, &column, missing, text, sealed, sizeof sealed, &len), CUTILS_EARG);
  CHECK_INT(cutils_seal(ring, &column, row, missing, sealed, sizeof sealed, &len), CUTILS_EARG);
  CHECK_INT(cutils_seal(ring, &column, row, text, NULL, sizeof sealed, &len), CUTILS_EARG);
  CHECK_INT(cutils_seal(ring, &column, row, text, sealed, sizeof sealed, NULL), CUTILS_EARG);
  CHECK_INT(cutils_open(ring, &column, row, text, NULL, 0, &len), CUTILS_EARG);
  bad.len = 0;
  CHECK_INT(cutils_seal(ring, &bad, row, text, sealed, sizeof sealed, &len), CUTILS_EARG);
  bad.len = sizeof bad.aad + 1;
  CHECK_INT(cutils_seal(ring, &bad, row, text, sealed, sizeof sealed, &len), CUTILS_EARG);
  CHECK_INT(cutils_column_init(&bad, TEXT(""), text, text), CUTILS_EARG);
  CHECK_INT(bad.len, 0);
  CHECK_INT(cutils_column_init(&bad, text, long_name, text), CUTILS_EARG);
  CHECK_INT(cutils_column_init(&bad, text, text, missing), CUTILS_EARG);
  CHECK_INT(cutils_column_init(NULL, text, text, text), CUTILS_EARG);
  CHECK_INT(cutils_column_init(&bad, longest, longest, longest), CUTILS_OK);
  CHECK_INT(cutils_seal(ring, &bad, longest, text, sealed, sizeof sealed, &len), CUTILS_OK);
  CHECK_INT(cutils_envelope_key_id(missing, &id), CUTILS_EARG);
  CHECK_INT(cutils_envelope_key_id(text, NULL), CUTILS_EARG);
  CHECK_INT(cutils_envelope_key_id(text, &id), CUTILS_EENVELOPE);
  cutils_ring_free(ring);
}

TEST(a_batch_is_the_same_as_its_items_and_reports_each) {
  enum { ITEMS = 50 };
  cutils_ring *ring = one_key_ring(1);
  cutils_column column = ssn();
  uint8_t sealed[ITEMS][SEALED_BYTES], out[ITEMS][16], rows[ITEMS];
  cutils_item items[ITEMS];
  for (uint8_t i = 0; i < ITEMS; i++) {
    rows[i] = i;
    items[i] = (cutils_item){.column = &column, .row = {&rows[i], 1}, .in = text, .out = sealed[i], .cap = SEALED_BYTES};
  }
  CHECK_INT(cutils_seal_many(ring, items, ITEMS), CUTILS_OK);
  for (uint8_t i = 0; i < ITEMS; i++) {
    CHECK_INT(items[i].out_len, SEALED_BYTES);
    items[i] = (cutils_item){
        .column = &column, .row = {&rows[i], 1}, .in = {sealed[i], SEALED_BYTES}, .out = out[i], .cap = sizeof out[i]};
  }
  CHECK_INT(cutils_open_many(ring, items, ITEMS), CUTILS_OK);
  for (size_t i = 0; i < ITEMS; i++) CHECK_BYTES(out[i], text.bytes, text.len);
  sealed[3][20] ^= 1;
  items[10].in.len = 5;
  CHECK_INT(cutils_open_many(ring, items, ITEMS), CUTILS_EOPEN);
  CHECK_INT(items[3].code, CUTILS_EOPEN);
  CHECK_INT(items[10].code, CUTILS_EENVELOPE);
  CHECK_INT(items[11].code, CUTILS_OK);
  items[0].row.len = 0;
  CHECK_INT(cutils_seal_many(ring, items, 1), CUTILS_EARG);
  CHECK_INT(cutils_seal_many(ring, NULL, 1), CUTILS_EARG);
  CHECK_INT(cutils_open_many(ring, NULL, 1), CUTILS_EARG);
  CHECK_INT(cutils_seal_many(ring, NULL, 0), CUTILS_OK);
  CHECK_INT(cutils_open_many(ring, NULL, 0), CUTILS_OK);
  cutils_ring_free(ring);
}

int main(void) {
  RUN(opens_what_it_sealed);
  RUN(writes_the_envelope_as_documented);
  RUN(seals_empty_and_long_texts);
  RUN(refuses_every_flipped_bit);
  RUN(refuses_every_truncation_reading_nothing_behind_the_end);
  RUN(refuses_a_value_that_was_moved);
  RUN(refuses_the_same_key_number_with_another_key);
  RUN(refuses_a_value_renamed_to_another_key_of_the_ring);
  RUN(keeps_old_values_readable_through_a_rotation);
  RUN(destroys_a_key_for_good);
  RUN(holds_keys_to_their_states);
  RUN(refuses_rings_that_make_no_sense);
  RUN(holds_256_keys_and_no_more);
  RUN(stops_sealing_before_nonces_could_repeat);
  RUN(never_repeats_a_nonce_in_100000_seals);
  RUN(draws_new_nonces_after_a_fork);
  RUN(says_when_there_is_no_room_and_writes_nothing);
  RUN(checks_every_argument);
  RUN(a_batch_is_the_same_as_its_items_and_reports_each);
  return finish();
}
