#include "table.h"

#include <stdlib.h>
#include <string.h>

#define HEAD_BYTES 4096 /* a tab among so many makes it a file of tabs */

int bill_fail(loading *load, int code, const char *message) {
  load->message = message;
  return code;
}

entry *bill_add_entry(loading *load) {
  table *grown = &load->grown;
  if (grown->count == ROWS_MAX) return NULL;
  if (grown->count == grown->room) {
    const size_t room = grown->room ? 2 * grown->room : 256;
    entry *larger = realloc(grown->entries, room * sizeof *larger);
    if (!larger) return NULL;
    grown->entries = larger;
    grown->room = room;
  }
  entry *added = &grown->entries[grown->count++];
  memset(added, 0, sizeof *added);
  added->line = load->line;
  return added;
}

static int is_before(const entry *a, const entry *b) { return a->key != b->key ? a->key < b->key : a->from < b->from; }

static void swap(entry *a, entry *b) {
  const entry kept = *a;
  *a = *b;
  *b = kept;
}

static void sift(entry *entries, size_t root, size_t count) {
  for (size_t child; (child = 2 * root + 1) < count; root = child) {
    if (child + 1 < count && is_before(&entries[child], &entries[child + 1])) child++;
    if (!is_before(&entries[root], &entries[child])) return;
    swap(&entries[root], &entries[child]);
  }
}

/* Heap sort: in place and n log n whatever comes. Published files are in order already. */
static void sort(entry *entries, size_t count) {
  size_t i = 1;
  while (i < count && !is_before(&entries[i], &entries[i - 1])) i++;
  if (i >= count) return;
  for (i = count / 2; i-- > 0;) sift(entries, i, count);
  for (i = count; i-- > 1;) {
    swap(&entries[0], &entries[i]);
    sift(entries, 0, i);
  }
}

/* Two rows of one code that share a day: the first such, by the line that came last. */
static int check_overlaps(loading *load) {
  const entry *entries = load->grown.entries;
  for (size_t i = 1; i < load->grown.count; i++) {
    if (entries[i].key != entries[i - 1].key || entries[i].from > entries[i - 1].to) continue;
    load->line = entries[i].line > entries[i - 1].line ? entries[i].line : entries[i - 1].line;
    return bill_fail(load, BILL_EOVERLAP, "two rows for one code on one day");
  }
  return BILL_OK;
}

static int finish_loading(loading *load, int code) {
  if (code != BILL_OK) return code;
  sort(load->grown.entries, load->grown.count);
  return check_overlaps(load);
}

/* A copy of the entries there are, with the file's bytes in front of the other texts. */
static int start_loading(loading *load, const table *old, const char *bytes, size_t len) {
  text *copy = malloc(sizeof *copy + len + 1);
  entry *entries = malloc((old->count + 1) * sizeof *entries);
  if (!copy || !entries) {
    free(copy);
    free(entries);
    return BILL_ENOMEM;
  }
  if (old->count) memcpy(entries, old->entries, old->count * sizeof *entries);
  if (len) memcpy(copy->bytes, bytes, len);
  copy->bytes[len] = 0;
  copy->next = old->texts;
  load->grown = (table){.entries = entries, .count = old->count, .room = old->count + 1, .texts = copy};
  load->at = copy->bytes;
  load->end = copy->bytes + len;
  load->delimiter = memchr(copy->bytes, '\t', len < HEAD_BYTES ? len : HEAD_BYTES) ? '\t' : ',';
  if (len >= 3 && memcmp(load->at, "\xef\xbb\xbf", 3) == 0) load->at += 3;
  return BILL_OK;
}

int bill_load_table(table *into, const char *bytes, size_t len, int32_t from, int32_t to, int (*read)(loading *),
               bill_table_error *error) {
  loading load = {.line = 1, .from = from, .to = to, .message = "not enough memory"};
  int code = BILL_OK;
  if ((from != 0 || to != 0) && (!bill_is_date(from) || !bill_is_date(to) || from > to)) {
    code = bill_fail(&load, BILL_ERANGE, "from and to are no days in order");
  } else if (len > BILL_TABLE_BYTES_MAX) {
    code = bill_fail(&load, BILL_ETOOBIG, "the file is too big");
  } else {
    code = start_loading(&load, into, bytes, len);
    if (code == BILL_OK) code = finish_loading(&load, read(&load));
    if (code == BILL_OK) {
      for (size_t i = 0; i < load.grown.count; i++) load.grown.entries[i].line = 0;
      free(into->entries);
      *into = load.grown;
    } else if (load.grown.texts) {
      free(load.grown.texts);
      free(load.grown.entries);
    }
  }
  if (error) *error = (bill_table_error){code, code == BILL_OK ? 0 : load.line, code == BILL_OK ? "" : load.message};
  return code;
}

const entry *bill_find_entry(const table *from, uint64_t key, int32_t day) {
  size_t low = 0, high = from->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const entry *at = &from->entries[middle];
    if (at->key < key || (at->key == key && at->from <= day)) low = middle + 1;
    else high = middle;
  }
  if (low == 0) return NULL;
  const entry *last = &from->entries[low - 1];
  return last->key == key && day <= last->to ? last : NULL;
}

void bill_free_table(table *old) {
  for (text *at = old->texts, *next; at; at = next) {
    next = at->next;
    free(at);
  }
  free(old->entries);
}
