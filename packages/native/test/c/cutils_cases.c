/* The golden cases of test/cases/cutils, which test/js/cutils-cases.test.ts reads too: both must agree on every one. */
#include "check.h"
#include "cutils.h"
#include "hex.h"

#define LINE_BYTES_MAX 4096

/* One case: its title and the values of the lines of its code block. */
typedef struct golden {
  char title[256], place[512], sealed[LINE_BYTES_MAX], text[LINE_BYTES_MAX], code[64];
  char tenant[256], field[256], value[LINE_BYTES_MAX], token[80];
  int has_text;
} golden;

static cutils_span span_of(const char *text) { return (cutils_span){(const uint8_t *)text, strlen(text)}; }

/* The rest of the line behind "name:" and a blank, when the line has that name. */
static int take(const char *line, const char *name, char *out, size_t room) {
  size_t len = strlen(name);
  if (strncmp(line, name, len) != 0) return 0;
  const char *rest = line + len;
  snprintf(out, room, "%s", *rest == ' ' ? rest + 1 : rest);
  return 1;
}

/* Calls run for every case of the file; how many there were. */
static int each_case(const char *file, void (*run)(const golden *)) {
  char path[4096], line[LINE_BYTES_MAX];
  snprintf(path, sizeof path, "%s/%s", CASES_DIR, file);
  FILE *in = fopen(path, "r");
  if (!in) return 0;
  int count = 0, in_block = 0;
  golden now = {0};
  while (fgets(line, sizeof line, in)) {
    line[strcspn(line, "\n")] = 0;
    if (strncmp(line, "## ", 3) == 0) {
      now = (golden){0};
      snprintf(now.title, sizeof now.title, "%.255s", line + 3);
    } else if (strcmp(line, "```") == 0) {
      if (in_block) {
        int failed_before = check_failed_here;
        run(&now);
        count++;
        if (check_failed_here > failed_before) printf("# in case: %s\n", now.title);
      }
      in_block = !in_block;
    } else if (in_block) {
      now.has_text |= take(line, "text:", now.text, sizeof now.text);
      (void)(take(line, "place:", now.place, sizeof now.place) || take(line, "sealed:", now.sealed, sizeof now.sealed) ||
             take(line, "code:", now.code, sizeof now.code) || take(line, "tenant:", now.tenant, sizeof now.tenant) ||
             take(line, "field:", now.field, sizeof now.field) || take(line, "value:", now.value, sizeof now.value) ||
             take(line, "token:", now.token, sizeof now.token));
    }
  }
  fclose(in);
  return count;
}

/* Cuts "a | b | c | d" in place. */
static void split_place(char *place, char *parts[4]) {
  for (int i = 0; i < 4; i++) {
    parts[i] = place;
    char *bar = strstr(place, " | ");
    if (!bar) continue;
    *bar = 0;
    place = bar + 3;
  }
}

static cutils_ring *ring;

static void run_envelope(const golden *now) {
  char place[512], *parts[4];
  uint8_t sealed[LINE_BYTES_MAX / 2], opened[LINE_BYTES_MAX / 2];
  cutils_column column;
  size_t len = 0;
  memcpy(place, now->place, sizeof place);
  split_place(place, parts);
  size_t sealed_len = hex(now->sealed, sealed);
  CHECK_INT(cutils_column_init(&column, span_of(parts[0]), span_of(parts[1]), span_of(parts[2])), CUTILS_OK);
  uint8_t *input = guarded(sealed, sealed_len);
  cutils_span envelope = {input, sealed_len};
  int code = cutils_open(ring, &column, span_of(parts[3]), envelope, opened, sizeof opened, &len);
  guarded_free(input, sealed_len);
  CHECK_STR(cutils_code_name(code), now->has_text ? "ok" : now->code);
  if (now->has_text) {
    CHECK_INT(len, strlen(now->text));
    CHECK_BYTES(opened, now->text, len);
  }
}

static void run_token(const golden *now) {
  cutils_field *field = NULL;
  uint8_t token[32], expected[32];
  CHECK_INT(hex(now->token, expected), 32);
  CHECK_INT(cutils_field_new(ring, span_of(now->tenant), span_of(now->field), &field), CUTILS_OK);
  CHECK_INT(cutils_token(field, span_of(now->value), token), CUTILS_OK);
  CHECK_BYTES(token, expected, 32);
  cutils_field_free(field);
}

TEST(every_envelope_case_holds) { CHECK(each_case("envelope.md", run_envelope) >= 20); }

TEST(every_token_case_holds) { CHECK(each_case("token.md", run_token) >= 7); }

int main(void) {
  cutils_key keys[3] = {{.id = 1, .state = CUTILS_ACTIVE}, {.id = 2, .state = CUTILS_DECRYPT_ONLY},
                        {.id = 3, .state = CUTILS_DESTROYED}};
  uint8_t index_key[32];
  memset(keys[0].key, 0x11, 32);
  memset(keys[1].key, 0x22, 32);
  memset(index_key, 0x44, 32);
  if (cutils_ring_new(keys, 3, index_key, &ring) != CUTILS_OK) return 1;
  RUN(every_envelope_case_holds);
  RUN(every_token_case_holds);
  cutils_ring_free(ring);
  return finish();
}
