/* Loading tables: the layouts, what is refused and where, nothing half loaded, every allocation failing once, and the
 * most rows there may be. */
#include "bill_files.h"
#include "bill_random.h"
#include "failing-alloc.h"

#define HEAD "drg,weight,gmlos,title,valid_from,valid_to,mdc,type\n"
#define ROW "470,1.9,2.5,KNEE,2024-10-01,2025-09-30,08,SURG\n"

static bill_table_error error;

/* Loads text that is followed by an unreadable page. */
static int load_drg(bill_drg_table *into, const char *text, int32_t from, int32_t to) {
  const size_t len = strlen(text);
  uint8_t *bytes = guarded(text, len);
  const int code = bill_drg_load(into, (char *)bytes, len, from, to, &error);
  guarded_free(bytes, len);
  CHECK_INT(error.code, code);
  return code;
}

static int load_icd(bill_icd_table *into, const char *text, int32_t from, int32_t to) {
  const size_t len = strlen(text);
  uint8_t *bytes = guarded(text, len);
  const int code = bill_icd_load(into, (char *)bytes, len, from, to, &error);
  guarded_free(bytes, len);
  CHECK_INT(error.code, code);
  return code;
}

static bill_drg_table *new_drg(void) {
  bill_drg_table *made = NULL;
  CHECK_INT(bill_drg_new(&made), BILL_OK);
  return made;
}

TEST(reads_table_5_of_the_final_rule_and_files_of_several_years) {
  bill_drg_table *drgs = new_drg();
  bill_drg found;
  load_case_tables(drgs);
  CHECK_INT(bill_drg_count(drgs), 9);
  CHECK_INT(bill_drg_find(drgs, "480", 3, 20250314, &found), BILL_OK);
  CHECK_STR(found.code, "480");
  CHECK_STR(found.mdc, "08");
  CHECK_STR(found.type, "SURG");
  CHECK_INT(found.post_acute, BILL_YES);
  CHECK_INT(found.special_pay, BILL_YES);
  CHECK_INT(found.weight, 3000100);
  CHECK_INT(found.mean_days, 6100000);
  CHECK_INT(found.valid_from, 20241001);
  CHECK_INT(bill_drg_find(drgs, "001", 3, 20250930, &found), BILL_OK);
  CHECK_INT(found.weight, 19500000);
  CHECK_INT(found.post_acute, BILL_NO);
  CHECK_INT(bill_drg_find(drgs, "470", 3, 20251001, &found), BILL_OK);
  CHECK_INT(found.title_len, 21);
  CHECK_BYTES(found.title, "TEST KNEE, \"ONE\" SIDE", 21);
  CHECK_INT(found.post_acute, BILL_UNSAID);
  CHECK_INT(bill_drg_find(drgs, "470", 3, 20240930, &found), BILL_ENOTFOUND);
  CHECK_INT(bill_drg_find(drgs, "470", 3, 20261001, &found), BILL_ENOTFOUND);
  CHECK_INT(bill_drg_find(drgs, "47", 2, 20250314, &found), BILL_ENOTFOUND);
  CHECK_INT(bill_drg_find(drgs, "4 0", 3, 20250314, &found), BILL_ENOTFOUND);
  CHECK_INT(bill_drg_find(drgs, NULL, 0, 20250314, &found), BILL_ENOTFOUND);
  bill_drg_free(drgs);
}

