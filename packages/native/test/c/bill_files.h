/* Whole files into memory, and the tables beside the golden cases. */
#ifndef INFIRMARY_BILL_FILES_H
#define INFIRMARY_BILL_FILES_H

#include "bill.h"
#include "check.h"

/* The file's bytes, to be freed; NULL where it cannot be read. */
static inline char *read_file(const char *path, size_t *len) {
  FILE *in = fopen(path, "rb");
  if (!in) return NULL;
  fseek(in, 0, SEEK_END);
  *len = (size_t)ftell(in);
  rewind(in);
  char *bytes = malloc(*len + 1);
  if (!bytes || fread(bytes, 1, *len, in) != *len) abort();
  fclose(in);
  return bytes;
}

static inline void load_case_tables(bill_drg_table *into) {
  size_t len = 0;
  char *bytes = read_file(CASES_DIR "/drg-2025.txt", &len);
  CHECK(bytes != NULL);
  CHECK_INT(bill_drg_load(into, bytes, len, 20241001, 20250930, NULL), BILL_OK);
  free(bytes);
  bytes = read_file(CASES_DIR "/drg-2026.csv", &len);
  CHECK(bytes != NULL);
  CHECK_INT(bill_drg_load(into, bytes, len, 0, 0, NULL), BILL_OK);
  free(bytes);
}

#endif
