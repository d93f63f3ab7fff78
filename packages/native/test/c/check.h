/* The tests' own small frame. A program is a list of named guarantees; it prints one TAP line for each ("ok 1 - name"),
 * so that a run can be counted, and ends with 1 when one failed. Usage:
 *
 *   TEST(opens_what_it_sealed) { CHECK_INT(cutils_open(...), CUTILS_OK); }
 *   int main(void) { RUN(opens_what_it_sealed); return finish(); }
 */
#ifndef INFIRMARY_CHECK_H
#define INFIRMARY_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int check_run, check_failed, check_failed_here;

#define TEST(name) static void name(void)
#define RUN(name) run_test(name, #name)
#define CHECK(condition) \
  do { \
    if (!(condition)) check_fail(__FILE__, __LINE__, #condition); \
  } while (0)
#define CHECK_INT(actual, expected) check_int(__FILE__, __LINE__, #actual, (long long)(actual), (long long)(expected))
#define CHECK_STR(actual, expected) check_str(__FILE__, __LINE__, #actual, actual, expected)
#define CHECK_BYTES(actual, expected, len) check_bytes(__FILE__, __LINE__, #actual, actual, expected, len)

static inline void check_fail(const char *file, int line, const char *what) {
  check_failed_here = 1;
  printf("# %s:%d: %s\n", file, line, what);
}

static inline void check_int(const char *file, int line, const char *what, long long actual, long long expected) {
  if (actual == expected) return;
  check_fail(file, line, what);
  printf("#   is %lld, should be %lld\n", actual, expected);
}

static inline void check_str(const char *file, int line, const char *what, const char *actual, const char *expected) {
  if (actual && strcmp(actual, expected) == 0) return;
  check_fail(file, line, what);
  printf("#   is \"%s\", should be \"%s\"\n", actual ? actual : "(null)", expected);
}

static inline void check_bytes(const char *file, int line, const char *what, const void *actual, const void *expected,
                               size_t len) {
  if (len == 0 || memcmp(actual, expected, len) == 0) return;
  size_t at = 0;
  while (((const uint8_t *)actual)[at] == ((const uint8_t *)expected)[at]) at++;
  check_fail(file, line, what);
  printf("#   differs at byte %zu of %zu\n", at, len);
}

static inline void run_test(void (*test)(void), const char *name) {
  check_failed_here = 0;
  test();
  check_run++;
  check_failed += check_failed_here;
  printf("%s %d - %s\n", check_failed_here ? "not ok" : "ok", check_run, name);
  fflush(stdout);
}

static inline int finish(void) {
  printf("1..%d\n", check_run);
  return check_failed ? 1 : 0;
}

/* A copy of bytes[0..len) whose last byte is followed by an unreadable page: reading one byte too many is a crash.
 * Freed by guarded_free with the same len. */
static inline uint8_t *guarded(const void *bytes, size_t len) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t room = (len + page - 1) / page * page;
  uint8_t *base = mmap(NULL, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED || mprotect(base + room, page, PROT_NONE) != 0) abort();
  uint8_t *copy = base + (room - len);
  if (len) memcpy(copy, bytes, len);
  return copy;
}

static inline void guarded_free(uint8_t *copy, size_t len) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t room = (len + page - 1) / page * page;
  munmap(copy - (room - len), room + page);
}

#endif
