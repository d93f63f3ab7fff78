/* Files, the index, paths and places. */
#include "hl7val.h"

#include "check.h"
#include "hl7val/internal.h"

#define BYTES(text) (const uint8_t *)(text), sizeof(text) - 1

static uint32_t marks[4096], slots[4096];
static hl7val_segment segments[512];

static hl7val_index room(void) {
  return (hl7val_index){.marks = marks, .mark_room = 4096, .segments = segments, .segment_room = 512};
}

static const char oru[] =
    "MSH|^~\\&|LAB|MAIN|EHR|WARD|20260419101500||ORU^R01^ORU_R01|M1|P|2.5.1\r"
    "PID|1||4711^^^MAIN&1.2.3&ISO^MR~99^^^X||Doe^Jane||19800102|F\r"
    "OBR|1|||718-7^Hemoglobin^LN\r"
    "OBX|1|NM|718-7^Hemoglobin^LN||13.5|g/dL|||||F\r"
    "OBX|2|ST|x^y^L||a~b^c&d\r";

static hl7val_status get(const hl7val_index *ix, const char *path_text, char *out) {
  hl7val_path path;
  hl7val_span value;
  CHECK_INT(hl7val_path_parse(path_text, strlen(path_text), &path), HL7VAL_OK);
  hl7val_status status = hl7val_get(ix, &path, &value);
  memcpy(out, ix->bytes + value.at, value.len);
  out[value.len] = '\0';
  return status;
}

TEST(gets_what_a_path_names) {
  static const char *const values[][2] = {
      {"MSH-1", "|"},        {"MSH-2", "^~\\&"},   {"MSH-2.1", "^~\\&"},      {"MSH-9.2", "R01"},
      {"PID-3", "4711^^^MAIN&1.2.3&ISO^MR~99^^^X"}, {"PID-3.1", "4711"},      {"PID-3[2].4", "X"},
      {"PID-3.4.2", "1.2.3"}, {"PID-3[1].4.3", "ISO"}, {"PID-2", ""},         {"PID.5.2", "Jane"},
      {"OBX[2]-5[2].2.2", "d"}, {"OBX[2]-5[1]", "a"}, {"OBX[1]-11", "F"},     {"OBX[2]", "OBX|2|ST|x^y^L||a~b^c&d"},
  };
  char out[256];
  hl7val_index ix = room();
  CHECK_INT(hl7val_index_message(BYTES(oru), &ix), HL7VAL_OK);
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    CHECK_INT(get(&ix, values[i][0], out), HL7VAL_OK);
    CHECK_STR(out, values[i][1]);
  }
}

TEST(says_what_is_absent) {
  static const char *const paths[] = {"OBX[3]-1", "PV1-2", "PID-9", "PID-3[3]", "PID-3.9", "PID-3.1.2", "MSH-2[2]",
                                      "MSH-1.2", "MSH-2.1.2", "MSH-40", "OBX[2]-6", "ZZZ"};
  char out[256];
  hl7val_index ix = room();
  CHECK_INT(hl7val_index_message(BYTES(oru), &ix), HL7VAL_OK);
  for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) CHECK_INT(get(&ix, paths[i], out), HL7VAL_ABSENT);
}

TEST(refuses_what_is_no_path) {
  static const char *const paths[] = {"", "P", "PI", "pid-3", "PID-", "PID-0", "PID-3.", "PID-3.0", "PID-3[0]", "PID-3[",
                                      "PID-3[1", "PID[x]-1", "PID[1", "PID-3.1.1.1", "PID-3 ", "PID3", "PID-1234567",
                                      "PID-3.1.", "1ID-3", "PID[]-3", "P-D-1", "PID-3[2]x"};
  hl7val_path path;
  for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
    CHECK_INT(hl7val_path_parse(paths[i], strlen(paths[i]), &path), HL7VAL_EPATH);
    CHECK_INT(path.name, 0);
  }
}

