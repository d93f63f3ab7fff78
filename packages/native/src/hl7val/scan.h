/* Finds delimiters and line ends in blocks of 64 bytes: with SSE2 where the compiler has it (every x86-64), with plain
 * C elsewhere. Both give the same bits; bit n stands for byte n. */
#ifndef HL7VAL_SCAN_H
#define HL7VAL_SCAN_H

#include <stdbool.h>
#include <stdint.h>

typedef struct scan_block {
  uint64_t marks; /* delimiters and line ends */
  uint64_t ends;  /* line ends */
  bool non_ascii;
  bool nul;
} scan_block;

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>

static inline scan_block scan_64(const uint8_t *bytes, uint8_t delimiter) {
  const __m128i field = _mm_set1_epi8((char)delimiter), cr = _mm_set1_epi8('\r'), lf = _mm_set1_epi8('\n');
  __m128i any = _mm_setzero_si128(), least = _mm_set1_epi8((char)0xFF);
  scan_block block = {0, 0, false, false};
  for (int i = 0; i < 4; i++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
    __m128i end = _mm_or_si128(_mm_cmpeq_epi8(v, cr), _mm_cmpeq_epi8(v, lf));
    uint64_t ends = (uint32_t)_mm_movemask_epi8(end);
    uint64_t marks = (uint32_t)_mm_movemask_epi8(_mm_or_si128(end, _mm_cmpeq_epi8(v, field)));
    block.ends |= ends << (16 * i);
    block.marks |= marks << (16 * i);
    any = _mm_or_si128(any, v);
    least = _mm_min_epu8(least, v);
  }
  block.non_ascii = _mm_movemask_epi8(any) != 0;
  block.nul = _mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128())) != 0;
  return block;
}

#else

static inline scan_block scan_64(const uint8_t *bytes, uint8_t delimiter) {
  scan_block block = {0, 0, false, false};
  for (int i = 0; i < 64; i++) {
    uint8_t c = bytes[i];
    uint64_t bit = (uint64_t)1 << i;
    if (c == '\r' || c == '\n') block.ends |= bit;
    if (c == delimiter) block.marks |= bit;
    block.non_ascii |= c >= 0x80;
    block.nul |= c == 0;
  }
  block.marks |= block.ends;
  return block;
}

#endif

/* Position of the lowest set bit; bits must not be 0. */
static inline uint32_t lowest_bit(uint64_t bits) {
#if defined(__GNUC__) || defined(__clang__)
  return (uint32_t)__builtin_ctzll(bits);
#else
  uint32_t n = 0;
  while (!(bits & 1)) bits >>= 1, n++;
  return n;
#endif
}

/* Without a call into the compiler's library, which is what the builtin is on processors of the common denominator. */
static inline uint32_t count_bits(uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555u;
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
  return (uint32_t)(bits * 0x0101010101010101u >> 56);
}

#endif
