/* libbill: money, exact. Invoices, payments over open balances, MS-DRG payment, insurance adjudication, and the trail of
 * how each number came about. C11, needs nothing but the C library; no floating point anywhere.
 *
 * Rules that hold for every function here, so that they are not repeated below:
 *   - Money is a whole number of minor units (cents, øre; yen have none) of one currency, which the caller knows. Credits
 *     and reversals are negative, and reckoned as the mirror image of the positive.
 *   - What is no whole number is counted in millionths: a quantity (2.5 tablets: 2500000), a rate (8.875 %: 88750), a DRG
 *     weight, a length of stay. BILL_ONE is 1, or 100 %. bill_parse reads "2.5" without rounding.
 *   - Products are exact in 128 bits and rounded once, half to even: 0.5 becomes 0, 1.5 and 2.5 become 2. A step that
 *     rounds says so in the trail, with what was cut off.
 *   - Every result fits 64 bits or the call fails with BILL_EOVERFLOW; nothing wraps. INT64_MIN is no amount: its mirror
 *     image has no room.
 *   - A function that can fail returns BILL_OK (0) or a negative bill_code, checked by the compiler. After a failure
 *     nothing counts of what stands in its outputs; invoices, coverages, tables and a trail's count are as before the call.
 *   - Only *_new and *_load allocate; *_free takes NULL. Nothing is kept of the caller's memory after a call returns.
 *   - A table may be read by any number of threads once nothing is loaded into it any more. Everything else is stateless.
 *   - Time is in proportion to the input. Dates are days of the calendar as a number: 20260314. */
#ifndef BILL_H
#define BILL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define BILL_MUST_CHECK __attribute__((warn_unused_result))
#else
#define BILL_MUST_CHECK
#endif

typedef int64_t bill_money;  /* minor units */
typedef int64_t bill_micros; /* millionths */

#define BILL_ONE 1000000 /* 1 as a quantity, 100 % as a rate */

typedef enum bill_code {
  BILL_OK = 0,
  BILL_EARG = -1,         /* NULL where something is needed */
  BILL_ERANGE = -2,       /* a number outside its stated range */
  BILL_EOVERFLOW = -3,    /* a result that does not fit 64 bits */
  BILL_EDISCOUNT = -4,    /* a discount larger than what it is taken off */
  BILL_ERATES = -5,       /* more than BILL_RATES_MAX different tax rates on one invoice */
  BILL_EWEIGHTS = -6,     /* nothing to allocate over: no weights, or all of them 0 */
  BILL_ENUMBER = -7,      /* text that is no decimal number */
  BILL_EPRECISION = -8,   /* more decimals than there is room for: rounding is not for a parser */
  BILL_ENOMEM = -9,
  BILL_ETOOBIG = -10,     /* a table of more than BILL_TABLE_BYTES_MAX bytes */
  BILL_EHEADER = -11,     /* a table without the columns that are needed */
  BILL_EROW = -12,        /* a row of a table that cannot be read */
  BILL_EOVERLAP = -13,    /* two rows for one code on one day */
  BILL_ENOTFOUND = -14,   /* no row of this code on this day */
  BILL_EUNGROUPABLE = -15,/* MS-DRG 998 or 999, or another of weight 0: must not be billed */
  BILL_EINCOMPLETE = -16  /* the row does not say what this payment needs: a length of stay, the transfer policy */
} bill_code;

const char *bill_code_name(int code); /* "overflow"; constant text, "unknown" for a number that is no code */

/* ---- The trail --------------------------------------------------------------------------------------------------- */

/* How a number came about. c and rest are 0 where they are not named. */
typedef enum bill_how {
  BILL_TIMES_OVER = 1, /* a x b / c, rounded half to even; rest = a x b - result x c, at most c / 2 either way */
  BILL_SHARE_OF = 2,   /* a x b / c, rounded down or up (towards or away from 0) as shares are; rest as above, below c */
  BILL_PLUS = 3,       /* a + b */
  BILL_MINUS = 4,      /* a - b */
  BILL_LESSER = 5,     /* the lesser of a and b */
  BILL_GREATER = 6     /* the greater of a and b */
} bill_how;

