/* Bytes written as hexadecimal digits, the way published test vectors give them. */
#ifndef INFIRMARY_HEX_H
#define INFIRMARY_HEX_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

static inline uint8_t hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return (uint8_t)(digit - '0');
  if (digit >= 'a' && digit <= 'f') return (uint8_t)(digit - 'a' + 10);
  abort();
}

/* Fills out and returns how many bytes there were. */
static inline size_t hex(const char *text, uint8_t *out) {
  size_t len = 0;
  for (; text[2 * len]; len++) out[len] = (uint8_t)(hex_digit(text[2 * len]) << 4 | hex_digit(text[2 * len + 1]));
  return len;
}

#endif
