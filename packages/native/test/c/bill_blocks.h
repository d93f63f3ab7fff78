/* Reads the golden cases of test/cases/bill: titles, and blocks of input lines with the lines "=> ..." that must come of
 * them. test/js/bill-cases.test.ts reads the same files. */
#ifndef INFIRMARY_BILL_BLOCKS_H
#define INFIRMARY_BILL_BLOCKS_H

#include <stdarg.h>

#include "bill.h"
#include "check.h"

#define BLOCK_BYTES_MAX 16384

static char found[BLOCK_BYTES_MAX];

/* Adds to what was found. */
__attribute__((format(printf, 1, 2))) static inline void find(const char *format, ...) {
  const size_t len = strlen(found);
  va_list values;
  va_start(values, format);
  vsnprintf(found + len, sizeof found - len, format, values);
  va_end(values);
}

static inline const char *cents(bill_money amount) {
  static char texts[16][BILL_FORMAT_BYTES];
  static unsigned next;
  char *text = texts[next++ % 16];
  bill_format(amount, 2, text);
  return text;
}

static inline int64_t number(const char *text, unsigned digits) {
  int64_t value = 0;
  CHECK_INT(bill_parse(text, strlen(text), digits, &value), BILL_OK);
  return value;
}

/* Runs every block of a file: run gets the input (which ends in NUL) and finds; how many there were. */
static inline int each_block(const char *file, void (*run)(char *input)) {
  char path[4096], line[2048], title[256] = "";
  static char input[BLOCK_BYTES_MAX], expected[BLOCK_BYTES_MAX];
  snprintf(path, sizeof path, "%s/%s", CASES_DIR, file);
  FILE *in = fopen(path, "r");
  if (!in) return 0;
  int count = 0, in_block = 0;
  while (fgets(line, sizeof line, in)) {
    if (strncmp(line, "## ", 3) == 0) {
      snprintf(title, sizeof title, "%.250s", line + 3);
    } else if (strcmp(line, "```\n") == 0) {
      if (in_block) {
        const int failed_before = check_failed_here;
        found[0] = 0;
        check_failed_here = 0;
        run(input);
        CHECK_STR(found, expected);
        if (check_failed_here) printf("# in case: %s", title);
        check_failed_here |= failed_before;
        count++;
      }
      in_block = !in_block;
      input[0] = expected[0] = 0;
    } else if (in_block) {
      char *to = strncmp(line, "=>", 2) == 0 ? expected : input;
      strncat(to, line, BLOCK_BYTES_MAX - strlen(to) - 1);
    }
  }
  fclose(in);
  return count;
}

#endif
