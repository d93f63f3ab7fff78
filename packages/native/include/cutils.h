/* libcutils: sealing of stored fields, search tokens, SHA-256 and Merkle proofs. C11 over OpenSSL 3's EVP.
 *
 * Rules that hold for every function here, so that they are not repeated below:
 *   - Lengths are bytes. Bytes are given as pointer and length; NULL is fine where the length is 0. Nothing is
 *     expected to end in NUL and nothing written does.
 *   - Nothing is kept of the caller's memory after a call returns. Only *_new allocates; its result is freed by the
 *     matching *_free, which takes NULL. All other memory is the caller's.
 *   - A function that can fail returns CUTILS_OK (0) or a negative cutils_code, checked by the compiler. After a failure
 *     the outputs hold zeros or are untouched, never part of a secret, and the object can be used again.
 *   - Input and output of seal and open must not overlap, except aes_gcm_* where out == in is allowed.
 *   - A ring or a hasher belongs to one thread at a time; different objects are independent. Everything else is
 *     stateless and may run on any thread. After fork() both processes may go on: nonces are never shared.
 *   - Why a tag did not fit (key, place, nonce or one flipped bit) is not said, on purpose: it is CUTILS_EOPEN. */
#ifndef CUTILS_H
#define CUTILS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define CUTILS_MUST_CHECK __attribute__((warn_unused_result))
#else
#define CUTILS_MUST_CHECK
#endif

typedef enum cutils_code {
  CUTILS_OK = 0,
  CUTILS_EARG = -1,        /* a length or number outside its stated range, or NULL where bytes are needed */
  CUTILS_ETOOBIG = -2,     /* more bytes than the stated limit; nothing was read */
  CUTILS_ENOSPACE = -3,    /* the output has no room; nothing was written */
  CUTILS_EENVELOPE = -4,   /* not an envelope: too short, unknown version or algorithm */
  CUTILS_EUNKNOWNKEY = -5, /* the envelope names a key that the ring does not have */
  CUTILS_EDESTROYED = -6,  /* ... a key that was destroyed: the value is gone for good */
  CUTILS_EOPEN = -7,       /* the tag does not fit */
  CUTILS_ENOACTIVE = -8,   /* sealing with a ring that has no active key */
  CUTILS_EEXHAUSTED = -9,  /* the active key sealed CUTILS_SEALS_MAX values in this process: rotate */
  CUTILS_EKEYS = -10,      /* a ring with two active keys, an id twice, or too many keys */
  CUTILS_EPROOF = -11,     /* a Merkle proof that does not prove it */
  CUTILS_ENOMEM = -12,     /* out of memory */
  CUTILS_ECRYPTO = -13     /* OpenSSL failed or the system gave no random bytes */
} cutils_code;

/* The code's name for people and logs ("open-failed"), constant text; "unknown" for a number that is no code. */
const char *cutils_code_name(int code);

/* ---- Primitives -------------------------------------------------------------------------------------------------- */

#define CUTILS_KEY_BYTES 32
#define CUTILS_NONCE_BYTES 12
#define CUTILS_TAG_BYTES 16
#define CUTILS_HASH_BYTES 32
#define CUTILS_TEXT_BYTES_MAX ((size_t)1 << 30) /* of one value; far below what GCM allows, so that int never overflows */

/* AES-256-GCM, one value (NIST SP 800-38D). The caller answers for the nonce: the same one twice under one key gives
 * both texts away. Prefer cutils_seal.
 * out  len + CUTILS_TAG_BYTES: the ciphertext, then the tag. CUTILS_ETOOBIG when len or aad_len is over the limit. */
CUTILS_MUST_CHECK int aes_gcm_encrypt(const uint8_t key[CUTILS_KEY_BYTES], const uint8_t nonce[CUTILS_NONCE_BYTES],
                                      const uint8_t *aad, size_t aad_len, const uint8_t *in, size_t len, uint8_t *out);

/* The way back. len includes the tag (CUTILS_EENVELOPE when shorter than one); out takes len - CUTILS_TAG_BYTES.
 * CUTILS_EOPEN, and out all zeros, unless key, nonce, aad and every bit of in are those of the encryption. */
CUTILS_MUST_CHECK int aes_gcm_decrypt(const uint8_t key[CUTILS_KEY_BYTES], const uint8_t nonce[CUTILS_NONCE_BYTES],
                                      const uint8_t *aad, size_t aad_len, const uint8_t *in, size_t len, uint8_t *out);

/* SHA-256 (FIPS 180-4) of data[0..len), any length. */
CUTILS_MUST_CHECK int sha256(const uint8_t *data, size_t len, uint8_t out[CUTILS_HASH_BYTES]);

/* 1 when the len bytes are the same, 0 when not, in a time that depends on len alone. */
int cutils_equal(const uint8_t *a, const uint8_t *b, size_t len);

/* Overwrites len bytes with zeros; not optimised away. For secrets the caller held. */
void cutils_wipe(void *bytes, size_t len);

/* ---- Key ring ---------------------------------------------------------------------------------------------------- */

