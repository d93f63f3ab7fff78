/* Products of two 64-bit numbers in full, and their division. Where the compiler has a 128-bit integer it is used;
 * elsewhere (MSVC) the same is done in halves. A test compiles both and compares them. */
#ifndef BILL_WIDE_H
#define BILL_WIDE_H

#include <stdint.h>

typedef struct wide {
  uint64_t high, low;
} wide;

static inline wide wide_times_in_halves(uint64_t a, uint64_t b) {
  const uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
  const uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;
  return (wide){a1 * b1 + (middle >> 32) + (other >> 32), other << 32 | (uint32_t)low};
}

/* n / d and what remains, bit by bit. n.high < d: the quotient fits. */
static inline uint64_t wide_over_in_bits(wide n, uint64_t d, uint64_t *remainder) {
  uint64_t rest = n.high, quotient = 0;
  for (int bit = 63; bit >= 0; bit--) {
    const uint64_t carry = rest >> 63;
    rest = rest << 1 | (n.low >> bit & 1);
    if (!carry && rest < d) continue;
    rest -= d;
    quotient |= (uint64_t)1 << bit;
  }
  *remainder = rest;
  return quotient;
}

#if defined(__SIZEOF_INT128__)
__extension__ typedef unsigned __int128 wide_native;

static inline wide wide_times(uint64_t a, uint64_t b) {
  const wide_native product = (wide_native)a * b;
  return (wide){(uint64_t)(product >> 64), (uint64_t)product};
}

static inline uint64_t wide_over(wide n, uint64_t d, uint64_t *remainder) {
  const wide_native all = (wide_native)n.high << 64 | n.low;
  *remainder = (uint64_t)(all % d);
  return (uint64_t)(all / d);
}
#else
#define wide_times wide_times_in_halves
#define wide_over wide_over_in_bits
#endif

#endif
