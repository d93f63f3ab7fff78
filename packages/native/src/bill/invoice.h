/* What the two ways of adding lines to an invoice share. */
#ifndef BILL_INVOICE_H
#define BILL_INVOICE_H

#include "bill.h"

/* The rate's place on the invoice; a new one where it has none. NULL: there is no room for another. */
bill_tax *bill_find_tax(bill_invoice *invoice, const bill_line *line);

/* product / BILL_ONE, half to even, of a product below 2^63 - 2^19: rounded half up, and one less where it was a half and that
 * made it odd. */
static inline uint64_t bill_over_one(uint64_t product) {
  const uint64_t quotient = (product + BILL_ONE / 2) / BILL_ONE;
  return quotient - ((uint64_t)(quotient * BILL_ONE == product + BILL_ONE / 2) & quotient & 1);
}

/* Sums of lines whose amounts are all below 2^44. */
typedef struct bill_block {
  uint64_t gross, discount;
  uint64_t net[BILL_RATES_MAX], tax[BILL_RATES_MAX];
} bill_block;

/* Adds the block to the invoice; nothing of it when one sum has no room. */
int bill_add_block(bill_invoice *invoice, const bill_block *sums);

/* Adds lines up to the first that is not plain, and says how many. invoice->rounding is BILL_TAX_BY_LINE. BILL_EOVERFLOW,
 * and nothing added, when their sums have no room: then they are to be added one by one, to find which it is. */
int bill_add_plain_lines(bill_invoice *invoice, const bill_line *lines, size_t count, bill_sums *out, size_t *done);

#endif