/* Which number it is. Those of payment and adjudication are explained there. */
typedef enum bill_what {
  /* invoices; rated: the part that a rate gives; discounted: gross less discount; so far: of a rate, this line included */
  BILL_GROSS = 1, BILL_DISCOUNT_RATED, BILL_DISCOUNT, BILL_DISCOUNTED, BILL_NET, BILL_TAX, BILL_TAX_BASE, BILL_TAX_SO_FAR,
  BILL_TOTAL,
  /* allocation */
  BILL_SHARE, BILL_PAID, BILL_LEFT,
  /* payment */
  BILL_LABOR_PART, BILL_BASE_RATE, BILL_FULL_PAYMENT, BILL_PER_DIEM_SUM, BILL_HALF, BILL_BASE_PAYMENT,
  BILL_COST, BILL_THRESHOLD, BILL_COST_OVER, BILL_COST_OUTLIER, BILL_DAYS_OVER, BILL_DAY_OUTLIER, BILL_OUTLIER,
  /* insurance */
  BILL_ALLOWED, BILL_ADJUSTMENT, BILL_BASIS, BILL_DEDUCTIBLE, BILL_COPAY, BILL_COINSURANCE, BILL_BENEFIT, BILL_PATIENT,
  BILL_WHAT_COUNT
} bill_what;

#define BILL_NO_LINE UINT32_MAX

typedef struct bill_step {
  uint16_t what;  /* bill_what */
  uint8_t how;    /* bill_how */
  uint8_t payer;  /* number of the coverage; 0 elsewhere */
  uint32_t line;  /* number of the line from 0, or BILL_NO_LINE */
  int64_t a, b, c, result, rest;
} bill_step;

/* Where steps are written; functions take NULL for none. Steps beyond cap are counted and not kept: count says how many
 * there would have been. Further calls add to it. */
typedef struct bill_trail {
  bill_step *steps; /* room for cap; NULL when cap is 0 */
  size_t cap;
  size_t count;
} bill_trail;

const char *bill_what_name(uint32_t what); /* "tax-so-far"; "unknown" outside */
const char *bill_how_name(uint32_t how);   /* "times-over"; "unknown" outside */

/* 1 when the step's numbers are what it says of them, reckoned again from nothing but itself. */
int bill_step_holds(const bill_step *step);

/* ---- Arithmetic -------------------------------------------------------------------------------------------------- */

/* a x b / c, rounded half to even. c > 0, none of them INT64_MIN (BILL_ERANGE). */
BILL_MUST_CHECK int bill_times_over(int64_t a, int64_t b, int64_t c, int64_t *out);

/* Reads text[0..len) as a decimal number, scaled by 10 to the digits: "12.5" with 2 digits is 1250. Digits, at most one
 * point with a digit on both sides, a minus before them; nothing else: no blanks, plus, exponent or thousands.
 * digits  0 to 18. More decimals than that are BILL_EPRECISION unless they are zeros. */
BILL_MUST_CHECK int bill_parse(const char *text, size_t len, unsigned digits, int64_t *out);

#define BILL_FORMAT_BYTES 22 /* the longest: a minus, 19 digits, a point, the NUL */

/* Writes a value with so many decimals: 1250 with 2 digits is "12.50". Always all of them, and a NUL; returns the length,
 * 0 for more than 18 digits. */
size_t bill_format(int64_t value, unsigned digits, char out[BILL_FORMAT_BYTES]);

/* ---- Invoices ---------------------------------------------------------------------------------------------------- */

#define BILL_TAX_INCLUDED 1u /* the price has the tax in it */

