#include <stdlib.h>
#include <string.h>

#include "table.h"

struct bill_drg_table {
  table rows;
};

typedef enum column { CODE, WEIGHT, MEAN, TITLE, MDC, TYPE, POST_ACUTE, SPECIAL_PAY, FROM, TO, COLUMNS } column;

int bill_drg_new(bill_drg_table **out) {
  if (!out) return BILL_EARG;
  *out = calloc(1, sizeof **out);
  return *out ? BILL_OK : BILL_ENOMEM;
}

void bill_drg_free(bill_drg_table *of) {
  if (!of) return;
  bill_free_table(&of->rows);
  free(of);
}

static int ends_with(const char *name, const char *end) {
  const size_t len = strlen(name), wanted = strlen(end);
  return len >= wanted && strcmp(name + len - wanted, end) == 0;
}

/* Which column a name is; COLUMNS for another. */
static column column_of(const char *name, int *is_capped) {
  static const struct {
    const char *name;
    column is;
  } known[] = {{"drg", CODE},         {"msdrg", CODE},  {"weight", WEIGHT}, {"weights", WEIGHT}, {"relativeweight", WEIGHT},
               {"gmlos", MEAN},       {"geometricmeanlos", MEAN},           {"title", TITLE},    {"msdrgtitle", TITLE},
               {"mdc", MDC},          {"type", TYPE},   {"validfrom", FROM}, {"validto", TO}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    if (strcmp(name, known[i].name) == 0) return known[i].is;
  }
  if (ends_with(name, "postacutedrg")) return POST_ACUTE;
  if (ends_with(name, "specialpaydrg")) return SPECIAL_PAY;
  *is_capped = strncmp(name, "weight", 6) == 0 && ends_with(name, "capapplied");
  return *is_capped ? WEIGHT : COLUMNS;
}

/* Finds the header and where its columns are; lines above it are passed over. */
static int read_header(loading *load, size_t places[COLUMNS]) {
  field fields[FIELDS_MAX];
  for (;;) {
    size_t count;
    int has_cap = 0;
    TRY(bill_read_record(load, fields, &count));
    if (count == 0) return bill_fail(load, BILL_EHEADER, "no line names the columns drg, weight and gmlos");
    for (int i = 0; i < COLUMNS; i++) places[i] = FIELDS_MAX;
    for (size_t i = 0; i < count; i++) {
      char name[64];
      int is_capped = 0;
      bill_read_name(&fields[i], name);
      const column is = column_of(name, &is_capped);
      if (is == COLUMNS || (is == WEIGHT && has_cap)) continue;
      has_cap |= is_capped;
      places[is] = i;
    }
    load->line++;
    if (places[CODE] < FIELDS_MAX && places[WEIGHT] < FIELDS_MAX && places[MEAN] < FIELDS_MAX) return BILL_OK;
  }
}

static int read_said(loading *load, const field *from, uint8_t *out) {
  char name[64];
  bill_read_name(from, name);
  if (from->len == 0) *out = BILL_UNSAID;
  else if (strcmp(name, "yes") == 0) *out = BILL_YES;
  else if (strcmp(name, "no") == 0) *out = BILL_NO;
  else return bill_fail(load, BILL_EROW, "neither Yes nor No");
  return BILL_OK;
}

static int read_micros(loading *load, const field *from, bill_micros *out) {
  if (bill_parse(from->text, from->len, 6, out) == BILL_OK && *out >= 0) return BILL_OK;
  return bill_fail(load, BILL_EROW, "a weight or length of stay that is no number from 0 up with at most 6 decimals");
}

static int read_row(loading *load, const field cells[COLUMNS]) {
  entry *row = bill_add_entry(load);
  if (!row) return load->grown.count == ROWS_MAX ? bill_fail(load, BILL_ETOOBIG, "too many rows") : BILL_ENOMEM;
  row->key = bill_read_key(cells[CODE].text, cells[CODE].len);
  if (!row->key) return bill_fail(load, BILL_EROW, "a code that is not 1 to 8 letters and digits");
  TRY(read_micros(load, &cells[WEIGHT], &row->weight));
  if (cells[MEAN].len) TRY(read_micros(load, &cells[MEAN], &row->mean_days));
  TRY(read_said(load, &cells[POST_ACUTE], &row->post_acute));
  TRY(read_said(load, &cells[SPECIAL_PAY], &row->special_pay));
  TRY(bill_read_short(load, &cells[MDC], row->mdc));
  TRY(bill_read_short(load, &cells[TYPE], row->type));
  TRY(bill_read_title(load, &cells[TITLE], row));
  return bill_read_dates(load, &cells[FROM], &cells[TO], row);
}

static int read_rows(loading *load) {
  field fields[FIELDS_MAX];
  size_t places[COLUMNS];
  TRY(read_header(load, places));
  for (;; load->line++) {
    size_t count;
    field cells[COLUMNS];
    TRY(bill_read_record(load, fields, &count));
    if (count == 0) return BILL_OK;
    for (int i = 0; i < COLUMNS; i++) cells[i] = places[i] < count ? fields[places[i]] : (field){load->at, 0};
    /* Notes, and lines of nothing but separators. */
    if (cells[CODE].len == 0 || (cells[WEIGHT].len == 0 && cells[MEAN].len == 0)) continue;
    TRY(read_row(load, cells));
  }
}

int bill_drg_load(bill_drg_table *of, const char *bytes, size_t len, int32_t from, int32_t to, bill_table_error *error) {
  if (error) *error = (bill_table_error){BILL_EARG, 0, "NULL where a table or text is needed"};
  if (!of || (!bytes && len)) return BILL_EARG;
  return bill_load_table(&of->rows, bytes, len, from, to, read_rows, error);
}

int bill_drg_find(const bill_drg_table *of, const char *code, size_t len, int32_t day, bill_drg *out) {
  if (!of || (!code && len) || !out) return BILL_EARG;
  const uint64_t key = bill_read_key(code, len);
  const entry *row = key ? bill_find_entry(&of->rows, key, day) : NULL;
  if (!row) return BILL_ENOTFOUND;
  memset(out, 0, sizeof *out);
  bill_write_key(row->key, out->code);
  memcpy(out->mdc, row->mdc, sizeof out->mdc);
  memcpy(out->type, row->type, sizeof out->type);
  out->post_acute = row->post_acute;
  out->special_pay = row->special_pay;
  out->valid_from = row->from;
  out->valid_to = row->to;
  out->weight = row->weight;
  out->mean_days = row->mean_days;
  out->title = row->title;
  out->title_len = row->title_len;
  return BILL_OK;
}

size_t bill_drg_count(const bill_drg_table *of) { return of ? of->rows.count : 0; }
