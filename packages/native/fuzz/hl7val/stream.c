/* MLLP on hostile bytes. The first byte is the size of the pieces, the rest is the stream.
 * Property: pieces of any size give the same messages and the same end as the whole at once. */
#include <stdint.h>
#include <stdlib.h>

#include "hl7val.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct outcome {
  uint64_t hash; /* of all messages and their lengths */
  hl7val_status status;
} outcome;

static outcome read_in_pieces(const uint8_t *data, size_t size, size_t piece, uint8_t *room) {
  hl7val_framer framer = {.room = room, .room_len = size};
  outcome o = {14695981039346656037u, HL7VAL_END};
  for (size_t from = 0; from < size; from += piece) {
    size_t at = 0, len = size - from < piece ? size - from : piece;
    while ((o.status = hl7val_framer_read(&framer, data + from, len, &at)) == HL7VAL_OK) {
      for (size_t i = 0; i < framer.len; i++) o.hash = (o.hash ^ room[i]) * 1099511628211u;
      o.hash = (o.hash ^ framer.len) * 1099511628211u;
    }
    if (o.status != HL7VAL_END) return o;
    if (at != len) abort();
  }
  return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) return 0;
  uint8_t *room = malloc(size);
  if (!room) return 0;
  outcome whole = read_in_pieces(data + 1, size - 1, size, room);
  outcome pieces = read_in_pieces(data + 1, size - 1, 1 + data[0] % 16, room);
  if (whole.hash != pieces.hash || whole.status != pieces.status) abort();
  free(room);
  return 0;
}
