/* What a program needs that knows nothing but the header: a value of a message by its path, in UTF-8, and the verdict. */
#include "hl7val.h"

#include <stdio.h>
#include <string.h>

static const char message[] =
    "MSH|^~\\&|LAB|NORTH|HIS|NORTH|20260314090500||ORU^R01^ORU_R01|42|P|2.5.1\r"
    "PID|1||4711^^^NORTH^MR||Smith^Ann \\T\\ Co\r"
    "OBR|1||1|718-7^Hemoglobin^LN\r"
    "OBX|1|NM|718-7^Hemoglobin^LN||13.5|g/dL|12-16|N|||F\r";

#define LEN (sizeof message - 1)

/* Room that is always enough for this message. */
static uint32_t marks[LEN + 1], slots[LEN];
static hl7val_segment segments[LEN / 4 + 1];

static hl7val_index room(void) {
  return (hl7val_index){.marks = marks, .mark_room = LEN + 1, .segments = segments, .segment_room = LEN / 4 + 1};
}

static int reads(const char *name, const char *expected) {
  hl7val_index index = room();
  hl7val_path path;
  hl7val_span value;
  uint8_t text[64];
  size_t len;
  const uint8_t *bytes = (const uint8_t *)message;
  if (hl7val_index_message(bytes, LEN, &index) != HL7VAL_OK) return 0;
  if (hl7val_path_parse(name, strlen(name), &path) != HL7VAL_OK) return 0;
  if (hl7val_get(&index, &path, &value) != HL7VAL_OK) return 0;
  if (hl7val_decode(bytes + value.at, value.len, &index.delims, index.charset, text, sizeof text, &len) != HL7VAL_OK) return 0;
  return len == strlen(expected) && memcmp(text, expected, len) == 0;
}

static int judges(void) {
  hl7val_index index = room();
  hl7val_issue issues[16];
  hl7val_report report = {.issues = issues, .issue_room = 16};
  const hl7val_status status =
      hl7val_validate((const uint8_t *)message, LEN, HL7VAL_TOLERANT, &index, slots, LEN, 7, &report);
  if (status != HL7VAL_OK) return 0;
  for (uint32_t i = 0; i < report.issue_count && i < 16; i++) {
    const hl7val_code_info info = hl7val_code(issues[i].code);
    printf("# line %u: %s: %s\n", issues[i].line, info.code, info.message);
  }
  return report.disposition == HL7VAL_TAKE || report.disposition == HL7VAL_WARN;
}

int main(void) {
  const int read = reads("OBX-5", "13.5") && reads("PID-5.2", "Ann & Co") && reads("OBX[1]-3.2", "Hemoglobin"), judged = judges();
  printf("%s 1 - reads values with nothing but the header\n", read ? "ok" : "not ok");
  printf("%s 2 - judges a message\n1..2\n", judged ? "ok" : "not ok");
  return !(read && judged);
}
