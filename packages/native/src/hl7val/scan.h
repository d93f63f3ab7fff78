/* Finds delimiters and line ends in blocks of 64 bytes: with AVX2 where the processor has it, with SSE2 on every other
 * x86-64, with plain C elsewhere. All give the same bits; bit n stands for byte n. */
#ifndef HL7VAL_SCAN_H
#define HL7VAL_SCAN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "hl7val.h"

typedef struct scan_block {
  uint64_t marks; /* field delimiters and line ends */
  uint64_t ends;  /* line ends */
  uint64_t cuts;  /* component, repetition, subcomponent and escape delimiters */
  bool non_ascii;
  bool nul;
} scan_block;

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

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>

/* What is looked for, each in every byte of a register. */
typedef struct scan_set {
  __m128i field, cr, lf, component, repetition, escape, subcomponent;
} scan_set;

static inline scan_set scan_set_of(const hl7val_delims *d) {
  return (scan_set){_mm_set1_epi8((char)d->field),     _mm_set1_epi8('\r'),
                    _mm_set1_epi8('\n'),               _mm_set1_epi8((char)d->component),
                    _mm_set1_epi8((char)d->repetition), _mm_set1_epi8((char)d->escape),
                    _mm_set1_epi8((char)d->subcomponent)};
}

static inline scan_block scan_64(const uint8_t *bytes, const scan_set *set) {
  __m128i any = _mm_setzero_si128(), least = _mm_set1_epi8((char)0xFF);
  scan_block block = {0, 0, 0, false, false};
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
    const __m128i end = _mm_or_si128(_mm_cmpeq_epi8(v, set->cr), _mm_cmpeq_epi8(v, set->lf));
    const __m128i parts = _mm_or_si128(_mm_cmpeq_epi8(v, set->component), _mm_cmpeq_epi8(v, set->repetition));
    const __m128i inner = _mm_or_si128(_mm_cmpeq_epi8(v, set->escape), _mm_cmpeq_epi8(v, set->subcomponent));
    const __m128i mark = _mm_or_si128(end, _mm_cmpeq_epi8(v, set->field));
    block.ends |= (uint64_t)(uint32_t)_mm_movemask_epi8(end) << (16 * i);
    block.marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(mark) << (16 * i);
    block.cuts |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(parts, inner)) << (16 * i);
    any = _mm_or_si128(any, v);
    least = _mm_min_epu8(least, v);
  }
  block.non_ascii = _mm_movemask_epi8(any) != 0;
  block.nul = _mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128())) != 0;
  return block;
}

#else

typedef hl7val_delims scan_set;
static inline scan_set scan_set_of(const hl7val_delims *d) { return *d; }

static inline scan_block scan_64(const uint8_t *bytes, const scan_set *d) {
  scan_block block = {0, 0, 0, false, false};
  for (int i = 0; i < 64; i++) {
    const uint8_t c = bytes[i];
    const uint64_t bit = (uint64_t)1 << i;
    if (c == '\r' || c == '\n') block.ends |= bit;
    if (c == d->field) block.marks |= bit;
    if (c == d->component || c == d->repetition || c == d->subcomponent || c == d->escape) block.cuts |= bit;
    block.non_ascii |= c >= 0x80;
    block.nul |= c == 0;
  }
  block.marks |= block.ends;
  return block;
}

#endif

/* Writes base + n for every bit n of bits; room is for at least as many numbers as there are bits. */
static inline void put_bits(uint32_t *out, uint32_t room, uint32_t base, uint64_t bits) {
  (void)room;
  for (; bits; bits &= bits - 1) *out++ = base + lowest_bit(bits);
}

#if (defined(__GNUC__) || defined(__clang__)) && defined(__x86_64__)
#define SCAN_AVX2 __attribute__((target("avx2,bmi,popcnt")))
#include <immintrin.h>

static inline bool scan_has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"); }

SCAN_AVX2 static inline uint32_t count_bits_avx2(uint64_t bits) { return (uint32_t)__builtin_popcountll(bits); }

typedef struct scan_set_avx2 {
  __m256i field, cr, lf, component, repetition, escape, subcomponent;
} scan_set_avx2;

SCAN_AVX2 static inline scan_set_avx2 scan_set_of_avx2(const hl7val_delims *d) {
  return (scan_set_avx2){_mm256_set1_epi8((char)d->field),     _mm256_set1_epi8('\r'),
                         _mm256_set1_epi8('\n'),               _mm256_set1_epi8((char)d->component),
                         _mm256_set1_epi8((char)d->repetition), _mm256_set1_epi8((char)d->escape),
                         _mm256_set1_epi8((char)d->subcomponent)};
}

SCAN_AVX2 static inline scan_block scan_64_avx2(const uint8_t *bytes, const scan_set_avx2 *set) {
  __m256i any = _mm256_setzero_si256(), least = _mm256_set1_epi8((char)0xFF);
  scan_block block = {0, 0, 0, false, false};
  for (int i = 0; i < 2; i++) {
    const __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32 * i));
    const __m256i end = _mm256_or_si256(_mm256_cmpeq_epi8(v, set->cr), _mm256_cmpeq_epi8(v, set->lf));
    const __m256i parts = _mm256_or_si256(_mm256_cmpeq_epi8(v, set->component), _mm256_cmpeq_epi8(v, set->repetition));
    const __m256i inner = _mm256_or_si256(_mm256_cmpeq_epi8(v, set->escape), _mm256_cmpeq_epi8(v, set->subcomponent));
    const __m256i mark = _mm256_or_si256(end, _mm256_cmpeq_epi8(v, set->field));
    block.ends |= (uint64_t)(uint32_t)_mm256_movemask_epi8(end) << (32 * i);
    block.marks |= (uint64_t)(uint32_t)_mm256_movemask_epi8(mark) << (32 * i);
    block.cuts |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_or_si256(parts, inner)) << (32 * i);
    any = _mm256_or_si256(any, v);
    least = _mm256_min_epu8(least, v);
  }
  block.non_ascii = _mm256_movemask_epi8(any) != 0;
  block.nul = _mm256_movemask_epi8(_mm256_cmpeq_epi8(least, _mm256_setzero_si256())) != 0;
  return block;
}

/* The same four at a time, which hardly ever goes another way than it did before; numbers behind the last are overwritten
 * later or not looked at. */
SCAN_AVX2 static inline void put_bits_avx2(uint32_t *out, uint32_t room, uint32_t base, uint64_t bits) {
  if (room < 64) {
    put_bits(out, room, base, bits);
    return;
  }
  while (bits) {
    for (int i = 0; i < 4; i++, bits = _blsr_u64(bits)) {
      uint32_t position = base + (uint32_t)_tzcnt_u64(bits);
      __asm__("" : "+r"(position)); /* plain stores: putting them together in a register first costs more */
      out[i] = position;
    }
    out += 4;
  }
}
#endif

#endif
