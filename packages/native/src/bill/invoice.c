#include <string.h>

#include "internal.h"
#include "invoice.h"

int bill_invoice_start(bill_invoice *invoice, uint32_t rounding) {
  if (!invoice) return BILL_EARG;
  if (rounding > BILL_TAX_BY_RATE) return BILL_ERANGE;
  memset(invoice, 0, sizeof *invoice);
  invoice->rounding = rounding;
  return BILL_OK;
}

static int is_line(const bill_line *line) {
  return is_amount(line->quantity) && is_amount(line->price) && line->price_per >= 0 && line->discount >= 0 &&
         line->discount_rate <= BILL_ONE && line->tax_rate <= BILL_ONE && line->flags <= BILL_TAX_INCLUDED;
}

/* Gross and discount; what is left of the price comes back in *discounted. */
static int price_line(const noting *to, const bill_line *line, bill_sums *sums, bill_money *discounted) {
  const bill_micros per = line->price_per ? line->price_per : BILL_ONE;
  TRY(note_times_over(to, BILL_GROSS, line->quantity, line->price, per, &sums->gross));
  sums->discount = 0;
  if (line->discount_rate) {
    TRY(note_times_over(to, BILL_DISCOUNT_RATED, sums->gross, line->discount_rate, BILL_ONE, &sums->discount));
  }
  if (line->discount) {
    const bill_money mirrored = sums->gross < 0 ? -line->discount : line->discount;
    TRY(note_plus(to, BILL_DISCOUNT, sums->discount, mirrored, &sums->discount));
  }
  if (magnitude(sums->discount) > magnitude(sums->gross)) return BILL_EDISCOUNT;
  return note_minus(to, BILL_DISCOUNTED, sums->gross, sums->discount, discounted);
}

bill_tax *bill_find_tax(bill_invoice *invoice, const bill_line *line) {
  for (uint32_t i = 0; i < invoice->rate_count; i++) {
    bill_tax *tax = &invoice->rates[i];
    if (tax->rate == line->tax_rate && tax->flags == line->flags) return tax;
  }
  if (invoice->rate_count == BILL_RATES_MAX) return NULL;
  bill_tax *tax = &invoice->rates[invoice->rate_count++];
  *tax = (bill_tax){.rate = line->tax_rate, .flags = line->flags};
  return tax;
}

/* The tax of a line, of whose price so much is left. */
static int tax_line(const noting *to, uint32_t rounding, const bill_tax *so_far, bill_money discounted, bill_money *tax) {
  const int64_t whole = so_far->flags & BILL_TAX_INCLUDED ? BILL_ONE + (int64_t)so_far->rate : BILL_ONE;
  if (rounding == BILL_TAX_BY_LINE) return note_times_over(to, BILL_TAX, discounted, so_far->rate, whole, tax);
  bill_money base = so_far->net, grown;
  if (so_far->flags & BILL_TAX_INCLUDED) TRY(plus(base, so_far->tax, &base));
  TRY(note_plus(to, BILL_TAX_BASE, base, discounted, &base));
  TRY(note_times_over(to, BILL_TAX_SO_FAR, base, so_far->rate, whole, &grown));
  return note_minus(to, BILL_TAX, grown, so_far->tax, tax);
}

static int add_sums(bill_sums *to, const bill_sums *line) {
  TRY(plus(to->gross, line->gross, &to->gross));
  TRY(plus(to->discount, line->discount, &to->discount));
  TRY(plus(to->net, line->net, &to->net));
  TRY(plus(to->tax, line->tax, &to->tax));
  return plus(to->total, line->total, &to->total);
}

static int add_line(bill_invoice *invoice, const noting *to, const bill_line *line, bill_sums *sums) {
  if (!is_line(line)) return BILL_ERANGE;
  bill_money discounted;
  TRY(price_line(to, line, sums, &discounted));
  bill_tax *tax = bill_find_tax(invoice, line);
  if (!tax) return BILL_ERATES;
  TRY(tax_line(to, invoice->rounding, tax, discounted, &sums->tax));
  if (line->flags & BILL_TAX_INCLUDED) {
    sums->total = discounted;
    TRY(note_minus(to, BILL_NET, discounted, sums->tax, &sums->net));
  } else {
    sums->net = discounted;
    TRY(note_plus(to, BILL_TOTAL, discounted, sums->tax, &sums->total));
  }
  TRY(plus(tax->net, sums->net, &tax->net));
  TRY(plus(tax->tax, sums->tax, &tax->tax));
  return add_sums(&invoice->sums, sums);
}

int bill_invoice_add(bill_invoice *invoice, const bill_line *lines, size_t count, bill_sums *sums, size_t *at,
                     bill_trail *trail) {
  if (at) *at = count;
  if (!invoice || (!lines && count) || !is_trail(trail)) return BILL_EARG;
  if (invoice->rate_count > BILL_RATES_MAX || invoice->rounding > BILL_TAX_BY_RATE) return BILL_ERANGE;
  bill_invoice grown = *invoice;
  const size_t steps = trail ? trail->count : 0;
  int is_plain = !trail && invoice->rounding == BILL_TAX_BY_LINE;
  for (size_t i = 0; i < count; i++) {
    size_t done = 0;
    if (is_plain) is_plain = bill_add_plain_lines(&grown, lines + i, count - i, sums ? sums + i : NULL, &done) == BILL_OK;
    i += done;
    if (i == count) break;
    const noting to = {.trail = trail, .line = (uint32_t)(invoice->line_count + i)};
    bill_sums own;
    const int code = add_line(&grown, &to, &lines[i], &own);
    if (code != BILL_OK) {
      if (at) *at = i;
      if (trail) trail->count = steps;
      return code;
    }
    if (sums) sums[i] = own;
  }
  grown.line_count += count;
  *invoice = grown;
  return BILL_OK;
}
