/* Escapes, character sets, times. */
#include "hl7val.h"

#include "check.h"

static const hl7val_delims usual = {'|', '^', '~', '\\', '&', 0};

static const char *decoded(const char *raw, hl7val_charset charset) {
  static uint8_t out[4096];
  size_t len;
  uint8_t *bytes = guarded(raw, strlen(raw));
  CHECK_INT(hl7val_decode(bytes, strlen(raw), &usual, charset, out, sizeof out - 1, &len), HL7VAL_OK);
  guarded_free(bytes, strlen(raw));
  out[len] = '\0';
  return (const char *)out;
}

TEST(decodes_what_it_knows_and_keeps_the_rest) {
  static const char *const cases[][2] = {
      {"", ""},
      {"plain", "plain"},
      {"\\F\\\\S\\\\T\\\\R\\\\E\\", "|^&~\\"},
      {"\\P\\", "\\P\\"},
      {"a\\.br\\b", "a\nb"},
      {"a\\.sp\\b\\.sp3\\c", "a\nb\n\n\nc"},
      {"a\\.sk4\\b", "a    b"},
      {"\\.ce\\x", "\nx"},
      {"\\.in+4\\\\.ti-2\\\\.fi\\\\.nf\\x", "x"},
      {"\\.sp100\\", "\\.sp100\\"},
      {"\\.sp+\\", "\\.sp+\\"},
      {"\\.spx\\", "\\.spx\\"},
      {"\\.zz\\", "\\.zz\\"},
      {"\\.b\\", "\\.b\\"},
      {"\\H\\bold\\N\\", "bold"},
      {"\\X41\\\\X4243\\", "ABC"},
      {"\\X0D0A\\", "\r\n"},
      {"\\X4\\", "\\X4\\"},
      {"\\X4G\\", "\\X4G\\"},
      {"\\X\\", "\\X\\"},
      {"\\Xc3bc\\", "\xC3\xBC"},
      {"\\XC3\\", "\\XC3\\"},
      {"\\Z99\\", "\\Z99\\"},
      {"\\Z\\H\\", "\\Z\\H\\"},
      {"\\C2842\\\\M824041\\", "\\C2842\\\\M824041\\"},
      {"C:\\temp", "C:\\temp"},
      {"a\\", "a\\"},
      {"\\\\", "\\\\"},
      {"\\Q\\F\\", "\\Q|"},
      {"\xC3\xBC", "\xC3\xBC"},
      {"\xC3", "\xEF\xBF\xBD"},
      {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) CHECK_STR(decoded(cases[i][0], HL7VAL_UTF8), cases[i][1]);
  CHECK_STR(decoded("\xFC\\XE4\\", HL7VAL_8859_1), "\xC3\xBC\xC3\xA4");
  CHECK_STR(decoded("\x80\x81", HL7VAL_WINDOWS_1252), "\xE2\x82\xAC\xEF\xBF\xBD");
  CHECK_STR(decoded("\xFC", HL7VAL_ASCII), "\xEF\xBF\xBD");
  CHECK_STR(decoded("\xA4", HL7VAL_8859_15), "\xE2\x82\xAC");
}

TEST(says_how_much_room_decoding_needs) {
  size_t len;
  uint8_t out[8];
  CHECK_INT(hl7val_decode((const uint8_t *)"\\.sp99\\", 7, &usual, HL7VAL_UTF8, NULL, 0, &len), HL7VAL_ENOSPACE);
  CHECK_INT(len, 99);
  CHECK(len <= 7 * HL7VAL_DECODE_GROWTH);
  CHECK_INT(hl7val_decode((const uint8_t *)"12345678", 8, &usual, HL7VAL_UTF8, out, 8, &len), HL7VAL_OK);
}

TEST(encodes_so_that_nothing_escapes_its_field) {
  static const char text[] = "a|b^c~d\\e&f\r\n\t\x7F\x0B\xC3\xBC#";
  uint8_t out[200], back[200];
  size_t len, back_len;
  CHECK_INT(hl7val_encode((const uint8_t *)text, sizeof text - 1, &usual, out, sizeof out, &len), HL7VAL_OK);
  for (size_t i = 0; i < len; i++) CHECK(out[i] >= ' ' && out[i] != '|' && out[i] != '^' && out[i] != '~' && out[i] != '&');
  CHECK_INT(hl7val_decode(out, len, &usual, HL7VAL_UTF8, back, sizeof back, &back_len), HL7VAL_OK);
  CHECK_INT(back_len, sizeof text - 1);
  CHECK_BYTES(back, text, back_len);
  const hl7val_delims five = {'|', '^', '~', '\\', '&', '#'};
  CHECK_INT(hl7val_encode((const uint8_t *)"#", 1, &five, out, sizeof out, &len), HL7VAL_OK);
  CHECK_BYTES(out, "\\P\\", 3);
  CHECK_INT(hl7val_encode((const uint8_t *)"\xFF", 1, &usual, out, sizeof out, &len), HL7VAL_ECHARSET);
  CHECK_INT(hl7val_encode((const uint8_t *)"||||", 4, &usual, out, 5, &len), HL7VAL_ENOSPACE);
  CHECK_INT(len, 12);
}

TEST(knows_the_names_of_table_0211) {
  static const struct { const char *name; hl7val_charset charset; bool exact; } cases[] = {
      {"", HL7VAL_ASCII, true},
      {"ASCII", HL7VAL_ASCII, true},
      {"UNICODE UTF-8", HL7VAL_UTF8, true},
      {"utf-8", HL7VAL_UTF8, false},
      {"8859/1", HL7VAL_8859_1, true},
      {"8859/9", HL7VAL_8859_9, true},
      {"8859/15", HL7VAL_8859_15, true},
      {"ISO-8859-1", HL7VAL_8859_1, false},
      {"ISO_8859-15", HL7VAL_8859_15, false},
      {"8859-1", HL7VAL_8859_1, false},
      {"8859/0", HL7VAL_CHARSET_UNKNOWN, false},
      {"8859/16", HL7VAL_CHARSET_UNKNOWN, false},
      {"windows-1252", HL7VAL_WINDOWS_1252, false},
      {"GB 18030-2000", HL7VAL_CHARSET_REFUSED, true},
      {"Shift_JIS", HL7VAL_CHARSET_REFUSED, false},
      {"UNICODE UTF-16", HL7VAL_CHARSET_REFUSED, true},
      {"UNICODE", HL7VAL_CHARSET_UNKNOWN, true},
      {"klingon", HL7VAL_CHARSET_UNKNOWN, false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    bool exact;
    CHECK_INT(hl7val_charset_named((const uint8_t *)cases[i].name, strlen(cases[i].name), &exact), cases[i].charset);
    CHECK_INT(exact, cases[i].exact);
  }
}

TEST(tells_utf8_from_what_only_looks_like_it) {
  static const struct { const char *bytes; size_t len; bool is; } cases[] = {
      {"", 0, true},           {"abcdefghijkl", 12, true}, {"\xC3\xBC", 2, true},         {"\xED\x9F\xBF", 3, true},
      {"\xF4\x8F\xBF\xBF", 4, true}, {"\x80", 1, false},   {"\xC0\x80", 2, false},        {"\xC1\xBF", 2, false},
      {"\xE0\x80\x80", 3, false}, {"\xED\xA0\x80", 3, false}, {"\xF0\x80\x80\x80", 4, false}, {"\xF4\x90\x80\x80", 4, false},
      {"\xF5\x80\x80\x80", 4, false}, {"\xE2\x82", 2, false}, {"\xC3\x41", 2, false},     {"12345678\xFF", 9, false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    uint8_t *bytes = guarded(cases[i].bytes, cases[i].len);
    CHECK_INT(hl7val_is_utf8(bytes, cases[i].len), cases[i].is);
    guarded_free(bytes, cases[i].len);
  }
}

TEST(reads_times_as_far_as_they_were_said) {
  static const struct { const char *text; int precision; int zone; } cases[] = {
      {"2026", HL7VAL_YEAR, -1},          {"202604", HL7VAL_MONTH, -1},       {"20260419", HL7VAL_DAY, -1},
      {"2026041910", HL7VAL_HOUR, -1},    {"202604191015", HL7VAL_MINUTE, -1}, {"20260419101530", HL7VAL_SECOND, -1},
      {"20260419101530.1", HL7VAL_FRACTION, -1}, {"20260419101530.1234+0130", HL7VAL_FRACTION, 90},
      {"20240229", HL7VAL_DAY, -1},       {"20000229", HL7VAL_DAY, -1},       {"2026-0500", HL7VAL_YEAR, -300},
      {"20260419-0000", HL7VAL_DAY, 0},
  };
  hl7val_time time;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    CHECK(hl7val_time_parse((const uint8_t *)cases[i].text, strlen(cases[i].text), &time));
    CHECK_INT(time.precision, cases[i].precision);
    CHECK_INT(time.has_zone ? time.zone_minutes : -1, cases[i].zone);
  }
}

TEST(refuses_times_that_are_none) {
  static const char *const cases[] = {
      "", "1", "202", "20261", "20261301", "20260001", "20260432", "20260400", "20230229", "19000229", "2026041924",
      "202604191060", "20260419101560", "20260419101530.", "20260419101530.12345", "202604191015.5", "2026-04-19",
      "20260419T1015", "0000", "20260419+2400", "20260419+01", "20260419+0160", "20260419Z", "abcd", "99999999",
      "202604191015301", "20260419 ",
  };
  hl7val_time time;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    CHECK(!hl7val_time_parse((const uint8_t *)cases[i], strlen(cases[i]), &time));
}

TEST(every_code_has_a_text_and_a_number) {
  for (uint32_t i = 0; i < hl7val_code_count(); i++) {
    hl7val_code_info info = hl7val_code(i);
    CHECK(strlen(info.code) > 3 && strlen(info.message) > 10 && info.hint);
    CHECK(info.hl7 >= 100 && info.hl7 <= 207);
    for (uint32_t j = 0; j < i; j++) CHECK(strcmp(hl7val_code(j).code, info.code) != 0);
  }
}

int main(void) {
  RUN(decodes_what_it_knows_and_keeps_the_rest);
  RUN(says_how_much_room_decoding_needs);
  RUN(encodes_so_that_nothing_escapes_its_field);
  RUN(knows_the_names_of_table_0211);
  RUN(tells_utf8_from_what_only_looks_like_it);
  RUN(reads_times_as_far_as_they_were_said);
  RUN(refuses_times_that_are_none);
  RUN(every_code_has_a_text_and_a_number);
  return finish();
}
