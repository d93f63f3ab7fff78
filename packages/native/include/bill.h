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

/* "overflow"; constant text, "unknown" for a number that is no code. */
const char *bill_code_name(int code);

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
  BILL_GROSS = 1,
  BILL_DISCOUNT_RATED, /* the part of the discount that a rate gives */
  BILL_DISCOUNT,
  BILL_DISCOUNTED,     /* gross less discount */
  BILL_NET,
  BILL_TAX,
  BILL_TAX_BASE,       /* what a rate has been put on so far, this line included */
  BILL_TAX_SO_FAR,     /* the tax on that */
  BILL_TOTAL,
  BILL_SHARE,
  BILL_PAID,
  BILL_LEFT,
  BILL_WHAT_COUNT
} bill_what;

#define BILL_NO_LINE UINT32_MAX

typedef struct bill_step {
  uint16_t what;  /* bill_what */
  uint8_t how;    /* bill_how */
  uint8_t payer;  /* number of the coverage; 0 elsewhere */
  uint32_t line;  /* number of the line from 0, or BILL_NO_LINE */
  int64_t a, b, c;
  int64_t result;
  int64_t rest;
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

/* Adds lines to it. sums (may be NULL) has room for count: each line's own. On failure *at (may be NULL) is the number
 * within lines of the one that failed; count where it is none of them. */
BILL_MUST_CHECK int bill_invoice_add(bill_invoice *invoice, const bill_line *lines, size_t count, bill_sums *sums,
                                     size_t *at, bill_trail *trail);

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

#ifdef __cplusplus
}
#endif

#endif