typedef enum cutils_key_state {
  CUTILS_ACTIVE = 1,       /* seals and opens; at most one in a ring */
  CUTILS_DECRYPT_ONLY = 2, /* opens what it sealed before */
  CUTILS_DESTROYED = 3     /* known by number only: opening says CUTILS_EDESTROYED */
} cutils_key_state;

typedef struct cutils_key {
  uint32_t id;                   /* any number, once in a ring; it is written into every envelope */
  cutils_key_state state;
  uint8_t key[CUTILS_KEY_BYTES]; /* ignored for a destroyed key */
} cutils_key;

#define CUTILS_KEYS_MAX 256
#define CUTILS_SEALS_MAX ((uint64_t)1 << 32) /* random nonces under one key, SP 800-38D section 8.3 */

typedef struct cutils_ring cutils_ring;

/* Makes a ring of keys[0..count), 0 <= count <= CUTILS_KEYS_MAX. The keys are copied: wipe your own copy.
 * index_key  keys the search tokens, independent of the sealing keys so that rotation keeps them findable.
 * *out       the ring, or NULL after a failure (CUTILS_EARG, CUTILS_EKEYS, CUTILS_ENOMEM, CUTILS_ECRYPTO). */
CUTILS_MUST_CHECK int cutils_ring_new(const cutils_key *keys, size_t count, const uint8_t index_key[CUTILS_KEY_BYTES],
                                      cutils_ring **out);

/* Wipes every secret of the ring and frees it. */
void cutils_ring_free(cutils_ring *ring);

/* Rotation: adds the key under a new id as the active one; the one active so far becomes decrypt-only. */
CUTILS_MUST_CHECK int cutils_ring_rotate(cutils_ring *ring, uint32_t id, const uint8_t key[CUTILS_KEY_BYTES]);

/* Wipes one key. What it sealed cannot be opened any more, which is how a tenant's data is shredded. */
CUTILS_MUST_CHECK int cutils_ring_destroy_key(cutils_ring *ring, uint32_t id);

/* ---- Envelope ----------------------------------------------------------------------------------------------------
 *
 *   byte   0        1           2..5           6..17    18..             last 16
 *          0x01     0x01        key id         nonce    ciphertext       tag
 *          version  AES-256-GCM big-endian     random   as long as text
 *
 * The additional data binds a value to its place: each of "v1", tenant, table, column, row and the key id (4 bytes
 * big-endian) preceded by its length as 4 bytes big-endian. Moved to another row, column, table or tenant it does not open. */
#define CUTILS_ENVELOPE_VERSION 0x01
#define CUTILS_ALG_AES_256_GCM 0x01
#define CUTILS_HEADER_BYTES (1 + 1 + 4 + CUTILS_NONCE_BYTES)
#define CUTILS_OVERHEAD_BYTES (CUTILS_HEADER_BYTES + CUTILS_TAG_BYTES)
#define CUTILS_NAME_BYTES_MAX 255 /* of tenant, table, column, field; each at least 1 */
#define CUTILS_ROW_BYTES_MAX 255  /* of a row's id; at least 1 */

typedef struct cutils_span {
  const uint8_t *bytes;
  size_t len;
} cutils_span;

/* The part of a place that many values share, made once. Plain memory: copy it freely, nothing to free. */
typedef struct cutils_column {
  size_t len;
  uint8_t aad[4 + 2 + 3 * (4 + CUTILS_NAME_BYTES_MAX)];
} cutils_column;

/* Fills *out. CUTILS_EARG when a name is empty or longer than CUTILS_NAME_BYTES_MAX. */
CUTILS_MUST_CHECK int cutils_column_init(cutils_column *out, cutils_span tenant, cutils_span table, cutils_span column);

/* Seals text under the ring's active key with a fresh random nonce.
 * out      text.len + CUTILS_OVERHEAD_BYTES; cap says how much there is (CUTILS_ENOSPACE)
 * out_len  set to the bytes written, 0 after a failure */
CUTILS_MUST_CHECK int cutils_seal(cutils_ring *ring, const cutils_column *column, cutils_span row, cutils_span text,
                                  uint8_t *out, size_t cap, size_t *out_len);

/* Opens an envelope sealed for the same place. Only the key it names is tried.
 * out      sealed.len - CUTILS_OVERHEAD_BYTES; written only as a whole: it is zeros after CUTILS_EOPEN */
CUTILS_MUST_CHECK int cutils_open(cutils_ring *ring, const cutils_column *column, cutils_span row, cutils_span sealed,
                                  uint8_t *out, size_t cap, size_t *out_len);

/* The key id an envelope names, without opening it (which values a rotation still has to re-seal). */
CUTILS_MUST_CHECK int cutils_envelope_key_id(cutils_span sealed, uint32_t *out);

/* One entry of a batch: in, column and row are given; out, cap as for seal and open; out_len and code are filled. */
typedef struct cutils_item {
  const cutils_column *column;
  cutils_span row, in;
  uint8_t *out;
  size_t cap, out_len;
  int code;
} cutils_item;