TEST(says_where_a_file_is_wrong_and_keeps_nothing_of_it) {
  static const struct {
    const char *text;
    int code;
    uint32_t line;
  } cases[] = {{"", BILL_EHEADER, 1},
               {"drg,weight\n470,1.9\n", BILL_EHEADER, 3},
               {HEAD "470,1.9,2.5,KNEE,2024-10-01,2025-09-30,08,SURG\n4-7,1,1,X,2024-10-01,2025-09-30,,\n", BILL_EROW, 3},
               {HEAD "470,-1.9,2.5,KNEE,2024-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.x,KNEE,2024-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.1234567,2,KNEE,2024-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KNEE,2024-10-32,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KNEE,2025-02-29,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KNEE,2025-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KNEE,,,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KNEE,2024/10/01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KNEE,2024-1a-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KNEE,202,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KNEE,2024-10-01,2025-09-30,0123456789,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KN\x97,2024-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KN\xe2\x82,2024-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KN\xed\xa0\x80,2024-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,KN\x01,2024-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,\"KNEE,2024-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,\"KNEE\" TWO,2024-10-01,2025-09-30,08,SURG\n", BILL_EROW, 2},
               {HEAD "470,1.9,2.5,\"KN\nEE\",2024-10-01,2025-09-30,08,SURG\n" ROW, BILL_EOVERLAP, 4},
               {HEAD ROW "470,1.9,2.5,KNEE,2025-09-30,2026-09-30,08,SURG\n", BILL_EOVERLAP, 3},
               {"drg,weight,gmlos,Final Post-Acute DRG\n470,1.9,2.5,perhaps\n", BILL_EROW, 2},
               {"drg,weight,gmlos,Final Special Pay DRG\n470,1.9,2.5,perhaps\n", BILL_EROW, 2}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    bill_drg_table *drgs = new_drg();
    CHECK_INT(load_drg(drgs, HEAD "001,1,1,HEART,2024-10-01,2025-09-30,,\n", 0, 0), BILL_OK);
    const int code = load_drg(drgs, cases[i].text, 0, 0);
    if (code != cases[i].code || error.line != cases[i].line) printf("# case %zu: %s\n", i, error.message);
    CHECK_INT(code, cases[i].code);
    CHECK_INT(error.line, cases[i].line);
    CHECK(strlen(error.message) > 10);
    CHECK_INT(bill_drg_count(drgs), 1);
    bill_drg_free(drgs);
  }
}

TEST(takes_every_line_end_notes_and_titles_of_any_language) {
  static const char *const texts[] = {HEAD ROW, "\xef\xbb\xbf" HEAD ROW, "A NOTE, ABOVE\r\n\r\n" HEAD "\n,,,\n" ROW "A NOTE BELOW\n",
                                      "drg;,weight,gmlos\r470,1.9,2.5\r", "GMLOS,Weight,MS-DRG\n2.5,1.9,470",
                                      HEAD "470,1.9,2.5,KN\xc3\x89\xe2\x82\xac\xf0\x9f\xa6\xb5,20241001,20250930,08,SURG,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,x\n"};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    bill_drg_table *drgs = new_drg();
    bill_drg found;
    CHECK_INT(load_drg(drgs, texts[i], 20241001, 20250930), BILL_OK);
    CHECK_INT(bill_drg_find(drgs, "470", 3, 20250101, &found), BILL_OK);
    CHECK_INT(found.weight, 1900000);
    bill_drg_free(drgs);
  }
}

TEST(sorts_whatever_order_rows_come_in_and_finds_each_on_its_days) {
  enum { CODES = 400, YEARS = 5 };
  static char text[CODES * YEARS * 48 + 256];
  int order[CODES * YEARS];
  size_t len = (size_t)sprintf(text, "drg,weight,gmlos,valid_from,valid_to\n");
  for (int i = 0; i < CODES * YEARS; i++) order[i] = i;
  for (int i = CODES * YEARS - 1; i > 0; i--) {
    const int other = (int)below(i + 1), kept = order[i];
    order[i] = order[other];
    order[other] = kept;
  }
  for (int i = 0; i < CODES * YEARS; i++) {
    const int code = order[i] / YEARS, year = 2000 + order[i] % YEARS;
    len += (size_t)sprintf(text + len, "%03d,%d.%03d,1,%d0101,%d1231\n", code, year, code, year, year);
  }
  bill_drg_table *drgs = new_drg();
  CHECK_INT(load_drg(drgs, text, 0, 0), BILL_OK);
  for (int code = 0; code < CODES; code++) {
    for (int year = 1999; year <= 2000 + YEARS; year++) {
      char name[16];
      bill_drg found;
      sprintf(name, "%03d", code);
      const int is_there = year >= 2000 && year < 2000 + YEARS;
      CHECK_INT(bill_drg_find(drgs, name, 3, year * 10000 + 615, &found), is_there ? BILL_OK : BILL_ENOTFOUND);
      if (is_there) CHECK_INT(found.weight, (int64_t)year * BILL_ONE + code * 1000);
    }
  }
  bill_drg_free(drgs);
}

