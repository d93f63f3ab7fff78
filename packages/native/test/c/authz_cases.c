/* The golden cases of test/cases/authz, which test/js/authz-cases.test.ts reads too: both must agree on every one. */
#include "authz.h"
#include "check.h"

#define TEXT_BYTES_MAX 8192
#define EXTRA_MAX 64

static const char *const reasons[] = {"?", "allowed", "denied-by-rule", "no-rule", "absent", "wrong-type", "bad-request"};

/* Calls run with every block of the file and its title; how many there were. The block ends in NUL. */
static int each_block(const char *file, void (*run)(const char *title, char *block)) {
  char path[4096], line[2048], title[256] = "", block[TEXT_BYTES_MAX];
  snprintf(path, sizeof path, "%s/%s", CASES_DIR, file);
  FILE *in = fopen(path, "r");
  if (!in) return 0;
  int count = 0, in_block = 0;
  size_t len = 0;
  while (fgets(line, sizeof line, in)) {
    if (strncmp(line, "## ", 3) == 0) {
      line[strcspn(line, "\n")] = 0;
      snprintf(title, sizeof title, "%.255s", line + 3);
    } else if (strcmp(line, "```\n") == 0) {
      if (in_block) {
        int failed_before = check_failed_here;
        block[len] = 0;
        run(title, block);
        count++;
        if (check_failed_here > failed_before) printf("# in case: %s\n", title);
      }
      in_block = !in_block;
      len = 0;
    } else if (in_block && len + strlen(line) < sizeof block) {
      memcpy(block + len, line, strlen(line));
      len += strlen(line);
    }
  }
  fclose(in);
  return count;
}

static void run_compile(const char *title, char *block) {
  (void)title;
  char *expected = strstr(block, "\n=> ") + 1, found[128];
  size_t len = (size_t)(expected - block);
  char *input = (char *)guarded(block, len);
  authz_policy *policy = NULL;
  authz_error error;
  int code = authz_compile(input, len, &policy, &error);
  guarded_free((uint8_t *)input, len);
  CHECK_INT(code, error.code);
  if (code == AUTHZ_OK) {
    snprintf(found, sizeof found, "=> ok\n");
  } else {
    CHECK(policy == NULL);
    snprintf(found, sizeof found, "=> %s %u:%u\n", authz_code_name(code), error.line, error.column);
  }
  CHECK_STR(found, expected);
  if (strcmp(found, expected) != 0) printf("#   message: %s\n", error.message);
  authz_free(policy);
}

static authz_policy *policy;

/* Texts of the request at hand that the policy does not name. */
static char extra[EXTRA_MAX][64];
static uint32_t extra_count;

static uint32_t find(authz_kind kind, const char *name, size_t len) {
  for (uint32_t i = 0; i < authz_count(policy, kind); i++) {
    authz_name one = authz_name_of(policy, kind, i);
    if (one.len == len && memcmp(one.text, name, len) == 0) return i;
  }
  return AUTHZ_NONE;
}

static uint32_t text_number(const char *text, size_t len) {
  uint32_t symbol = find(AUTHZ_SYMBOLS, text, len);
  if (symbol != AUTHZ_NONE) return symbol + 1;
  uint32_t i = 0;
  while (i < extra_count && (strlen(extra[i]) != len || memcmp(extra[i], text, len) != 0)) i++;
  if (i == extra_count) snprintf(extra[extra_count++], sizeof extra[0], "%.*s", (int)len, text);
  return authz_count(policy, AUTHZ_SYMBOLS) + 1 + i;
}

static uint32_t pool[256], pool_len;

/* "text", ["a", "b"], true, 07:30 or 5. */
static authz_value read_value(const char *text) {
  if (text[0] == '"') return (authz_value){AUTHZ_TEXT, text_number(text + 1, strcspn(text + 1, "\""))};
  if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0) return (authz_value){AUTHZ_FLAG, text[0] == 't'};
  if (text[0] == '[') {
    uint32_t start = pool_len++;
    pool[start] = 0;
    for (const char *at = strchr(text, '"'); at; at = strchr(at, '"')) {
      size_t len = strcspn(at + 1, "\"");
      pool[pool_len++] = text_number(at + 1, len);
      pool[start]++;
      at += len + 2;
    }
    return (authz_value){AUTHZ_SET, start};
  }
  int first = atoi(text);
  if (strchr(text, ':')) return (authz_value){AUTHZ_TIME, (uint32_t)(first * 60 + atoi(strchr(text, ':') + 1))};
  return (authz_value){AUTHZ_NUMBER, (uint32_t)first};
}

