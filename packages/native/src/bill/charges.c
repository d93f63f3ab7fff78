/* Plain lines in 16 bytes each. Their numbers are so small that nothing can overflow, and all that is done to them is three
 * products, rounded. Whatever is out of the ordinary is left to bill_invoice_add, which also says what is wrong with it. A
 * test compares the two. */
#include "internal.h"
#include "invoice.h"

#define BLOCK 1024 /* lines added at a time, and written out at a time where they are not plain */
#define SLOTS 64   /* where a rate was seen last, by a hash of it */

/* The place of a rate among those of an invoice, found again by a hash of it. */
typedef struct slot {
  uint32_t rate, place;
} slot;

static slot *slot_of(slot *slots, uint32_t rate) { return &slots[rate * 2654435761u >> 26]; }

/* Adds plain lines; BILL_OK, or anything else and nothing added where one is not plain or there is no room for the sums. */
static int add_plain(bill_invoice *invoice, const bill_charge *charges, size_t count, bill_sums *out) {
  bill_invoice grown = *invoice;
  slot slots[SLOTS];
  for (int i = 0; i < SLOTS; i++) slots[i].rate = UINT32_MAX;
  bill_block sums = {0};
  uint64_t all_gross = 0, all_discount = 0;
  for (size_t i = 0; i < count; i++) {
    const bill_charge charge = charges[i];
    if ((charge.quantity | charge.price) < 0 || charge.discount_rate > BILL_ONE || charge.tax_rate > BILL_ONE) return BILL_ERANGE;
    slot *at = slot_of(slots, charge.tax_rate);
    if (at->rate != charge.tax_rate) {
      const bill_line line = {.tax_rate = charge.tax_rate};
      const bill_tax *tax = bill_find_tax(&grown, &line);
      if (!tax) return BILL_ERATES;
      *at = (slot){charge.tax_rate, (uint32_t)(tax - grown.rates)};
    }
    const uint64_t gross = bill_over_one((uint64_t)(uint32_t)charge.quantity * (uint32_t)charge.price);
    const uint64_t discount = charge.discount_rate ? bill_over_one(gross * charge.discount_rate) : 0;
    const uint64_t net = gross - discount, tax = bill_over_one(net * charge.tax_rate);
    all_gross += gross;
    all_discount += discount;
    sums.net[at->place] += net;
    sums.tax[at->place] += tax;
    if (out) out[i] = (bill_sums){(int64_t)gross, (int64_t)discount, (int64_t)net, (int64_t)tax, (int64_t)(net + tax)};
  }
  sums.gross = all_gross;
  sums.discount = all_discount;
  TRY(bill_add_block(&grown, &sums));
  grown.line_count += count;
  *invoice = grown;
  return BILL_OK;
}

int bill_invoice_add_charges(bill_invoice *invoice, const bill_charge *charges, size_t count, bill_sums *sums, size_t *at) {
  if (at) *at = count;
  if (!invoice || (!charges && count)) return BILL_EARG;
  if (invoice->rate_count > BILL_RATES_MAX || invoice->rounding > BILL_TAX_BY_RATE) return BILL_ERANGE;
  bill_invoice grown = *invoice;
  for (size_t start = 0; start < count; start += BLOCK) {
    const size_t part = count - start < BLOCK ? count - start : BLOCK;
    const bill_charge *block = charges + start;
    bill_sums *own = sums ? sums + start : NULL;
    if (grown.rounding == BILL_TAX_BY_LINE && add_plain(&grown, block, part, own) == BILL_OK) continue;
    for (size_t i = 0; i < part; i++) {
      const bill_line line = {.quantity = block[i].quantity,
                              .price = block[i].price,
                              .discount_rate = block[i].discount_rate,
                              .tax_rate = block[i].tax_rate};
      const int code = bill_invoice_add(&grown, &line, 1, own ? own + i : NULL, NULL, NULL);
      if (code == BILL_OK) continue;
      if (at) *at = start + i;
      return code;
    }
  }
  *invoice = grown;
  return BILL_OK;
}
