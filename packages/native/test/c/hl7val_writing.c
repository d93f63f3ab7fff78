/* The builder and the MLLP framer. */
#include "hl7val.h"

#include "check.h"

#define PUT(b, field, rep, comp, sub, text) hl7val_build_put(b, field, rep, comp, sub, (const uint8_t *)(text), strlen(text))
#define MSH HL7VAL_NAME('M', 'S', 'H')
#define PID HL7VAL_NAME('P', 'I', 'D')

static size_t built(uint8_t *out, size_t room, hl7val_status *status) {
  hl7val_builder b;
  size_t len;
  hl7val_build_start(&b, out, room);
  hl7val_build_segment(&b, MSH);
  PUT(&b, 3, 0, 0, 0, "LAB");
  PUT(&b, 9, 1, 1, 1, "ORU");
  PUT(&b, 9, 1, 2, 1, "R01");
  hl7val_build_segment(&b, PID);
  PUT(&b, 3, 1, 1, 0, "47|11\rOBX|1");
  PUT(&b, 3, 1, 4, 2, "1.2");
  PUT(&b, 3, 2, 1, 0, "99");
  PUT(&b, 5, 0, 0, 0, "");
  PUT(&b, 6, 0, 2, 0, "x");
  *status = hl7val_build_end(&b, &len);
  return len;
}

TEST(writes_each_text_where_it_belongs) {
  static const char want[] = "MSH|^~\\&|LAB||||||ORU^R01\rPID|||47\\F\\11\\X0D\\OBX\\F\\1^^^&1.2~99|||^x\r";
  uint8_t out[200];
  hl7val_status status;
  size_t len = built(out, sizeof out, &status);
  CHECK_INT(status, HL7VAL_OK);
  CHECK_INT(len, sizeof want - 1);
  CHECK_BYTES(out, want, sizeof want - 1);
}

TEST(says_how_much_room_a_message_needs) {
  hl7val_status status;
  size_t needed = built(NULL, 0, &status);
  CHECK_INT(status, HL7VAL_ENOSPACE);
  for (size_t room = 0; room < needed; room++) {
    static const uint8_t zeros[200];
    uint8_t *out = guarded(zeros, room);
    CHECK_INT(built(out, room, &status), needed);
    CHECK_INT(status, HL7VAL_ENOSPACE);
    guarded_free(out, room);
  }
  uint8_t exact[200];
  CHECK_INT(built(exact, needed, &status), needed);
  CHECK_INT(status, HL7VAL_OK);
}

/* Starts a message and leaves it in PID-3[2].2.2. */
static void begin(hl7val_builder *b, uint8_t *out, size_t room) {
  hl7val_build_start(b, out, room);
  hl7val_build_segment(b, MSH);
  hl7val_build_segment(b, PID);
  PUT(b, 3, 2, 2, 2, "x");
}

TEST(refuses_what_would_be_out_of_order) {
  static const uint32_t places[][4] = {{3, 2, 2, 2}, {3, 2, 2, 1}, {3, 2, 1, 9}, {3, 1, 9, 9}, {2, 9, 9, 9}};
  uint8_t out[100];
  hl7val_builder b;
  size_t len;
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
    begin(&b, out, sizeof out);
    PUT(&b, places[i][0], places[i][1], places[i][2], places[i][3], "y");
    PUT(&b, 9, 1, 1, 1, "ignored");
    CHECK_INT(hl7val_build_end(&b, &len), HL7VAL_ESTATE);
  }
  begin(&b, out, sizeof out);
  hl7val_build_segment(&b, MSH);
  CHECK_INT(hl7val_build_end(&b, &len), HL7VAL_ESTATE);
  hl7val_build_start(&b, out, sizeof out);
  hl7val_build_segment(&b, PID);
  CHECK_INT(hl7val_build_end(&b, &len), HL7VAL_ESTATE);
  hl7val_build_start(&b, out, sizeof out);
  PUT(&b, 1, 1, 1, 1, "y");
  CHECK_INT(hl7val_build_end(&b, &len), HL7VAL_ESTATE);
  hl7val_build_start(&b, out, sizeof out);
  CHECK_INT(hl7val_build_end(&b, &len), HL7VAL_ESTATE);
}