TEST(writes_paths_as_it_reads_them) {
  static const char *const paths[] = {"PID", "PID-3", "OBX[2]-5[3].1.2", "PID[2]-5.1", "MSH-9", "OBX[1]"};
  char out[HL7VAL_PATH_TEXT_MAX];
  hl7val_path path;
  for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
    CHECK_INT(hl7val_path_parse(paths[i], strlen(paths[i]), &path), HL7VAL_OK);
    CHECK_INT(hl7val_path_text(&path, out, sizeof out), strlen(paths[i]));
    CHECK_STR(out, paths[i]);
  }
  CHECK_INT(hl7val_path_text(&path, out, 4), 3);
  CHECK_STR(out, "OBX");
  CHECK_INT(hl7val_path_text(&path, out, 0), 0);
}

TEST(says_how_much_room_an_index_needs) {
  hl7val_index ix = {.marks = marks, .mark_room = 3, .segments = segments, .segment_room = 1};
  CHECK_INT(hl7val_index_message(BYTES(oru), &ix), HL7VAL_ENOSPACE);
  hl7val_index exact = {.marks = marks, .mark_room = ix.mark_count, .segments = segments, .segment_room = ix.segment_count};
  CHECK_INT(hl7val_index_message(BYTES(oru), &exact), HL7VAL_OK);
  CHECK_INT(exact.segment_count, 5);
  hl7val_report report = {.issues = NULL, .issue_room = 0};
  CHECK_INT(hl7val_validate(BYTES(oru), HL7VAL_STRICT, &exact, slots, 4, 1, &report), HL7VAL_ENOSPACE);
  CHECK_INT(hl7val_validate(BYTES(oru), HL7VAL_STRICT, &exact, slots, 4 * exact.segment_count, 1, &report), HL7VAL_OK);
  CHECK(report.issue_count > 0);
}

TEST(needs_no_more_room_than_it_said_when_another_message_follows) {
  static const char two[] = "MSH|^~\\&|1\rPID|1||4711\rMSH|^~\\&|2||||||||||\rPID|2\r";
  hl7val_index ix = {.mark_room = 0};
  CHECK_INT(hl7val_index_message(BYTES(two), &ix), HL7VAL_ENOSPACE);
  uint32_t *exact_marks = (uint32_t *)(void *)guarded(marks, ix.mark_count * sizeof *marks);
  hl7val_index exact = {.marks = exact_marks, .mark_room = ix.mark_count, .segments = segments, .segment_room = ix.segment_count};
  CHECK_INT(hl7val_index_message(BYTES(two), &exact), HL7VAL_OK);
  char out[64];
  CHECK_INT(get(&exact, "PID-3", out), HL7VAL_OK);
  CHECK_STR(out, "4711");
  guarded_free((uint8_t *)exact_marks, ix.mark_count * sizeof *marks);
}

TEST(stops_at_the_limits) {
  hl7val_index ix = room();
  CHECK_INT(hl7val_index_message((const uint8_t *)oru, HL7VAL_MESSAGE_BYTES_MAX + 1, &ix), HL7VAL_ETOOBIG);
  hl7val_report report = {.issues = NULL, .issue_room = 0};
  CHECK_INT(hl7val_validate((const uint8_t *)oru, (size_t)HL7VAL_FILE_BYTES_MAX + 1, HL7VAL_STRICT, &ix, slots, 16, 1, &report), HL7VAL_OK);
  CHECK_INT(report.ack, HL7VAL_ACK_NONE);
  hl7val_parts parts = {.file = (const uint8_t *)oru, .len = (size_t)HL7VAL_FILE_BYTES_MAX + 1};
  hl7val_part part;
  CHECK_INT(hl7val_next_part(&parts, &part), HL7VAL_ETOOBIG);
}

