/* What the two ways of adding lines to an invoice share. */
#ifndef BILL_INVOICE_H
#define BILL_INVOICE_H

#include "bill.h"

/* The rate's place on the invoice; a new one where it has none. NULL: there is no room for another. */
bill_tax *bill_find_tax(bill_invoice *invoice, const bill_line *line);

/* Adds lines up to the first that is not plain, and says how many. invoice->rounding is BILL_TAX_BY_LINE. BILL_EOVERFLOW,
 * and nothing added, when their sums have no room: then they are to be added one by one, to find which it is. */
int bill_add_plain_lines(bill_invoice *invoice, const bill_line *lines, size_t count, bill_sums *out, size_t *done);

#endif
