#include "bill.h"

static const char *const code_names[] = {
    "ok",          "bad-argument",     "out-of-range", "overflow", "discount-too-large", "too-many-rates",
    "no-weights",  "not-a-number",     "too-precise",  "out-of-memory", "too-big",       "no-columns",
    "bad-row",     "overlapping-rows", "not-found",    "ungroupable",   "incomplete-row"};

static const char *const how_names[] = {"unknown", "times-over", "share-of", "plus", "minus", "lesser", "greater"};

static const char *const what_names[] = {"unknown",  "gross", "discount-rated", "discount", "discounted", "net", "tax",
                                         "tax-base", "tax-so-far", "total",     "share",    "paid",       "left",
                                         "labor-part", "base-rate", "full-payment", "per-diem-sum",
                                         "half", "base-payment", "cost", "threshold", "cost-over", "cost-outlier",
                                         "days-over", "day-outlier", "outlier", "allowed", "adjustment", "basis",
                                         "deductible", "copay", "coinsurance", "benefit", "patient"};

#define COUNT(names) (sizeof(names) / sizeof(names)[0])

_Static_assert(COUNT(what_names) == BILL_WHAT_COUNT, "every number of a trail has a name");

const char *bill_code_name(int code) {
  return code <= 0 && code > -(int)COUNT(code_names) ? code_names[-code] : "unknown";
}

const char *bill_what_name(uint32_t what) { return what_names[what < COUNT(what_names) ? what : 0]; }

const char *bill_how_name(uint32_t how) { return how_names[how < COUNT(how_names) ? how : 0]; }
