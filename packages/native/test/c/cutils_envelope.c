/* The envelope: what opens where, and what never does. */
#include "cutils/internal.h"
#include "hex.h"

#include "cutils_sealing.h"

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
  RUN(says_when_there_is_no_room_and_writes_nothing);
  RUN(checks_every_argument);
  RUN(a_batch_is_the_same_as_its_items_and_reports_each);
  return finish();
}
