/* An allocator that fails when told to. Included by one file of a test program, which is then linked with
 * --wrap=malloc,calloc,realloc (CMakeLists.txt sees the include). Torture: run once, count, run again failing each. */
#ifndef INFIRMARY_FAILING_ALLOC_H
#define INFIRMARY_FAILING_ALLOC_H

#include <stddef.h>
#include <stdlib.h>

static long alloc_count;         /* allocations asked for since alloc_reset */
static long alloc_fail_at = -1;  /* which of them fails, from 0; -1: none */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static inline void alloc_reset(long fail_at) {
  alloc_count = 0;
  alloc_fail_at = fail_at;
}

static inline int alloc_fails(void) { return alloc_count++ == alloc_fail_at; }

void *__wrap_malloc(size_t size) { return alloc_fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size) { return alloc_fails() ? NULL : __real_calloc(count, size); }
void *__wrap_realloc(void *old, size_t size) { return alloc_fails() ? NULL : __real_realloc(old, size); }

#endif
