/* Tables of codes, for the library alone: entries by code and day, and the text that their titles point into. */
#ifndef BILL_TABLE_H
#define BILL_TABLE_H

#include "internal.h"

#define ROWS_MAX 1000000 /* of one table */

typedef struct entry {
  uint64_t key; /* the code's letters and digits, the first in the highest byte: sorts as text does */
  int32_t from, to;
  uint32_t line; /* in the file that is being loaded; 0 for those of earlier ones */
  uint32_t title_len;
  const char *title;
  bill_micros weight, mean_days;
  char mdc[BILL_CODE_BYTES], type[BILL_CODE_BYTES];
  uint8_t post_acute, special_pay, billable;
} entry;

typedef struct text {
  struct text *next;
  char bytes[];
} text;

typedef struct table {
  entry *entries; /* by key, then by day */
  size_t count, room;
  text *texts;
} table;

/* One file on its way in: a copy of it that is cut up in place, and where it went wrong. */
typedef struct loading {
  table grown;
  char *at, *end;
  uint32_t line; /* of the record that is being read */
  char delimiter;
  int32_t from, to; /* for rows that say no dates */
  const char *message;
} loading;

/* Fails the loading with constant text. */
int bill_fail(loading *load, int code, const char *message);

/* A new entry for the row that is being read, or NULL: out of memory or of room. */
entry *bill_add_entry(loading *load);

/* Loads a file by means of read, which adds its entries. */
int bill_load_table(table *into, const char *bytes, size_t len, int32_t from, int32_t to, int (*read)(loading *),
               bill_table_error *error);

const entry *bill_find_entry(const table *from, uint64_t key, int32_t day);

void bill_free_table(table *old);

/* ---- Reading ------------------------------------------------------------------------------------------------------ */

#define FIELDS_MAX 32

typedef struct field {
  char *text;
  size_t len;
} field;

/* The next record of separated values into fields (those beyond FIELDS_MAX are dropped): *count of them, 0 at the end. */
int bill_read_record(loading *load, field fields[FIELDS_MAX], size_t *count);

/* A column's name: letters and digits alone, in lower case. */
void bill_read_name(const field *from, char name[64]);

/* Letters and digits, at most 8, in upper case; 0 for anything else. */
uint64_t bill_read_key(const char *code, size_t len);
void bill_write_key(uint64_t key, char code[BILL_CODE_BYTES]);

int bill_is_date(int32_t day);

/* Checks of one field: 0 or why not. */
int bill_read_dates(loading *load, const field *from, const field *to, entry *out);
int bill_read_title(loading *load, const field *from, entry *out);
int bill_read_short(loading *load, const field *from, char out[BILL_CODE_BYTES]);

#endif