typedef struct bill_line {
  bill_micros quantity;   /* negative for a reversal */
  bill_money price;       /* of price_per units: 125 per 100 ml is exact where 1.25 per ml has no minor unit */
  bill_micros price_per;  /* > 0; 0 stands for BILL_ONE */
  bill_money discount;    /* >= 0, taken off after discount_rate's part */
  uint32_t discount_rate; /* of the gross, 0 to BILL_ONE */
  uint32_t tax_rate;      /* 0 to BILL_ONE */
  uint32_t flags;         /* BILL_TAX_INCLUDED or 0 */
} bill_line;

/* Of one line or all. net + tax = total, always.
 *   gross     quantity x price / price_per, rounded
 *   discount  gross x discount_rate, rounded, and discount; not above gross (BILL_EDISCOUNT)
 *   tax       tax put on top:   net = gross - discount, tax = net x rate, rounded
 *             tax in the price: total = gross - discount, tax = total x rate / (1 + rate), rounded */
typedef struct bill_sums {
  bill_money gross, discount, net, tax, total;
} bill_sums;

#define BILL_RATES_MAX 16

/* What one tax rate comes to on an invoice. */
typedef struct bill_tax {
  uint32_t rate, flags;
  bill_money net, tax;
} bill_tax;

typedef enum bill_rounding {
  BILL_TAX_BY_LINE = 0, /* each line's tax is rounded; the invoice's tax is their sum */
  BILL_TAX_BY_RATE = 1  /* a rate is put on the sum of its lines and rounded once. A line's tax is by how much that sum's
                         * tax grew with it, so that lines still add up; it is within one unit of the line's own */
} bill_rounding;

typedef struct bill_invoice {
  uint32_t rounding;              /* bill_rounding */
  uint32_t rate_count;
  uint64_t line_count;
  bill_sums sums;
  bill_tax rates[BILL_RATES_MAX]; /* in the order in which they came; they add up to sums.net and sums.tax */
} bill_invoice;

/* An invoice without lines. BILL_ERANGE for a rounding that is none. */
BILL_MUST_CHECK int bill_invoice_start(bill_invoice *invoice, uint32_t rounding);

/* Adds lines to it, in as many calls as wanted. sums (may be NULL) has room for count: each line's own. On failure *at (may be NULL) is the number
 * within lines of the one that failed; count where it is none of them. */
BILL_MUST_CHECK int bill_invoice_add(bill_invoice *invoice, const bill_line *lines, size_t count, bill_sums *sums,
                                     size_t *at, bill_trail *trail);

/* A plain line in 16 bytes, for many of them: a price for one unit, tax on top, numbers that fit 32 bits. */
typedef struct bill_charge {
  int32_t quantity;       /* millionths; negative for a reversal */
  int32_t price;          /* minor units */
  uint32_t discount_rate; /* 0 to BILL_ONE */
  uint32_t tax_rate;      /* 0 to BILL_ONE */
} bill_charge;

/* What bill_invoice_add does with the same lines written out, three times as fast. */
BILL_MUST_CHECK int bill_invoice_add_charges(bill_invoice *invoice, const bill_charge *charges, size_t count,
                                             bill_sums *sums, size_t *at);

/* ---- Allocation -------------------------------------------------------------------------------------------------- */

/* The share of one, and what was cut off it: |amount| x weight mod the sum of weights. */
typedef struct bill_share {
  bill_money amount;
  uint64_t rest;
} bill_share;

/* Divides an amount in proportion to weights (>= 0), to the last unit: the shares add up to it. Each gets its part
 * rounded towards 0; the units that are left go, one each, to those of whom most was cut off (largest remainder), the
 * earlier first where it was the same. An amount of 0 gives 0 to all, whatever the weights. */
BILL_MUST_CHECK int bill_allocate(bill_money amount, const int64_t *weights, size_t count, bill_share *shares,
                                  bill_trail *trail);

/* Pays open balances (>= 0) with a payment (>= 0), in proportion to them: bill_allocate of the payment, or of their sum
 * where that is less. No balance gets more than it has. *left is what was not needed. */
BILL_MUST_CHECK int bill_pay_pro_rata(bill_money payment, const bill_money *open, size_t count, bill_share *paid,
                                      bill_money *left, bill_trail *trail);

