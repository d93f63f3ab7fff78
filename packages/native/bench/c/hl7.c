/* What bench/hl7.ts does, with nothing crossing into JavaScript: index a message and find six elements of every OBX. The
 * message comes as the file named by the first argument. For every number read from the input it is done so many times and the
 * processor time that took is answered in nanoseconds; with a second argument the message is indexed and nothing is read. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hl7val.h"

static const struct {
  uint32_t field, component;
} columns[] = {{3, 1}, {5, 0}, {6, 1}, {7, 0}, {8, 0}, {11, 0}};

static size_t read_elements(const hl7val_index *ix) {
  size_t length = 0;
  for (uint32_t i = 0; i < ix->segment_count; i++) {
    const hl7val_segment *segment = &ix->segments[i];
    if (segment->name != HL7VAL_NAME('O', 'B', 'X')) continue;
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
      hl7val_span value;
      if (!hl7val_field(ix, segment, columns[c].field, &value)) continue;
      if (columns[c].component &&
          !hl7val_part_of(ix->bytes, value, ix->delims.component, columns[c].component, &value)) {
        continue;
      }
      length += value.len;
    }
  }
  return length;
}

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (!in) return 2;
  const size_t room = 8u << 20;
  uint8_t *bytes = malloc(room);
  const size_t len = bytes ? fread(bytes, 1, room, in) : 0;
  hl7val_index ix = {.mark_room = (uint32_t)len + 1, .segment_room = (uint32_t)len / 4 + 1};
  ix.marks = malloc(ix.mark_room * sizeof *ix.marks);
  ix.segments = malloc(ix.segment_room * sizeof *ix.segments);
  ix.cut_room = (uint32_t)(len / 64 * 2 + 2);
  ix.cuts = malloc(ix.cut_room * sizeof *ix.cuts);
  if (!bytes || !ix.marks || !ix.segments || !ix.cuts) return 2;
  long count;
  while (scanf("%ld", &count) == 1) {
    size_t read = 0;
    const clock_t start = clock();
    for (long i = 0; i < count; i++) {
      if (hl7val_index_message(bytes, len, &ix) != HL7VAL_OK) return 1;
      if (argc == 2) read += read_elements(&ix);
    }
    printf("%.0f %zu\n", (double)(clock() - start) * (1e9 / CLOCKS_PER_SEC), count ? read / (size_t)count : 0);
    fflush(stdout);
  }
  return 0;
}
