/* Numbers of every size, the same in every run: as many small ones as large ones. */
#ifndef INFIRMARY_BILL_RANDOM_H
#define INFIRMARY_BILL_RANDOM_H

#include <stdint.h>

static uint64_t random_state = 0x9e3779b97f4a7c15u;

static inline uint64_t any(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state * 0x2545f4914f6cdd1du >> (random_state >> 58);
}

/* From 0 to below n. */
static inline int64_t below(int64_t n) { return (int64_t)(any() % (uint64_t)n); }

#endif