/* The same one after the other: the first is paid as far as the payment goes, then the next. */
BILL_MUST_CHECK int bill_pay_in_order(bill_money payment, const bill_money *open, size_t count, bill_money *paid,
                                      bill_money *left, bill_trail *trail);

/* ---- Tables of codes --------------------------------------------------------------------------------------------- */

#define BILL_TABLE_BYTES_MAX ((size_t)64 << 20) /* of one file */
#define BILL_CODE_BYTES 10                      /* a code with its NUL */

/* Where a file could not be read. */
typedef struct bill_table_error {
  int code;
  uint32_t line;       /* from 1 */
  const char *message; /* constant text */
} bill_table_error;

/* DRGs, by code and day of discharge: as many files as wanted, of one scheme. Its weights change every year; a row is valid
 * from one day to another, both included, and no two rows of a code may share a day (BILL_EOVERLAP).
 *
 * A file is text with a header, its fields separated by tabs or commas, fields with separators in "quotes" (RFC 4180). It is
 * read in the layouts in which they are published, and columns may come in any order:
 *   CMS, IPPS final rule, Table 5   MS-DRG, Post-Acute DRG, Special Pay DRG (behind "FY 2025 Final"), MDC, TYPE,
 *                                   MS-DRG Title, Weights, Geometric mean LOS, Arithmetic mean LOS. Lines above the header
 *                                   are passed over. Where there are two columns of weights, the one with the 10 % cap
 *                                   applied counts: the other is before the cap. It says no dates: from and to are needed.
 *   one file of several years       drg, weight, gmlos, title, valid_from, valid_to (2022-10-01), mdc, type; others ignored
 * Needed are the code, the weight and the geometric mean length of stay. Rows without a code or without both numbers (notes)
 * are passed over. */
typedef struct bill_drg_table bill_drg_table;

BILL_MUST_CHECK int bill_drg_new(bill_drg_table **out);
void bill_drg_free(bill_drg_table *table);

/* Loads text[0..len). from and to hold for rows that say no dates themselves; 0 where all do. On failure nothing of the file
 * is in the table and *error (may be NULL) says where: BILL_EHEADER, BILL_EROW, BILL_EOVERLAP, BILL_ETOOBIG, BILL_ENOMEM. */
BILL_MUST_CHECK int bill_drg_load(bill_drg_table *table, const char *text, size_t len, int32_t from, int32_t to,
                                  bill_table_error *error);

typedef enum bill_said { BILL_UNSAID = 0, BILL_NO = 1, BILL_YES = 2 } bill_said;

typedef struct bill_drg {
  char code[BILL_CODE_BYTES];  /* "001": as it is written */
  char mdc[BILL_CODE_BYTES];   /* "08", "PRE"; "" where it is not said */
  char type[BILL_CODE_BYTES];  /* "SURG", "MED"; "" */
  uint8_t post_acute;          /* bill_said: the post-acute transfer policy applies */
  uint8_t special_pay;         /* bill_said: ... with the special payment method */
  int32_t valid_from, valid_to;
  bill_micros weight;
  bill_micros mean_days;       /* geometric mean length of stay; 0 where it is not said */
  const char *title;           /* UTF-8, not NUL-terminated; lives as long as the table */
  size_t title_len;
} bill_drg;

/* The row of a code on a day; BILL_ENOTFOUND where there is none. */
BILL_MUST_CHECK int bill_drg_find(const bill_drg_table *table, const char *code, size_t len, int32_t day, bill_drg *out);

size_t bill_drg_count(const bill_drg_table *table);

/* ICD-10-CM codes, the same way: NCHS's order file (icd10cm_order_2022.txt: order number, code without its dot, 1 for
 * billable, short and long description, in fixed columns), or a file with a header: code, billable (0, 1), description,
 * valid_from, valid_to. */
typedef struct bill_icd_table bill_icd_table;

