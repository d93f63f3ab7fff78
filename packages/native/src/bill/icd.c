#include <stdlib.h>
#include <string.h>

#include "table.h"

struct bill_icd_table {
  table rows;
};

#define CATEGORY_LEN 3 /* what stands before the dot */

int bill_icd_new(bill_icd_table **out) {
  if (!out) return BILL_EARG;
  *out = calloc(1, sizeof **out);
  return *out ? BILL_OK : BILL_ENOMEM;
}

void bill_icd_free(bill_icd_table *of) {
  if (!of) return;
  bill_free_table(&of->rows);
  free(of);
}

/* The code without its dot; 0 for what is none. */
static uint64_t key_of(const char *code, size_t len) {
  char plain[7];
  if (len > CATEGORY_LEN && code[CATEGORY_LEN] == '.') {
    if (len == CATEGORY_LEN + 1 || len > sizeof plain + 1) return 0;
    memcpy(plain, code, CATEGORY_LEN);
    memcpy(plain + CATEGORY_LEN, code + CATEGORY_LEN + 1, len - CATEGORY_LEN - 1);
    return bill_read_key(plain, len - 1);
  }
  return len < CATEGORY_LEN || len > sizeof plain ? 0 : bill_read_key(code, len);
}

static int read_row(loading *load, const field *code, const field *billable, const field *title, const field *from,
                    const field *to) {
  entry *row = bill_add_entry(load);
  if (!row) return load->grown.count == ROWS_MAX ? bill_fail(load, BILL_ETOOBIG, "too many rows") : BILL_ENOMEM;
  row->key = key_of(code->text, code->len);
  if (!row->key) return bill_fail(load, BILL_EROW, "a code that is not 3 to 7 letters and digits");
  if (billable->len != 1 || (billable->text[0] != '0' && billable->text[0] != '1')) {
    return bill_fail(load, BILL_EROW, "billable is neither 0 nor 1");
  }
  row->billable = billable->text[0] == '1';
  TRY(bill_read_title(load, title, row));
  return bill_read_dates(load, from, to, row);
}

static int is_digits(const char *bytes, size_t len) {
  for (size_t i = 0; i < len; i++) {
    if (bytes[i] < '0' || bytes[i] > '9') return 0;
  }
  return 1;
}

static field cut(char *line, size_t start, size_t end) {
  field out = {line + start, end - start};
  while (out.len > 0 && (out.text[out.len - 1] == ' ' || out.text[out.len - 1] == '\r')) out.len--;
  return out;
}

/* The order file: five digits, the code in columns 7 to 13, 0 or 1 in column 15, the long description from column 78. */
static int is_order_file(const loading *load) {
  return load->end - load->at >= 15 && is_digits(load->at, 5) && load->at[5] == ' ' && load->at[13] == ' ' &&
         is_digits(load->at + 14, 1);
}

static int read_order_file(loading *load) {
  for (; load->at < load->end; load->line++) {
    char *line = load->at, *stop = memchr(line, '\n', (size_t)(load->end - line));
    const size_t len = (size_t)((stop ? stop : load->end) - line);
    load->at = stop ? stop + 1 : load->end;
    if (cut(line, 0, len).len == 0) continue;
    if (len < 15 || !is_digits(line, 5)) return bill_fail(load, BILL_EROW, "not as a line of the order file is");
    const field code = cut(line, 6, 13), billable = cut(line, 14, 15), nothing = {line, 0};
    const field title = len > 77 ? cut(line, 77, len) : len > 16 ? cut(line, 16, len) : nothing;
    TRY(read_row(load, &code, &billable, &title, &nothing, &nothing));
  }
  return BILL_OK;
}

static int read_rows(loading *load) {
  enum { CODE, BILLABLE, TITLE, FROM, TO, COLUMNS };
  static const char *const names[COLUMNS] = {"code", "billable", "description", "validfrom", "validto"};
  field fields[FIELDS_MAX], cells[COLUMNS];
  size_t count, places[COLUMNS] = {FIELDS_MAX, FIELDS_MAX, FIELDS_MAX, FIELDS_MAX, FIELDS_MAX};
  if (is_order_file(load)) return read_order_file(load);
  TRY(bill_read_record(load, fields, &count));
  for (size_t i = 0; i < count; i++) {
    char name[64];
    bill_read_name(&fields[i], name);
    for (int c = 0; c < COLUMNS; c++) {
      if (strcmp(name, names[c]) == 0) places[c] = i;
    }
  }
  if (places[CODE] == FIELDS_MAX || places[BILLABLE] == FIELDS_MAX || places[TITLE] == FIELDS_MAX) {
    return bill_fail(load, BILL_EHEADER, "neither an order file nor columns code, billable and description");
  }
  for (load->line++;; load->line++) {
    TRY(bill_read_record(load, fields, &count));
    if (count == 0) return BILL_OK;
    if (count == 1 && fields[0].len == 0) continue;
    for (int c = 0; c < COLUMNS; c++) cells[c] = places[c] < count ? fields[places[c]] : (field){load->at, 0};
    TRY(read_row(load, &cells[CODE], &cells[BILLABLE], &cells[TITLE], &cells[FROM], &cells[TO]));
  }
}

int bill_icd_load(bill_icd_table *of, const char *bytes, size_t len, int32_t from, int32_t to, bill_table_error *error) {
  if (error) *error = (bill_table_error){BILL_EARG, 0, "NULL where a table or text is needed"};
  if (!of || (!bytes && len)) return BILL_EARG;
  return bill_load_table(&of->rows, bytes, len, from, to, read_rows, error);
}

int bill_icd_find(const bill_icd_table *of, const char *code, size_t len, int32_t day, bill_icd *out) {
  if (!of || (!code && len) || !out) return BILL_EARG;
  const uint64_t key = key_of(code, len);
  const entry *row = key ? bill_find_entry(&of->rows, key, day) : NULL;
  if (!row) return BILL_ENOTFOUND;
  *out = (bill_icd){.billable = row->billable, .valid_from = row->from, .valid_to = row->to, .title = row->title,
                    .title_len = row->title_len};
  bill_write_key(row->key, out->code);
  if (out->code[CATEGORY_LEN]) {
    memmove(out->code + CATEGORY_LEN + 1, out->code + CATEGORY_LEN, BILL_CODE_BYTES - CATEGORY_LEN - 2);
    out->code[CATEGORY_LEN] = '.';
  }
  return BILL_OK;
}

size_t bill_icd_count(const bill_icd_table *of) { return of ? of->rows.count : 0; }
