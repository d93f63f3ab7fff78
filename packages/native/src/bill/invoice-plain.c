/* Nearly all lines of nearly all invoices are plain: charges, not credits, with the tax on top, rounded line by line, a
 * price for one unit, and numbers so small that nothing can overflow. They are reckoned here, three times as fast; whatever
 * is not plain is left to invoice.c, which also says what is wrong with it. A test compares the two. */
#include "internal.h"
#include "invoice.h"

#define BLOCK_LINES_MAX 65536 /* so many amounts below 2^44 can be added in 64 bits */
#define SLOTS 64              /* where a rate was seen last, by a hash of it */

/* quantity x price below 2^63 makes a gross below 9.3e12, and that times a rate is below 2^63 again. */
static int64_t small_product(int64_t a, int64_t b) {
#if defined(__GNUC__) || defined(__clang__)
  int64_t product;
  return __builtin_mul_overflow(a, b, &product) ? -1 : product;
#else
  return a >> 31 == 0 && b >> 31 == 0 ? a * b : -1;
#endif
}

static uint32_t slot_of(uint32_t rate) { return rate * 2654435761u >> 26; }

int bill_add_block(bill_invoice *invoice, const bill_block *sums) {
  bill_invoice grown = *invoice;
  TRY(plus(grown.sums.gross, (int64_t)sums->gross, &grown.sums.gross));
  TRY(plus(grown.sums.discount, (int64_t)sums->discount, &grown.sums.discount));
  for (uint32_t i = 0; i < grown.rate_count; i++) {
    const int64_t net = (int64_t)sums->net[i], tax = (int64_t)sums->tax[i];
    TRY(plus(grown.rates[i].net, net, &grown.rates[i].net));
    TRY(plus(grown.rates[i].tax, tax, &grown.rates[i].tax));
    TRY(plus(grown.sums.net, net, &grown.sums.net));
    TRY(plus(grown.sums.tax, tax, &grown.sums.tax));
    TRY(plus(grown.sums.total, net + tax, &grown.sums.total));
  }
  *invoice = grown;
  return BILL_OK;
}

int bill_add_plain_lines(bill_invoice *invoice, const bill_line *lines, size_t count, bill_sums *out, size_t *done) {
  if (count > BLOCK_LINES_MAX) count = BLOCK_LINES_MAX;
  const uint32_t rates_before = invoice->rate_count;
  struct {
    uint32_t rate, place;
  } slots[SLOTS];
  for (int i = 0; i < SLOTS; i++) slots[i].rate = UINT32_MAX;
  bill_block sums = {0};
  size_t i = 0;
  for (; i < count; i++) {
    const bill_line *line = &lines[i];
    const int64_t product = small_product(line->quantity, line->price);
    const uint32_t rate = line->tax_rate;
    if ((line->quantity | line->price) < 0 || product < 0 || (line->price_per != 0 && line->price_per != BILL_ONE) || rate > BILL_ONE ||
        line->discount_rate > BILL_ONE || line->flags != 0) {
      break;
    }
    const uint64_t gross = bill_over_one((uint64_t)product);
    const uint64_t rated = line->discount_rate ? bill_over_one(gross * line->discount_rate) : 0;
    if ((uint64_t)line->discount > gross - rated) break;
    uint32_t place = slots[slot_of(rate)].place;
    if (slots[slot_of(rate)].rate != rate) {
      const bill_tax *tax = bill_find_tax(invoice, line);
      if (!tax) break;
      place = (uint32_t)(tax - invoice->rates);
      slots[slot_of(rate)].rate = rate;
      slots[slot_of(rate)].place = place;
    }
    const uint64_t discount = rated + (uint64_t)line->discount, net = gross - discount, tax = bill_over_one(net * rate);
    sums.gross += gross;
    sums.discount += discount;
    sums.net[place] += net;
    sums.tax[place] += tax;
    if (out) {
      out[i] = (bill_sums){(int64_t)gross, (int64_t)discount, (int64_t)net, (int64_t)tax, (int64_t)(net + tax)};
    }
  }
  *done = 0;
  const int code = bill_add_block(invoice, &sums);
  if (code == BILL_OK) *done = i;
  else invoice->rate_count = rates_before;
  return code;
}