TEST(cuts_a_file_into_its_parts) {
  static const char file[] =
      "\xEF\xBB\xBF\r\nFHS|^~\\&|A\rBHS|^~\\&|A\r\n\r\nMSH|^~\\&|1\rPID|1\nOBX|1\r\x0BMSH|^~\\&|2\rPID|2\r\x1C\rBTS|2\rFTS|1\rleft over\rand more";
  static const struct { hl7val_part_kind kind; const char *text; uint32_t line; } want[] = {
      {HL7VAL_PART_FHS, "FHS|^~\\&|A", 2},
      {HL7VAL_PART_BHS, "BHS|^~\\&|A", 3},
      {HL7VAL_PART_MESSAGE, "MSH|^~\\&|1\rPID|1\nOBX|1", 5},
      {HL7VAL_PART_MESSAGE, "MSH|^~\\&|2\rPID|2", 8},
      {HL7VAL_PART_BTS, "BTS|2", 11},
      {HL7VAL_PART_FTS, "FTS|1", 12},
      {HL7VAL_PART_STRAY, "left over\rand more", 13},
  };
  uint8_t *bytes = guarded(file, sizeof file - 1);
  hl7val_parts parts = {.file = bytes, .len = sizeof file - 1};
  hl7val_part part;
  for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
    CHECK_INT(hl7val_next_part(&parts, &part), HL7VAL_OK);
    CHECK_INT(part.kind, want[i].kind);
    CHECK_INT(part.line, want[i].line);
    CHECK_INT(part.bytes.len, strlen(want[i].text));
    CHECK_BYTES(bytes + part.bytes.at, want[i].text, part.bytes.len);
  }
  CHECK_INT(hl7val_next_part(&parts, &part), HL7VAL_END);
  CHECK_INT(hl7val_next_part(&parts, &part), HL7VAL_END);
  guarded_free(bytes, sizeof file - 1);
}

TEST(keeps_a_damaged_header_apart_but_a_repeated_one_together) {
  static const char damaged[] = "MSH|^~\rMSH|^~\\&|2\r", repeated[] = "MSH|^~\\&|1\rMSH|^~\\&|2\rPID|1\r";
  hl7val_parts parts = {.file = (const uint8_t *)damaged, .len = sizeof damaged - 1};
  hl7val_part part;
  int count = 0;
  while (hl7val_next_part(&parts, &part) == HL7VAL_OK) count++;
  CHECK_INT(count, 2);
  parts = (hl7val_parts){.file = (const uint8_t *)repeated, .len = sizeof repeated - 1};
  CHECK_INT(hl7val_next_part(&parts, &part), HL7VAL_OK);
  CHECK_INT(part.bytes.len, sizeof repeated - 2);
}

TEST(indexes_the_message_inside_an_envelope) {
  static const char file[] = "FHS|^~\\&|A\rBHS|^~\\&|A\rMSH|^~\\&|1\rPID|1\rBTS|1\rFTS|1\r";
  hl7val_index ix = room();
  CHECK_INT(hl7val_index_message(BYTES(file), &ix), HL7VAL_OK);
  CHECK_INT(ix.segment_count, 2);
  CHECK_INT(ix.segments[1].line, 4);
  CHECK_INT(ix.saw, HL7VAL_SAW_ENVELOPE | HL7VAL_SAW_CR);
  static const char last[] = "MSH|^~\\&|1\rPID|1\x1C";
  CHECK_INT(hl7val_index_message(BYTES(last), &ix), HL7VAL_OK);
  CHECK(ix.saw & HL7VAL_SAW_MLLP);
  static const char second[] = "\rMSH|^~\\&|1\rPID|1\r\x1C";
  CHECK_INT(hl7val_index_message(BYTES(second), &ix), HL7VAL_OK);
  CHECK_INT(ix.segment_count, 2);
}

