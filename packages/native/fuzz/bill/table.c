/* Loading any text as a table, and decimal numbers.
 * Properties: a failure names a line of the text and leaves the table as it was; what was loaded is found; every payment of
 * it is refused with a code, or its parts add up and its trail holds; a number that is read is written as the same number.
 * Input: which of both tables in the first byte, then the text; a text without rows is tried behind a header of ours too. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bill.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FROM 20241001
#define TO 20250930
#define HEAD "drg,weight,gmlos,title,mdc,post-acute drg,special pay drg\n"

static void check(int holds) {
  if (!holds) abort();
}

static void pay_all(const bill_drg_table *drgs, const char *code, size_t len, uint32_t days) {
  static const bill_drg_terms terms = {650000, 3000000, 250000, 800000, 900000, 20000000, 600000};
  for (uint32_t leaving = 0; leaving < 3; leaving++) {
    const bill_drg_case of = {.drg = code, .drg_len = len, .discharged = 20250101, .days = days, .leaving = leaving, .charges = 50000000};
    bill_drg_payment paid;
    bill_step steps[32];
    bill_trail trail = {.steps = steps, .cap = 32};
    if (bill_drg_pay(drgs, &of, &terms, &paid, &trail) != BILL_OK) continue;
    check(paid.base <= paid.full && paid.base + paid.outlier == paid.total);
    check(trail.count <= 32 && steps[trail.count - 1].result == paid.total);
    for (size_t i = 0; i < trail.count; i++) check(bill_step_holds(&steps[i]));
  }
}

static void load_drg(const char *text, size_t len) {
  static const char known[] = "drg,weight,gmlos\n470,1.9,2.5\n";
  bill_drg_table *drgs = NULL;
  bill_table_error error;
  bill_drg found;
  check(bill_drg_new(&drgs) == BILL_OK);
  check(bill_drg_load(drgs, known, sizeof known - 1, 20231001, 20240930, NULL) == BILL_OK);
  const int code = bill_drg_load(drgs, text, len, FROM, TO, &error);
  check(code == error.code && (code == BILL_OK) == (error.line == 0) && error.line <= len + 2);
  check(code == BILL_OK || bill_drg_count(drgs) == 1);
  check(bill_drg_find(drgs, "470", 3, 20240101, &found) == BILL_OK);
  for (size_t i = 0; i + 3 <= len && i < 256; i++) {
    if (bill_drg_find(drgs, text + i, 3, 20250101, &found) == BILL_OK) pay_all(drgs, text + i, 3, (uint32_t)i);
  }
  bill_drg_free(drgs);
}

static void load_icd(const char *text, size_t len) {
  bill_icd_table *icds = NULL;
  bill_table_error error;
  bill_icd found, again;
  check(bill_icd_new(&icds) == BILL_OK);
  const int code = bill_icd_load(icds, text, len, FROM, TO, &error);
  check(code == error.code && (code == BILL_OK || bill_icd_count(icds) == 0));
  for (size_t i = 0; i + 5 <= len && i < 256; i++) {
    if (bill_icd_find(icds, text + i, 5, 20250101, &found) != BILL_OK) continue;
    check(bill_icd_find(icds, found.code, strlen(found.code), 20250101, &again) == BILL_OK);
    check(strcmp(found.code, again.code) == 0 && found.title == again.title);
  }
  bill_icd_free(icds);
}

static void read_number(const char *text, size_t len) {
  int64_t value, again;
  char written[BILL_FORMAT_BYTES];
  if (bill_parse(text, len, 6, &value) != BILL_OK) return;
  check(bill_parse(written, bill_format(value, 6, written), 6, &again) == BILL_OK && again == value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  const char *text = (const char *)data + 1;
  const size_t len = size - 1;
  read_number(text, len);
  if (data[0] & 1) {
    load_icd(text, len);
    return 0;
  }
  load_drg(text, len);
  char *behind = malloc(sizeof HEAD - 1 + len);
  if (!behind) return 0;
  memcpy(behind, HEAD, sizeof HEAD - 1);
  memcpy(behind + sizeof HEAD - 1, text, len);
  load_drg(behind, sizeof HEAD - 1 + len);
  free(behind);
  return 0;
}