BILL_MUST_CHECK int bill_icd_new(bill_icd_table **out);
void bill_icd_free(bill_icd_table *table);
BILL_MUST_CHECK int bill_icd_load(bill_icd_table *table, const char *text, size_t len, int32_t from, int32_t to,
                                  bill_table_error *error);

typedef struct bill_icd {
  char code[BILL_CODE_BYTES]; /* with its dot: "E11.9" */
  uint8_t billable;           /* 1: may stand on a claim; 0: a header, to be refined */
  int32_t valid_from, valid_to;
  const char *title;          /* as above */
  size_t title_len;
} bill_icd;

/* "E11.9", "E119" and "e11.9" are the same code. */
BILL_MUST_CHECK int bill_icd_find(const bill_icd_table *table, const char *code, size_t len, int32_t day, bill_icd *out);

size_t bill_icd_count(const bill_icd_table *table);

/* ---- MS-DRG payment ---------------------------------------------------------------------------------------------- */

/* The hospital's base rate: labor x wage_index + the rest x cost_of_living (42 CFR 412.64 (h), (m); each rounded). The
 * capital rate, adjusted for the area, is added by the caller. All >= 0. */
BILL_MUST_CHECK int bill_base_rate(bill_money labor, bill_micros wage_index, bill_money rest, bill_micros cost_of_living,
                                   bill_money *out, bill_trail *trail);

/* What holds for a hospital and a year. All >= 0. */
typedef struct bill_drg_terms {
  bill_money base_rate;
  bill_money fixed_loss;        /* of cost outliers, adjusted for the area */
  bill_micros cost_to_charge;   /* operating and capital ratios together */
  uint32_t marginal_rate;       /* of the cost above the threshold: 800000 (412.84 (k)); 0: no cost outliers */
  uint32_t marginal_rate_burns; /* the same for burns (MDC 22): 900000 (412.84 (k)) */
  bill_micros day_threshold;    /* days above the mean from which a day counts more */
  uint32_t day_rate;            /* of the per diem for each such day (412.82); 0: no day outliers. Medicare ended them on
                                 * 1 October 1997; other payers have them */
} bill_drg_terms;

typedef enum bill_leaving {
  BILL_DISCHARGED = 0,
  BILL_TO_ACUTE = 1,     /* transferred to another acute hospital (412.4 (b)) */
  BILL_TO_POST_ACUTE = 2 /* to a setting of 412.4 (c): counts where the DRG is under that policy */
} bill_leaving;

typedef struct bill_drg_case {
  const char *drg;
  size_t drg_len;
  int32_t discharged;  /* picks the row */
  uint32_t days;       /* covered; a stay of 0 is paid as 1 */
  uint32_t leaving;    /* bill_leaving */
  bill_money charges;  /* covered, >= 0 */
  bill_money add_on;   /* indirect teaching, disproportionate share, new technology: paid, and part of the threshold; >= 0 */
} bill_drg_case;

typedef struct bill_drg_payment {
  bill_drg drg;
  uint32_t is_transfer;   /* 1: paid by the day */
  bill_money full;        /* weight x base rate */
  bill_money base;        /* full, or for a transfer (days + 1) / mean days of it (412.4 (f) (1): the per diem, twice for the
                           * first day), with the special method half of it and half of that; never above full. DRG 789,
                           * neonates, is paid in full (412.4 (f) (3)) */
  bill_money cost;        /* charges x cost_to_charge */
  bill_money threshold;   /* full + add_on + fixed_loss; for a transfer (days + 1) / mean days of it (412.80 (b)) */
  bill_money cost_outlier;/* (cost - threshold) x marginal rate */
  bill_money day_outlier; /* days above mean + threshold, x full / mean days x day_rate; not for transfers */
  bill_money outlier;     /* the greater of both (412.86) */
  bill_money total;       /* base + add_on + outlier */
} bill_drg_payment;

/* What a case is paid. BILL_ENOTFOUND, BILL_EUNGROUPABLE, BILL_EINCOMPLETE where the row does not say the mean days or the
 * transfer policy that the case needs, BILL_ERANGE, BILL_EOVERFLOW. */