TEST(refuses_bad_names_places_and_bytes) {
  uint8_t out[100];
  hl7val_builder b;
  size_t len;
  static const uint32_t names[] = {0, HL7VAL_NAME('p', 'i', 'd'), HL7VAL_NAME('P', '\r', 'D'), HL7VAL_NAME('1', 'I', 'D'),
                                   0x41504944};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    begin(&b, out, sizeof out);
    hl7val_build_segment(&b, names[i]);
    CHECK_INT(hl7val_build_end(&b, &len), HL7VAL_EVALUE);
  }
  static const uint32_t places[][4] = {{0, 1, 1, 1}, {1000, 1, 1, 1}, {4, 1000, 1, 1}, {4, 1, 1000, 1}, {4, 1, 1, 1000}};
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
    begin(&b, out, sizeof out);
    PUT(&b, places[i][0], places[i][1], places[i][2], places[i][3], "y");
    CHECK_INT(hl7val_build_end(&b, &len), HL7VAL_EVALUE);
  }
  hl7val_build_start(&b, out, sizeof out);
  hl7val_build_segment(&b, MSH);
  PUT(&b, 2, 1, 1, 1, "^~");
  CHECK_INT(hl7val_build_end(&b, &len), HL7VAL_EVALUE);
  begin(&b, out, sizeof out);
  PUT(&b, 5, 1, 1, 1, "\xFF");
  CHECK_INT(hl7val_build_end(&b, &len), HL7VAL_ECHARSET);
}

static const char stream[] = "\x0B" "first\x1C\r\n\x0B" "second\r\x1C\x0B\x1C\r";

/* Feeds the stream in pieces of the given size and collects the messages, each followed by a semicolon. */
static void feed(size_t piece, char *said) {
  uint8_t room[64];
  hl7val_framer f = {.room = room, .room_len = sizeof room};
  said[0] = '\0';
  for (size_t from = 0; from < sizeof stream - 1; from += piece) {
    size_t len = sizeof stream - 1 - from < piece ? sizeof stream - 1 - from : piece;
    uint8_t *bytes = guarded(stream + from, len);
    size_t at = 0;
    hl7val_status status;
    while ((status = hl7val_framer_read(&f, bytes, len, &at)) == HL7VAL_OK) {
      strncat(said, (const char *)room, f.len);
      strcat(said, ";");
    }
    CHECK_INT(status, HL7VAL_END);
    CHECK_INT(at, len);
    guarded_free(bytes, len);
  }
}

TEST(takes_frames_out_of_pieces_of_any_size) {
  char said[200];
  for (size_t piece = 1; piece < sizeof stream; piece++) {
    feed(piece, said);
    CHECK_STR(said, "first;second\r;;");
  }
}

TEST(refuses_bytes_outside_of_frames) {
  static const char *const streams[] = {"x", "\x0B" "a\x1Cx", "\x1C\r", "\x0B" "a\x1C\rx", "MSH|^~\\&"};
  uint8_t room[64];
  for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
    hl7val_framer f = {.room = room, .room_len = sizeof room};
    size_t at = 0;
    hl7val_status status;
    do status = hl7val_framer_read(&f, (const uint8_t *)streams[i], strlen(streams[i]), &at);
    while (status == HL7VAL_OK);
    CHECK_INT(status, HL7VAL_EFRAME);
  }
}

TEST(asks_for_more_room_and_goes_on) {
  static const uint8_t bytes[] = "\x0B" "0123456789\x1C\r";
  uint8_t room[16];
  hl7val_framer f = {.room = room, .room_len = 4};
  size_t at = 0;
  CHECK_INT(hl7val_framer_read(&f, bytes, sizeof bytes - 1, &at), HL7VAL_ENOSPACE);
  CHECK_INT(hl7val_framer_read(&f, bytes, sizeof bytes - 1, &at), HL7VAL_ENOSPACE);
  f.room_len = sizeof room;
  CHECK_INT(hl7val_framer_read(&f, bytes, sizeof bytes - 1, &at), HL7VAL_OK);
  CHECK_INT(f.len, 10);
  CHECK_BYTES(room, "0123456789", 10);
  CHECK_INT(hl7val_framer_read(&f, bytes, sizeof bytes - 1, &at), HL7VAL_END);
}

int main(void) {
  RUN(writes_each_text_where_it_belongs);
  RUN(says_how_much_room_a_message_needs);
  RUN(refuses_what_would_be_out_of_order);
  RUN(refuses_bad_names_places_and_bytes);
  RUN(takes_frames_out_of_pieces_of_any_size);
  RUN(refuses_bytes_outside_of_frames);
  RUN(asks_for_more_room_and_goes_on);
  return finish();
}