/* Seals or opens every item; a failing one does not stop the others. Returns CUTILS_OK or the first item's failure. */
CUTILS_MUST_CHECK int cutils_seal_many(cutils_ring *ring, cutils_item *items, size_t count);
CUTILS_MUST_CHECK int cutils_open_many(cutils_ring *ring, cutils_item *items, size_t count);

/* ---- Search tokens ------------------------------------------------------------------------------------------------
 *
 * token = HMAC-SHA-256(field key, value) with
 * field key = HMAC-SHA-256(tenant key, "field" and its name), tenant key = HMAC-SHA-256(index key, "tenant" and its name),
 * names written as in the envelope. Equal values of one tenant and field have equal tokens; across tenants or fields
 * nothing matches. The caller normalises the value first (case, hyphens). */
typedef struct cutils_field cutils_field;

/* The prepared key of one field of one tenant, derived from the ring; it does not need the ring afterwards.
 * One thread at a time. Freed (and wiped) by cutils_field_free. */
CUTILS_MUST_CHECK int cutils_field_new(cutils_ring *ring, cutils_span tenant, cutils_span field, cutils_field **out);
void cutils_field_free(cutils_field *field);

/* The token of a value, which may be empty. */
CUTILS_MUST_CHECK int cutils_token(cutils_field *field, cutils_span value, uint8_t out[CUTILS_HASH_BYTES]);

/* HMAC-SHA-256 (RFC 2104) of data under a key of any length. */
CUTILS_MUST_CHECK int cutils_hmac_sha256(cutils_span key, cutils_span data, uint8_t out[CUTILS_HASH_BYTES]);

/* ---- Merkle trees (RFC 9162, section 2.1) -------------------------------------------------------------------------
 *
 * leaf = SHA-256(0x00 | data), node = SHA-256(0x01 | left | right), the root of no leaves is SHA-256 of nothing.
 * Leaves, nodes and proofs are arrays of CUTILS_HASH_BYTES each, one after the other. Numbers of leaves are uint64_t;
 * a tree that is built from an array has at most CUTILS_LEAVES_MAX. */
#define CUTILS_LEAVES_MAX ((uint64_t)1 << 32)
#define CUTILS_PROOF_NODES_MAX 65 /* a consistency proof has at most this many nodes, an inclusion proof one less */

/* A reusable SHA-256 context: several times faster than sha256() for many short inputs. */
typedef struct cutils_hasher cutils_hasher;
CUTILS_MUST_CHECK int cutils_hasher_new(cutils_hasher **out);
void cutils_hasher_free(cutils_hasher *hasher);
CUTILS_MUST_CHECK int cutils_hasher_sha256(cutils_hasher *hasher, cutils_span data, uint8_t out[CUTILS_HASH_BYTES]);

CUTILS_MUST_CHECK int cutils_merkle_leaf(cutils_hasher *hasher, cutils_span data, uint8_t out[CUTILS_HASH_BYTES]);

/* The root of leaves[0..count). */
CUTILS_MUST_CHECK int cutils_merkle_root(cutils_hasher *hasher, const uint8_t *leaves, uint64_t count,
                                         uint8_t out[CUTILS_HASH_BYTES]);

/* The audit path of leaf number index (from 0, below count).
 * proof  room for CUTILS_PROOF_NODES_MAX nodes; *nodes says how many were written */
CUTILS_MUST_CHECK int cutils_merkle_inclusion(cutils_hasher *hasher, const uint8_t *leaves, uint64_t count,
                                              uint64_t index, uint8_t *proof, size_t *nodes);

/* The proof that the tree of the first old_count leaves is a prefix of that of all count; 1 <= old_count <= count. */
CUTILS_MUST_CHECK int cutils_merkle_consistency(cutils_hasher *hasher, const uint8_t *leaves, uint64_t count,
                                                uint64_t old_count, uint8_t *proof, size_t *nodes);

/* CUTILS_OK when the proof shows that leaf is number index of the tree with this root and count, else CUTILS_EPROOF.
 * Everything given may be hostile; only proof[0..nodes) is read, and more than CUTILS_PROOF_NODES_MAX is no proof. */
CUTILS_MUST_CHECK int cutils_merkle_verify_inclusion(cutils_hasher *hasher, const uint8_t leaf[CUTILS_HASH_BYTES],
                                                     uint64_t index, uint64_t count, const uint8_t *proof, size_t nodes,
                                                     const uint8_t root[CUTILS_HASH_BYTES]);

/* The same for consistency. Equal counts need equal roots and an empty proof. An old tree of no leaves is consistent
 * with every tree by definition, and no proof says so: CUTILS_EPROOF, to make the caller decide. */
CUTILS_MUST_CHECK int cutils_merkle_verify_consistency(cutils_hasher *hasher, uint64_t old_count, uint64_t count,
                                                       const uint8_t *proof, size_t nodes,
                                                       const uint8_t old_root[CUTILS_HASH_BYTES],
                                                       const uint8_t root[CUTILS_HASH_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