static uint64_t read_roles(char *names) {
  uint64_t roles = 0;
  for (char *name = strtok(names, ","); name; name = strtok(NULL, ",")) {
    roles |= (uint64_t)1 << find(AUTHZ_ROLES, name, strlen(name));
  }
  return roles;
}

static void name_into(char *out, size_t room, const char *between, authz_kind kind, uint32_t number) {
  authz_name name = authz_name_of(policy, kind, number);
  if (name.text) snprintf(out + strlen(out), room - strlen(out), "%s%.*s", between, (int)name.len, name.text);
}

static void run_decision(const char *title, char *block) {
  if (strcmp(title, "the policy") == 0) {
    CHECK_INT(authz_compile(block, strlen(block), &policy, NULL), AUTHZ_OK);
    return;
  }
  authz_value values[AUTHZ_ATTRIBUTES_MAX] = {{0, 0}};
  authz_request request = {.values = values, .pool = pool};
  char found[512], *expected = NULL, *rest = NULL;
  extra_count = pool_len = 0;
  char *line = strtok_r(block, "\n", &rest), *roles = strchr(line, ' ');
  if (roles) *roles++ = 0;
  request.permission = find(AUTHZ_PERMISSIONS, line, strlen(line));
  if (roles) request.roles = read_roles(roles);
  while ((line = strtok_r(NULL, "\n", &rest)) != NULL) {
    if (strncmp(line, "=> ", 3) == 0) {
      expected = line + 3;
      continue;
    }
    size_t len = strcspn(line, ":");
    values[find(AUTHZ_ATTRIBUTES, line, len)] = read_value(line + len + 2);
  }
  request.pool_len = pool_len;
  authz_decision decision = authz_decide(policy, &request);
  snprintf(found, sizeof found, "%s", reasons[decision.reason]);
  name_into(found, sizeof found, " | ", AUTHZ_RULES, decision.rule);
  name_into(found, sizeof found, " | ", AUTHZ_ATTRIBUTES, decision.attribute);
  CHECK_STR(found, expected);

  /* Explaining comes to the same, and so does giving every attribute as one of a resource. */
  authz_step steps[16];
  size_t count = 0;
  authz_decision explained = authz_explain(policy, &request, steps, 16, &count), many[2];
  CHECK_BYTES(&explained, &decision, sizeof decision);
  CHECK(count <= authz_count(policy, AUTHZ_RULES));
  uint32_t width = authz_count(policy, AUTHZ_ATTRIBUTES), numbers[AUTHZ_ATTRIBUTES_MAX];
  authz_value twice[2 * AUTHZ_ATTRIBUTES_MAX], nothing[AUTHZ_ATTRIBUTES_MAX] = {{0, 0}};
  for (uint32_t i = 0; i < width; i++) {
    numbers[i] = width - 1 - i;
    twice[i] = twice[width + i] = values[width - 1 - i];
  }
  request.values = nothing;
  authz_resources resources = {numbers, width, twice, 2, pool, pool_len};
  request.pool = NULL;
  authz_decide_many(policy, &request, &resources, many);
  CHECK_BYTES(&many[0], &decision, sizeof decision);
  CHECK_BYTES(&many[1], &decision, sizeof decision);
}

TEST(every_policy_compiles_or_is_refused_as_it_says) { CHECK(each_block("compile.md", run_compile) >= 70); }

TEST(every_request_is_decided_as_it_says) { CHECK(each_block("decisions.md", run_decision) >= 30); }

int main(void) {
  RUN(every_policy_compiles_or_is_refused_as_it_says);
  RUN(every_request_is_decided_as_it_says);
  authz_free(policy);
  return finish();
}
