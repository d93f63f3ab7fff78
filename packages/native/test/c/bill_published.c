/* Two years of MS-DRG weights and one of ICD-10-CM codes, where they lie beside the repository; skipped where they do not. */
#include "bill_files.h"

#define DATA CASES_DIR "/../../../../../../shared/data/"

TEST(reads_both_years_of_weights_and_picks_them_by_day) {
  size_t len = 0;
  bill_table_error error;
  bill_drg_table *drgs = NULL;
  bill_drg drg;
  char *bytes = read_file(DATA "drg/ms-drg-weights.csv", &len);
  CHECK_INT(bill_drg_new(&drgs), BILL_OK);
  CHECK_INT(bill_drg_load(drgs, bytes, len, 0, 0, &error), BILL_OK);
  free(bytes);
  CHECK_INT(bill_drg_count(drgs), 1534);
  CHECK_INT(bill_drg_find(drgs, "001", 3, 20220930, &drg), BILL_OK);
  CHECK_INT(drg.weight, 28913200);
  CHECK_INT(bill_drg_find(drgs, "001", 3, 20221001, &drg), BILL_OK);
  CHECK_INT(drg.weight, 28146100);
  CHECK_INT(drg.mean_days, 29900000);
  const bill_drg_terms terms = {.base_rate = 650000};
  const bill_drg_case of = {.drg = "999", .drg_len = 3, .discharged = 20220314, .days = 1};
  bill_drg_payment paid;
  CHECK_INT(bill_drg_pay(drgs, &of, &terms, &paid, NULL), BILL_EUNGROUPABLE);
  bill_drg_free(drgs);
}

TEST(reads_all_codes_of_a_year) {
  size_t len = 0;
  bill_table_error error;
  bill_icd_table *icds = NULL;
  bill_icd icd;
  char *bytes = read_file(DATA "icd10/icd10cm-2022.csv", &len);
  if (!bytes) return;
  CHECK_INT(bill_icd_new(&icds), BILL_OK);
  CHECK_INT(bill_icd_load(icds, bytes, len, 20211001, 20220930, &error), BILL_OK);
  free(bytes);
  CHECK_INT(bill_icd_count(icds), 95524);
  CHECK_INT(bill_icd_find(icds, "E119", 4, 20220314, &icd), BILL_OK);
  CHECK_STR(icd.code, "E11.9");
  CHECK_INT(icd.billable, 1);
  CHECK_INT(bill_icd_find(icds, "E11", 3, 20220314, &icd), BILL_OK);
  CHECK_INT(icd.billable, 0);
  bill_icd_free(icds);
}

int main(void) {
  if (access(DATA "drg/ms-drg-weights.csv", R_OK) != 0) {
    printf("the published tables are not beside the repository\n");
    return 77;
  }
  RUN(reads_both_years_of_weights_and_picks_them_by_day);
  RUN(reads_all_codes_of_a_year);
  return finish();
}
