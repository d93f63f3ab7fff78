/* The key ring. Every key is expanded once into the contexts that use it; OpenSSL wipes those when they are freed. */
#include <stdlib.h>

#include "cutils/internal.h"

key_slot *cutils_ring_find(cutils_ring *ring, uint32_t id) {
  if (ring->active && ring->active->id == id) return ring->active;
  for (size_t i = 0; i < ring->count; i++) {
    if (ring->slots[i].id == id) return &ring->slots[i];
  }
  return NULL;
}

static void slot_clear(key_slot *slot) {
  EVP_CIPHER_CTX_free(slot->seal);
  EVP_CIPHER_CTX_free(slot->open);
  slot->seal = slot->open = NULL;
}

static int slot_fill(cutils_ring *ring, key_slot *slot, const cutils_key *key) {
  *slot = (key_slot){.id = key->id, .state = key->state};
  if (key->state == CUTILS_DESTROYED) return CUTILS_OK;
  slot->open = EVP_CIPHER_CTX_new();
  bool ok = slot->open && EVP_DecryptInit_ex2(slot->open, ring->cipher, key->key, NULL, NULL) == 1;
  if (ok && key->state == CUTILS_ACTIVE) {
    slot->seal = EVP_CIPHER_CTX_new();
    ok = slot->seal && EVP_EncryptInit_ex2(slot->seal, ring->cipher, key->key, NULL, NULL) == 1;
  }
  if (ok) return CUTILS_OK;
  slot_clear(slot);
  return CUTILS_ECRYPTO;
}

/* Adds one key; the ring is unchanged after a failure. */
static int ring_add(cutils_ring *ring, const cutils_key *key) {
  bool known_state = key->state == CUTILS_ACTIVE || key->state == CUTILS_DECRYPT_ONLY || key->state == CUTILS_DESTROYED;
  if (!known_state) return CUTILS_EARG;
  if (cutils_ring_find(ring, key->id) || ring->count >= CUTILS_KEYS_MAX) return CUTILS_EKEYS;
  key_slot *slot = &ring->slots[ring->count];
  int code = slot_fill(ring, slot, key);
  if (code == CUTILS_OK) ring->count++;
  return code;
}

static int ring_fill(cutils_ring *ring, const cutils_key *keys, size_t count) {
  ring->cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
  if (!ring->cipher) return CUTILS_ECRYPTO;
  int code = cutils_nonce_pool_init(&ring->nonces);
  for (size_t i = 0; code == CUTILS_OK && i < count; i++) {
    if (keys[i].state == CUTILS_ACTIVE && ring->active) return CUTILS_EKEYS;
    code = ring_add(ring, &keys[i]);
    if (code == CUTILS_OK && keys[i].state == CUTILS_ACTIVE) ring->active = &ring->slots[i];
  }
  return code;
}

int cutils_ring_new(const cutils_key *keys, size_t count, const uint8_t index_key[CUTILS_KEY_BYTES], cutils_ring **out) {
  if (!out) return CUTILS_EARG;
  *out = NULL;
  if ((!keys && count) || !index_key) return CUTILS_EARG;
  if (count > CUTILS_KEYS_MAX) return CUTILS_EKEYS;
  cutils_ring *ring = calloc(1, sizeof *ring);
  if (!ring) return CUTILS_ENOMEM;
  memcpy(ring->index_key, index_key, CUTILS_KEY_BYTES);
  int code = ring_fill(ring, keys, count);
  if (code == CUTILS_OK) {
    *out = ring;
  } else {
    cutils_ring_free(ring);
  }
  return code;
}

void cutils_ring_free(cutils_ring *ring) {
  if (!ring) return;
  for (size_t i = 0; i < ring->count; i++) slot_clear(&ring->slots[i]);
  EVP_CIPHER_free(ring->cipher);
  OPENSSL_cleanse(ring, sizeof *ring);
  free(ring);
}

int cutils_ring_rotate(cutils_ring *ring, uint32_t id, const uint8_t key[CUTILS_KEY_BYTES]) {
  if (!ring || !key) return CUTILS_EARG;
  cutils_key added = {.id = id, .state = CUTILS_ACTIVE};
  memcpy(added.key, key, CUTILS_KEY_BYTES);
  int code = ring_add(ring, &added);
  OPENSSL_cleanse(&added, sizeof added);
  if (code != CUTILS_OK) return code;
  if (ring->active) {
    ring->active->state = CUTILS_DECRYPT_ONLY;
    EVP_CIPHER_CTX_free(ring->active->seal);
    ring->active->seal = NULL;
  }
  ring->active = &ring->slots[ring->count - 1];
  return CUTILS_OK;
}

int cutils_ring_destroy_key(cutils_ring *ring, uint32_t id) {
  if (!ring) return CUTILS_EARG;
  key_slot *slot = cutils_ring_find(ring, id);
  if (!slot) return CUTILS_EUNKNOWNKEY;
  slot_clear(slot);
  slot->state = CUTILS_DESTROYED;
  if (ring->active == slot) ring->active = NULL;
  return CUTILS_OK;
}
