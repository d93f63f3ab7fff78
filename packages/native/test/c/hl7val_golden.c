/* The golden cases against the C library; test/js/hl7-cases.test.ts runs the same files through JavaScript. */
#include "hl7val.h"

#include "hl7val_cases.h"

static char said[CASE_BYTES_MAX];

static void say(const char *text, size_t len) {
  size_t have = strlen(said);
  if (have + len + 1 < sizeof said) memcpy(said + have, text, len), said[have + len] = '\0';
}

static void say_line(const char *text) {
  say(text, strlen(text));
  say("\n", 1);
}

static void say_report(const hl7val_report *report) {
  static const char *const acks[] = {"none", "AA", "AE", "AR"};
  static const char *const dispositions[] = {"take", "warn", "hold", "refuse"};
  char line[256], path[HL7VAL_PATH_TEXT_MAX];
  snprintf(line, sizeof line, "ack %s\ndisposition %s", acks[report->ack], dispositions[report->disposition]);
  say_line(line);
  for (uint32_t i = 0; i < report->issue_count && i < report->issue_room; i++) {
    const hl7val_issue *issue = &report->issues[i];
    size_t len = hl7val_path_text(&issue->path, path, sizeof path);
    snprintf(line, sizeof line, "%s %s %u %u+%u %s", len ? path : "-", hl7val_code(issue->code).code, issue->line,
             issue->at, issue->len, dispositions[issue->disposition]);
    say_line(line);
  }
}

/* Line breaks of a value as the cases write them. */
static void say_value(const uint8_t *text, size_t len) {
  for (size_t i = 0; i < len; i++) {
    if (text[i] == '\n') say("<0A>", 4);
    else if (text[i] == '\r') say("<0D>", 4);
    else say((const char *)text + i, 1);
  }
  say("\n", 1);
}

/* Answers one line "get PATH = ..." or "absent PATH" of the case. */
static void say_get(const hl7val_index *ix, const char *line) {
  const char *text = strchr(line, ' ') + 1;
  size_t len = strcspn(text, " \n");
  hl7val_path path;
  hl7val_span value;
  CHECK_INT(hl7val_path_parse(text, len, &path), HL7VAL_OK);
  if (hl7val_get(ix, &path, &value) != HL7VAL_OK) {
    say("absent ", 7), say(text, len), say("\n", 1);
    return;
  }
  static uint8_t out[CASE_BYTES_MAX];
  size_t out_len = value.len;
  bool is_delims = path.name == HL7VAL_NAME('M', 'S', 'H') && path.field <= 2;
  if (is_delims) memcpy(out, ix->bytes + value.at, value.len);
  else CHECK_INT(hl7val_decode(ix->bytes + value.at, value.len, &ix->delims, ix->charset, out, sizeof out, &out_len), HL7VAL_OK);
  say("get ", 4), say(text, len), say(" = ", 3);
  say_value(out, out_len);
}

static void run_case(const golden *g) {
  static uint32_t marks[CASE_BYTES_MAX], slots[CASE_BYTES_MAX];
  static hl7val_segment segments[CASE_BYTES_MAX / 4];
  static hl7val_issue issues[100];
  hl7val_index ix = {.marks = marks, .mark_room = CASE_BYTES_MAX, .segments = segments, .segment_room = CASE_BYTES_MAX / 4};
  hl7val_report report = {.issues = issues, .issue_room = 100};
  check_failed_here = 0;
  said[0] = '\0';
  uint8_t *bytes = guarded(g->message, g->len);
  CHECK_INT(hl7val_validate(bytes, g->len, HL7VAL_STRICT, &ix, slots, CASE_BYTES_MAX, 1, &report), HL7VAL_OK);
  say_report(&report);
  for (const char *line = g->expect; *line; line += strcspn(line, "\n") + 1) {
    if (strncmp(line, "get ", 4) == 0 || strncmp(line, "absent ", 7) == 0) say_get(&ix, line);
  }
  CHECK_STR(said, g->expect);
  guarded_free(bytes, g->len);
  check_run++;
  check_failed += check_failed_here;
  printf("%s %d - %s\n", check_failed_here ? "not ok" : "ok", check_run, g->title);
}

TEST(every_file_has_cases) {
  static const char *const files[] = {"framing", "charset", "header", "structure", "fields", "results"};
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s.md", CASES_DIR, files[i]);
    CHECK(each_case(path, run_case) >= 10);
  }
}

int main(void) {
  RUN(every_file_has_cases);
  return finish();
}
