/* Reads the golden cases of test/cases/hl7val: what they look like is said at the top of each file. */
#ifndef HL7VAL_CASES_H
#define HL7VAL_CASES_H

#include <ctype.h>

#include "check.h"

enum { CASE_BYTES_MAX = 1 << 16 };

typedef struct golden {
  char title[200];
  uint8_t message[CASE_BYTES_MAX];
  size_t len;
  char expect[CASE_BYTES_MAX];
} golden;

static inline int hex_value(char c) { return isdigit((unsigned char)c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

/* Appends one line of an hl7 block: <0B> is a byte, <> is nothing, and a line that ends with neither ends with CR. */
static inline void append_line(golden *g, const char *line, size_t len) {
  int ends_with_byte = 0;
  for (size_t i = 0; i < len;) {
    if (line[i] == '<' && i + 1 < len && line[i + 1] == '>') {
      i += 2;
      ends_with_byte = 1;
    } else if (line[i] == '<' && i + 3 < len && line[i + 3] == '>' && hex_value(line[i + 1]) >= 0 && hex_value(line[i + 2]) >= 0) {
      g->message[g->len++] = (uint8_t)(hex_value(line[i + 1]) << 4 | hex_value(line[i + 2]));
      i += 4;
      ends_with_byte = 1;
    } else {
      g->message[g->len++] = (uint8_t)line[i++];
      ends_with_byte = 0;
    }
  }
  if (!ends_with_byte) g->message[g->len++] = '\r';
}

/* Reads the file and calls run for each case. */
static inline int each_case(const char *path, void (*run)(const golden *)) {
  static golden g;
  static char line[CASE_BYTES_MAX];
  enum { TEXT, MESSAGE, EXPECT } where = TEXT;
  int cases = 0;
  FILE *file = fopen(path, "rb");
  if (!file) return 0;
  while (fgets(line, sizeof line, file)) {
    size_t len = strcspn(line, "\n");
    line[len] = '\0';
    if (where == TEXT && strncmp(line, "## ", 3) == 0) {
      memset(&g, 0, sizeof g);
      snprintf(g.title, sizeof g.title, "%.199s", line + 3);
    } else if (strcmp(line, "```hl7") == 0) {
      where = MESSAGE;
    } else if (strcmp(line, "```expect") == 0) {
      where = EXPECT;
    } else if (strcmp(line, "```") == 0) {
      if (where == EXPECT) run(&g), cases++;
      where = TEXT;
    } else if (where == MESSAGE) {
      append_line(&g, line, len);
    } else if (where == EXPECT) {
      strncat(g.expect, line, sizeof g.expect - strlen(g.expect) - 1);
      strncat(g.expect, "\n", sizeof g.expect - strlen(g.expect) - 1);
    }
  }
  fclose(file);
  return cases;
}

#endif
