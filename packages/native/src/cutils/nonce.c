/* Random nonces, 341 to a draw. A pool is not shared between processes: a child made by fork() starts with an empty one,
 * or parent and child would seal different texts under the same nonce and give both away. */
#include "cutils/internal.h"

#ifdef _WIN32

static unsigned current_generation(void) { return 0; }
static int watch_forks(void) { return CUTILS_OK; }

#else

#include <pthread.h>
#include <stdatomic.h>

/* The library's only global: how often this process is a fork of the one that loaded it. Only the child writes it,
 * before it runs anything else. */
static _Atomic unsigned fork_generation;
static pthread_once_t watch_once = PTHREAD_ONCE_INIT;
static int watch_failed;

static void count_fork(void) { atomic_fetch_add_explicit(&fork_generation, 1, memory_order_relaxed); }
static void start_watching(void) { watch_failed = pthread_atfork(NULL, NULL, count_fork); }

static unsigned current_generation(void) { return atomic_load_explicit(&fork_generation, memory_order_relaxed); }

static int watch_forks(void) {
  if (pthread_once(&watch_once, start_watching) != 0 || watch_failed) return CUTILS_ENOMEM;
  return CUTILS_OK;
}

#endif

int cutils_nonce_pool_init(nonce_pool *pool) {
  pool->used = NONCE_POOL_BYTES;
  return watch_forks();
}

int cutils_nonce_pool_take(nonce_pool *pool, uint8_t nonce[CUTILS_NONCE_BYTES]) {
  unsigned generation = current_generation();
  if (pool->used + CUTILS_NONCE_BYTES > NONCE_POOL_BYTES || pool->fork_generation != generation) {
    if (RAND_bytes(pool->bytes, NONCE_POOL_BYTES) != 1) {
      pool->used = NONCE_POOL_BYTES;
      return CUTILS_ECRYPTO;
    }
    pool->used = 0;
    pool->fork_generation = generation;
  }
  memcpy(nonce, pool->bytes + pool->used, CUTILS_NONCE_BYTES);
  pool->used += CUTILS_NONCE_BYTES;
  return CUTILS_OK;
}
