/* Writes messages. Every byte of the caller's goes through hl7val_encode: nothing else can reach the output. */
#include "internal.h"

#include <string.h>

enum { POSITION_MAX = 999 };

static const hl7val_delims usual = {'|', '^', '~', '\\', '&', 0};

static void put_byte(hl7val_builder *b, uint8_t byte, uint32_t times) {
  for (; times; times--) {
    if (b->len < b->room) b->out[b->len] = byte;
    b->len++;
  }
}

static void fail(hl7val_builder *b, hl7val_status status) {
  if (b->status == HL7VAL_OK) b->status = status;
}

void hl7val_build_start(hl7val_builder *b, uint8_t *out, size_t room) {
  *b = (hl7val_builder){.out = out, .room = room, .status = HL7VAL_OK};
}

static bool is_name(uint32_t name) {
  uint8_t a = (uint8_t)(name >> 16), b = (uint8_t)(name >> 8), c = (uint8_t)name;
  return name >> 24 == 0 && is_upper(a) && (is_upper(b) || is_digit(b)) && (is_upper(c) || is_digit(c));
}

void hl7val_build_segment(hl7val_builder *b, uint32_t name) {
  bool is_header = name == HL7VAL_NAME('M', 'S', 'H');
  if (!is_name(name)) fail(b, HL7VAL_EVALUE);
  if (is_header != (b->at.name == 0)) fail(b, HL7VAL_ESTATE);
  if (b->status != HL7VAL_OK) return;
  if (b->at.name) put_byte(b, BYTE_CR, 1);
  for (int shift = 16; shift >= 0; shift -= 8) put_byte(b, (uint8_t)(name >> shift), 1);
  b->at = (hl7val_path){.name = name, .repetition = 1, .component = 1, .subcomponent = 1};
  if (!is_header) return;
  const uint8_t delims[5] = {usual.field, usual.component, usual.repetition, usual.escape, usual.subcomponent};
  for (size_t i = 0; i < sizeof delims; i++) put_byte(b, delims[i], 1);
  b->at.field = 2;
}

/* Writes the delimiters that lead from the last element to this one. False when that would be backwards. */
static bool move_to(hl7val_builder *b, const hl7val_path *to) {
  const hl7val_path from = b->at;
  if (to->field != from.field) {
    if (to->field < from.field) return false;
    put_byte(b, usual.field, to->field - from.field);
  }
  bool same = to->field == from.field;
  uint32_t repetition = same ? from.repetition : 1;
  if (to->repetition < repetition) return false;
  put_byte(b, usual.repetition, to->repetition - repetition);
  same = same && to->repetition == repetition;
  uint32_t component = same ? from.component : 1;
  if (to->component < component) return false;
  put_byte(b, usual.component, to->component - component);
  same = same && to->component == component;
  uint32_t subcomponent = same ? from.subcomponent : 1;
  if (to->subcomponent < subcomponent) return false;
  put_byte(b, usual.subcomponent, to->subcomponent - subcomponent);
  return !(same && to->subcomponent == subcomponent);
}

void hl7val_build_put(hl7val_builder *b, uint32_t field, uint32_t repetition, uint32_t component, uint32_t subcomponent,
                      const uint8_t *text, size_t len) {
  if (b->status != HL7VAL_OK) return;
  hl7val_path to = {b->at.name, 0, field, repetition ? repetition : 1, component ? component : 1,
                    subcomponent ? subcomponent : 1};
  bool in_header = to.name == HL7VAL_NAME('M', 'S', 'H');
  bool in_range = field <= POSITION_MAX && to.repetition <= POSITION_MAX && to.component <= POSITION_MAX &&
                  to.subcomponent <= POSITION_MAX;
  if (!to.name) {
    fail(b, HL7VAL_ESTATE);
  } else if (field < (in_header ? 3u : 1u) || !in_range) {
    fail(b, HL7VAL_EVALUE);
  } else if (!move_to(b, &to)) {
    fail(b, HL7VAL_ESTATE);
  }
  if (b->status != HL7VAL_OK) return;
  size_t free = b->len < b->room ? b->room - b->len : 0, needed = 0;
  hl7val_status encoded = hl7val_encode(text, len, &usual, free ? b->out + b->len : NULL, free, &needed);
  if (encoded == HL7VAL_ECHARSET) fail(b, HL7VAL_ECHARSET);
  b->len += needed;
  b->at = to;
}

hl7val_status hl7val_build_end(hl7val_builder *b, size_t *len) {
  if (!b->at.name) fail(b, HL7VAL_ESTATE);
  if (b->status == HL7VAL_OK) put_byte(b, BYTE_CR, 1);
  *len = b->len;
  if (b->status != HL7VAL_OK) return b->status;
  return b->len > b->room ? HL7VAL_ENOSPACE : HL7VAL_OK;
}