TEST(reads_icd_codes_from_the_order_file_and_from_columns) {
  static const char order[] =
      "00001 A00     0 Cholera                                                      Cholera\n"
      "00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           Cholera due to Vibrio cholerae 01, own text\r\n"
      "\n"
      "00003 S72001A 1 Fracture";
  static const char columns[] = "code,billable,poa_exempt,chronic,description\nE11,0,,,Type 2 diabetes\nE11.9,1,N,C,\"Type 2, without\"\n\n";
  bill_icd_table *icds = NULL;
  bill_icd found;
  CHECK_INT(bill_icd_new(&icds), BILL_OK);
  CHECK_INT(load_icd(icds, order, 20211001, 20220930), BILL_OK);
  CHECK_INT(load_icd(icds, columns, 20211001, 20220930), BILL_OK);
  CHECK_INT(bill_icd_count(icds), 5);
  static const char *const same[] = {"E11.9", "E119", "e11.9"};
  for (int i = 0; i < 3; i++) {
    CHECK_INT(bill_icd_find(icds, same[i], strlen(same[i]), 20220314, &found), BILL_OK);
    CHECK_STR(found.code, "E11.9");
    CHECK_INT(found.billable, 1);
    CHECK_INT(found.title_len, 15);
  }
  CHECK_INT(bill_icd_find(icds, "A00.0", 5, 20220314, &found), BILL_OK);
  CHECK_INT(found.title_len, strlen("Cholera due to Vibrio cholerae 01, own text"));
  CHECK_INT(bill_icd_find(icds, "S72.001A", 8, 20220314, &found), BILL_OK);
  CHECK_STR(found.code, "S72.001A");
  CHECK_BYTES(found.title, "Fracture", 8);
  CHECK_INT(bill_icd_find(icds, "A00", 3, 20220314, &found), BILL_OK);
  CHECK_STR(found.code, "A00");
  CHECK_INT(found.billable, 0);
  static const char *const none[] = {"", "A0", "A00.", "A.00", "A00.00000", "A00000000", "A00-0", "Z99"};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
    CHECK_INT(bill_icd_find(icds, none[i], strlen(none[i]), 20220314, &found), BILL_ENOTFOUND);
  }
  CHECK_INT(bill_icd_find(icds, "A00", 3, 20221001, &found), BILL_ENOTFOUND);
  static const char *const bad[] = {"code,billable\nA00,1\n", "code,billable,description\nA0,1,x\n", "code,billable,description\nB00,2,x\n",
                                    "code,billable,description\nB00,1,x\x80\n", "00001 B00     1 x\nnot a line of it\n",
                                    "00001 B00     2 x\n", "code,billable,description\nA00,1,x\n", "code,billable,description\n\"A00"};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    CHECK(load_icd(icds, bad[i], 20211001, 20220930) != BILL_OK);
    CHECK_INT(bill_icd_count(icds), 5);
  }
  bill_icd_free(icds);
}