TEST(finds_the_element_of_every_byte) {
  hl7val_index ix = room();
  CHECK_INT(hl7val_index_message(BYTES(oru), &ix), HL7VAL_OK);
  for (uint32_t at = 0; at < sizeof oru - 1; at++) {
    hl7val_path path;
    uint32_t line;
    CHECK(hl7val_locate(&ix, at, &path, &line));
    CHECK(line >= 1 && line <= 5);
    hl7val_span value;
    if (path.field && hl7val_get(&ix, &path, &value) == HL7VAL_OK) CHECK(value.at <= at && at <= value.at + value.len);
  }
  hl7val_path path;
  uint32_t line;
  CHECK(!hl7val_locate(&ix, sizeof oru + 10, &path, &line));
  const char *jane = strstr(oru, "Jane");
  char text[HL7VAL_PATH_TEXT_MAX];
  CHECK(hl7val_locate(&ix, (uint32_t)(jane - oru), &path, &line));
  hl7val_path_text(&path, text, sizeof text);
  CHECK_STR(text, "PID-5.2");
  hl7val_index before = room();
  CHECK_INT(hl7val_index_message(BYTES("junk\rMSH|^~\\&|1\rnot a segment\r"), &before), HL7VAL_OK);
  CHECK(!hl7val_locate(&before, 0, &path, &line));
  CHECK(hl7val_locate(&before, 20, &path, &line));
  CHECK_INT(path.name, 0);
}

/* Index, verdict and places of whatever the bytes are; the guard page catches any byte too many. */
static void read_all(const uint8_t *message, size_t len) {
  uint8_t *bytes = guarded(message, len);
  static hl7val_issue issues[50];
  hl7val_index ix = room();
  hl7val_report report = {.issues = issues, .issue_room = 50};
  CHECK_INT(hl7val_validate(bytes, len, HL7VAL_TOLERANT, &ix, slots, 4096, 7, &report), HL7VAL_OK);
  for (uint32_t i = 0; i < report.issue_count && i < 50; i++) CHECK(issues[i].at + issues[i].len <= len);
  for (uint32_t i = 0; i < ix.segment_count; i++) {
    hl7val_span value;
    for (uint32_t n = 1; hl7val_field(&ix, &ix.segments[i], n, &value); n++) CHECK(value.at + value.len <= len);
  }
  guarded_free(bytes, len);
}

/* What is to be found inside fields, byte by byte. */
static bool is_cut(const hl7val_delims *d, uint8_t byte) {
  return byte == d->component || byte == d->repetition || byte == d->subcomponent || byte == d->escape;
}

TEST(finds_the_same_with_the_instructions_of_old_and_new_processors) {
  static uint8_t bytes[1200];
  static uint32_t marks_of[2][sizeof bytes + 1], cuts_of[2][sizeof bytes / 64 * 2 + 2];
  static hl7val_segment segments_of[2][sizeof bytes / 4 + 1];
  static const char letters[] = "|||^~\\&\r\r\nABXYZMSHPID\x0B\x1C\xC3\xA4\0 12";
  uint32_t state = 7;
  for (int run = 0; run < 20000; run++) {
    static const char head[] = "MSH|^~\\&|LAB\r";
    memcpy(bytes, head, sizeof head - 1);
    const size_t len = run % 500 < 200 ? (size_t)run % 200 + 14 : sizeof bytes;
    for (size_t i = sizeof head - 1; i < len; i++) {
      state = state * 1664525u + 1013904223u;
      bytes[i] = (uint8_t)letters[(state >> 16) % (sizeof letters - 1)];
    }
    hl7val_index ix[2];
    hl7val_status status[2];
    for (int n = 0; n < 2; n++) {
      ix[n] = (hl7val_index){.marks = marks_of[n], .mark_room = sizeof bytes + 1, .segments = segments_of[n],
                             .segment_room = sizeof bytes / 4 + 1, .cuts = cuts_of[n], .cut_room = sizeof bytes / 64 * 2 + 2};
      status[n] = hl7val_index_as(bytes, len, &ix[n], n == 1);
    }
    CHECK_INT(status[0], status[1]);
    CHECK_INT(ix[0].mark_count, ix[1].mark_count);
    CHECK_INT(ix[0].segment_count, ix[1].segment_count);
    CHECK_INT(ix[0].saw, ix[1].saw);
    CHECK_INT(ix[0].charset, ix[1].charset);
    CHECK_BYTES(marks_of[0], marks_of[1], ix[0].mark_count * sizeof(uint32_t));
    CHECK_BYTES(segments_of[0], segments_of[1], ix[0].segment_count * sizeof(hl7val_segment));
    for (uint32_t i = 0; i < ix[0].message.len; i++) {
      const uint32_t bit = 1u << i % 32;
      const bool expected = is_cut(&ix[0].delims, bytes[ix[0].message.at + i]);
      if (((cuts_of[0][i / 32] & bit) != 0) != expected || ((cuts_of[1][i / 32] & bit) != 0) != expected) CHECK_INT(i, -1);
    }
  }
}