BILL_MUST_CHECK int bill_drg_pay(const bill_drg_table *table, const bill_drg_case *of, const bill_drg_terms *terms,
                                 bill_drg_payment *out, bill_trail *trail);

/* ---- Insurance --------------------------------------------------------------------------------------------------- */

#define BILL_COVERAGES_MAX 4
#define BILL_UNLIMITED INT64_MAX /* as out_of_pocket_left: there is no maximum */

/* Flags of a benefit. */
#define BILL_NOT_COVERED 1u     /* nothing is paid; the patient bears the charge */
#define BILL_NOT_BILLABLE 2u    /* nothing is paid and the patient must not be asked for it either */
#define BILL_NO_DEDUCTIBLE 4u   /* the deductible does not apply: preventive care */
#define BILL_NO_MAXIMUM 8u      /* what the patient bears does not count towards the maximum, nor is it limited by it */

/* What one coverage grants for one line. */
typedef struct bill_benefit {
  bill_money allowed;    /* >= 0; the lesser of it and the charge counts */
  bill_money copay;      /* >= 0. One for a whole visit stands on one of its lines */
  uint32_t coinsurance;  /* the patient's part, 0 to BILL_ONE */
  uint32_t flags;
} bill_benefit;

typedef enum bill_cost_order {
  BILL_DEDUCTIBLE_FIRST = 0, /* deductible, then copay, then coinsurance, each on what the one before left */
  BILL_COPAY_FIRST = 1
} bill_cost_order;

/* How a coverage that is not the first pays beside those before it (NAIC model regulation 120). */
typedef enum bill_coordination {
  BILL_COB_STANDARD = 0,    /* its own benefit, at most what the patient would still bear */
  BILL_COB_CARVE_OUT = 1,   /* ... less what those before it paid (non-duplication) */
  BILL_COB_MAINTENANCE = 2  /* its benefit of what those before it did not pay: deductible and coinsurance come after */
} bill_coordination;

typedef struct bill_coverage {
  bill_money deductible_left;    /* >= 0. Of a person in a family: the lesser of both; the same is used up of each */
  bill_money out_of_pocket_left; /* >= 0, or BILL_UNLIMITED */
  uint32_t cost_order;           /* bill_cost_order */
  uint32_t coordination;         /* bill_coordination; of the first: not looked at */
  const bill_benefit *benefits;  /* one for each line */
} bill_coverage;

/* What one coverage makes of one line, in its own reckoning; the words of X12 835 in brackets. Always:
 * charge = adjustment + not_covered + deductible + copay + coinsurance + paid + saved. */
typedef struct bill_outcome {
  bill_money adjustment;  /* above the allowed amount (CO-45); all of it for BILL_NOT_BILLABLE (CO-96) */
  bill_money not_covered; /* PR-96 */
  bill_money deductible;  /* PR-1; what the patient bears is cut at the maximum, coinsurance first, then copay, deductible */
  bill_money copay;       /* PR-3 */
  bill_money coinsurance; /* PR-2 */
  bill_money paid;
  bill_money saved;       /* what it would have paid as the only one, and need not beside the others (OA-23) */
} bill_outcome;

/* Adjudicates lines with charges (>= 0) under 1 to BILL_COVERAGES_MAX coverages, the first being the primary. outcomes has room
 * for count x coverages: those of line i from outcomes[i * coverages]. patient has room for count: what the patient owes of
 * each line, which is what the first coverage leaves to the patient less what the others pay. What is used up of deductibles
 * and maxima is taken off coverages; a coverage that is not first counts towards its maximum what the patient really bears.
 * On failure *at (may be NULL) is the number of the line. */
BILL_MUST_CHECK int bill_adjudicate(const bill_money *charges, size_t count, bill_coverage *coverages, size_t coverage_count,
                                    bill_outcome *outcomes, bill_money *patient, size_t *at, bill_trail *trail);

#ifdef __cplusplus
}
#endif

#endif