TEST(refuses_null_too_much_and_days_that_are_none) {
  bill_drg_table *drgs = new_drg();
  bill_icd_table *icds = NULL;
  bill_drg drg;
  bill_icd icd;
  CHECK_INT(bill_icd_new(&icds), BILL_OK);
  CHECK_INT(bill_drg_new(NULL), BILL_EARG);
  CHECK_INT(bill_icd_new(NULL), BILL_EARG);
  CHECK_INT(bill_drg_load(NULL, "", 0, 0, 0, &error), BILL_EARG);
  CHECK_INT(error.code, BILL_EARG);
  CHECK_INT(bill_drg_load(drgs, NULL, 1, 0, 0, NULL), BILL_EARG);
  CHECK_INT(bill_icd_load(NULL, "", 0, 0, 0, &error), BILL_EARG);
  CHECK_INT(bill_icd_load(icds, NULL, 1, 0, 0, NULL), BILL_EARG);
  CHECK_INT(bill_drg_load(drgs, "", BILL_TABLE_BYTES_MAX + 1, 0, 0, NULL), BILL_ETOOBIG);
  CHECK_INT(load_drg(drgs, HEAD, 20250101, 0), BILL_ERANGE);
  CHECK_INT(load_drg(drgs, HEAD, 20250101, 20241231), BILL_ERANGE);
  CHECK_INT(load_drg(drgs, HEAD, 20250101, 20251301), BILL_ERANGE);
  CHECK_INT(load_drg(drgs, HEAD, 0, 20251231), BILL_ERANGE);
  CHECK_INT(bill_drg_find(NULL, "001", 3, 20250101, &drg), BILL_EARG);
  CHECK_INT(bill_drg_find(drgs, NULL, 3, 20250101, &drg), BILL_EARG);
  CHECK_INT(bill_drg_find(drgs, "001", 3, 20250101, NULL), BILL_EARG);
  CHECK_INT(bill_icd_find(NULL, "A00", 3, 20250101, &icd), BILL_EARG);
  CHECK_INT(bill_icd_find(icds, NULL, 3, 20250101, &icd), BILL_EARG);
  CHECK_INT(bill_icd_find(icds, "A00", 3, 20250101, NULL), BILL_EARG);
  CHECK_INT(bill_drg_count(NULL) + bill_icd_count(NULL), 0);
  bill_drg_free(NULL);
  bill_icd_free(NULL);
  bill_drg_free(drgs);
  bill_icd_free(icds);
}

TEST(survives_every_allocation_failing) {
  static char text[600 * 24 + 64];
  size_t len = (size_t)sprintf(text, "drg,weight,gmlos\n");
  for (int i = 0; i < 600; i++) len += (size_t)sprintf(text + len, "%03d,1.5,2.5\n", i);
  int failed = 0;
  for (long at = 0;; at++) {
    bill_drg_table *drgs = NULL;
    alloc_reset(at);
    int code = bill_drg_new(&drgs);
    if (code == BILL_OK) code = bill_drg_load(drgs, text, len, 20250101, 20251231, &error);
    const int is_done = alloc_count <= at;
    alloc_reset(-1);
    CHECK_INT(code, is_done ? BILL_OK : BILL_ENOMEM);
    CHECK_INT(bill_drg_count(drgs), is_done ? 600 : 0);
    bill_drg_free(drgs);
    if (is_done) break;
    failed++;
  }
  CHECK(failed >= 5);
  for (long at = 0; at < 3; at++) {
    bill_icd_table *icds = NULL;
    alloc_reset(at);
    int code = bill_icd_new(&icds);
    if (code == BILL_OK) code = bill_icd_load(icds, "00001 A00     0 x\n", 18, 20250101, 20251231, NULL);
    alloc_reset(-1);
    CHECK_INT(code, BILL_ENOMEM);
    bill_icd_free(icds);
  }
}

TEST(refuses_more_than_a_million_rows) {
  const size_t rows = 1000001, row = 12;
  char *text = malloc(rows * row + 64), *to = text;
  if (!text) abort();
  to += sprintf(to, "drg,weight,gmlos\n");
  for (size_t i = 0; i < rows; i++, to += row) sprintf(to, "%07zu,1,1\n", i);
  bill_drg_table *drgs = new_drg();
  CHECK_INT(bill_drg_load(drgs, text, (size_t)(to - text), 20250101, 20251231, &error), BILL_ETOOBIG);
  CHECK_INT(error.line, 1000002);
  bill_drg_free(drgs);
  free(text);
}

int main(void) {
  RUN(reads_table_5_of_the_final_rule_and_files_of_several_years);
  RUN(says_where_a_file_is_wrong_and_keeps_nothing_of_it);
  RUN(takes_every_line_end_notes_and_titles_of_any_language);
  RUN(sorts_whatever_order_rows_come_in_and_finds_each_on_its_days);
  RUN(reads_icd_codes_from_the_order_file_and_from_columns);
  RUN(refuses_null_too_much_and_days_that_are_none);
  RUN(survives_every_allocation_failing);
  RUN(refuses_more_than_a_million_rows);
  return finish();
}