TEST(judges_the_same_with_and_without_cuts) {
  static uint8_t bytes[sizeof oru];
  static uint32_t cuts[sizeof oru / 64 * 2 + 2];
  static hl7val_issue issues[2][200];
  uint32_t state = 11;
  for (int run = 0; run < 4000; run++) {
    memcpy(bytes, oru, sizeof oru);
    for (int i = 0; i < run % 6; i++) {
      state = state * 1664525u + 1013904223u;
      bytes[8 + (state >> 16) % (sizeof oru - 9)] = (uint8_t)"^~&|\\\rA0"[state >> 8 & 7];
    }
    hl7val_report report[2];
    for (int n = 0; n < 2; n++) {
      hl7val_index ix = room();
      if (n == 1) ix.cuts = cuts, ix.cut_room = sizeof cuts / sizeof *cuts;
      report[n] = (hl7val_report){.issues = issues[n], .issue_room = 200};
      CHECK_INT(hl7val_validate(bytes, sizeof oru - 1, HL7VAL_STRICT, &ix, slots, 4096, 1, &report[n]), HL7VAL_OK);
    }
    CHECK_INT(report[0].issue_count, report[1].issue_count);
    CHECK_INT(report[0].ack, report[1].ack);
    CHECK_BYTES(issues[0], issues[1], report[0].issue_count * sizeof **issues);
  }
  hl7val_index ix = room();
  ix.cuts = cuts, ix.cut_room = 1;
  CHECK_INT(hl7val_index_message(BYTES(oru), &ix), HL7VAL_OK);
  CHECK(ix.cuts == NULL);
}

TEST(survives_every_prefix_of_a_message) {
  for (size_t len = 0; len < sizeof oru; len++) read_all((const uint8_t *)oru, len);
}

TEST(survives_ten_thousand_damaged_messages) {
  uint64_t random = 88172645463325252u;
  static const uint8_t favourites[] = "|^~\\&\r\n\x0B\x1C\0MSHOBX\"1.F\xC3\xFF";
  for (int round = 0; round < 10000; round++) {
    uint8_t message[sizeof oru];
    memcpy(message, oru, sizeof oru);
    for (int hits = 0; hits < 1 + round % 6; hits++) {
      random ^= random << 13, random ^= random >> 7, random ^= random << 17;
      message[random % (sizeof oru - 1)] = favourites[(random >> 32) % (sizeof favourites - 1)];
    }
    read_all(message, sizeof oru - 1 - (size_t)(random >> 40) % 20);
  }
}

int main(void) {
  RUN(gets_what_a_path_names);
  RUN(says_what_is_absent);
  RUN(refuses_what_is_no_path);
  RUN(writes_paths_as_it_reads_them);
  RUN(says_how_much_room_an_index_needs);
  RUN(needs_no_more_room_than_it_said_when_another_message_follows);
  RUN(stops_at_the_limits);
  RUN(cuts_a_file_into_its_parts);
  RUN(keeps_a_damaged_header_apart_but_a_repeated_one_together);
  RUN(indexes_the_message_inside_an_envelope);
  RUN(finds_the_element_of_every_byte);
  RUN(finds_the_same_with_the_instructions_of_old_and_new_processors);
  RUN(judges_the_same_with_and_without_cuts);
  RUN(survives_every_prefix_of_a_message);
  RUN(survives_ten_thousand_damaged_messages);
  return finish();
}
