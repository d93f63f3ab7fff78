/* What the files of libcutils share with each other and show nobody. */
#ifndef CUTILS_INTERNAL_H
#define CUTILS_INTERNAL_H

#include <stdbool.h>
#include <string.h>

#include "cutils.h"
#include "cutils/openssl3.h"

/* Random bytes for nonces, drawn a block at a time: one call to the generator costs more than a seal. */
#define NONCE_POOL_BYTES 4096
typedef struct nonce_pool {
  size_t used;              /* bytes handed out; NONCE_POOL_BYTES and more: empty */
  unsigned fork_generation; /* the pool was drawn in this one; in another it is somebody else's */
  uint8_t bytes[NONCE_POOL_BYTES];
} nonce_pool;

/* Makes the pool empty and the process count its forks. */
int cutils_nonce_pool_init(nonce_pool *pool);
/* The next unused nonce. */
int cutils_nonce_pool_take(nonce_pool *pool, uint8_t nonce[CUTILS_NONCE_BYTES]);

/* AES-256-GCM with a context that already holds the key. Bounds are the caller's business. */
int cutils_gcm_seal(EVP_CIPHER_CTX *context, const uint8_t *nonce, cutils_span aad, cutils_span text, uint8_t *out);
int cutils_gcm_open(EVP_CIPHER_CTX *context, const uint8_t *nonce, cutils_span aad, cutils_span sealed, uint8_t *out);

/* HMAC-SHA-256 with the key's two blocks already absorbed. */
int cutils_field_from_key(cutils_span key, cutils_field **out);

/* SHA-256 of one byte (none when prefix is NULL) and data. */
int cutils_hasher_prefixed(cutils_hasher *hasher, const uint8_t *prefix, cutils_span data, uint8_t out[CUTILS_HASH_BYTES]);

/* SHA-256(0x01 | left | right); out may be one of them. */
int cutils_merkle_node(cutils_hasher *hasher, const uint8_t *left, const uint8_t *right, uint8_t out[CUTILS_HASH_BYTES]);

/* One key of a ring. A context is there when the state allows its use. */
typedef struct key_slot {
  uint32_t id;
  cutils_key_state state;
  uint64_t seals;
  EVP_CIPHER_CTX *seal, *open;
} key_slot;

struct cutils_ring {
  size_t count;
  key_slot *active; /* NULL: the ring only opens */
  EVP_CIPHER *cipher;
  nonce_pool nonces;
  uint8_t index_key[CUTILS_KEY_BYTES];
  key_slot slots[CUTILS_KEYS_MAX];
};

/* The slot with this id, or NULL. */
key_slot *cutils_ring_find(cutils_ring *ring, uint32_t id);

static inline bool span_ok(cutils_span span) { return span.bytes != NULL || span.len == 0; }

/* Names and row ids: at least one byte, at most max. */
static inline bool name_ok(cutils_span name, size_t max) { return name.bytes != NULL && name.len >= 1 && name.len <= max; }

static inline uint8_t *put_u32(uint8_t *at, uint32_t number) {
  at[0] = (uint8_t)(number >> 24);
  at[1] = (uint8_t)(number >> 16);
  at[2] = (uint8_t)(number >> 8);
  at[3] = (uint8_t)number;
  return at + 4;
}

static inline uint32_t get_u32(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Length, then bytes: two different lists of parts never give the same bytes. Callers check len against a limit. */
static inline uint8_t *put_part(uint8_t *at, const void *bytes, size_t len) {
  at = put_u32(at, (uint32_t)len);
  memcpy(at, bytes, len);
  return at + len;
}

#endif
