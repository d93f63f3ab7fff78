/* Arguments, limits, descriptions, hostile requests and failing memory. */
#include "authz.h"
#include "check.h"
#include "failing-alloc.h"

static authz_policy *compile(const char *text) {
  authz_policy *policy = NULL;
  authz_error error;
  CHECK_INT(authz_compile(text, strlen(text), &policy, &error), AUTHZ_OK);
  if (!policy) printf("# %u:%u %s\n", error.line, error.column, error.message);
  return policy;
}

static int code_of(const char *text, size_t len) {
  authz_policy *policy = NULL;
  int code = authz_compile(text, len, &policy, NULL);
  CHECK((policy != NULL) == (code == AUTHZ_OK));
  authz_free(policy);
  return code;
}

static const char *const small =
    "role doctor permission read, write\n"
    "attribute subject.id: text attribute team: set attribute other: set attribute age: number attribute vip: flag\n"
    "attribute now: time attribute owner: text\n"
    "allow \"own\" doctor to read when any(subject.id is owner, subject.id in team, team meets other, age at least 5)\n"
    "deny \"vip\" anyone to write when all(vip is true, now from 22:00 to 06:00)\n"
    "allow \"write\" doctor to write when team has \"x\"\n";

enum { ID, TEAM, OTHER, AGE, VIP, NOW, OWNER, ATTRIBUTES };
enum { READ, WRITE };

TEST(describes_what_it_compiled) {
  authz_policy *policy = compile(small);
  CHECK_INT(authz_count(policy, AUTHZ_ROLES), 1);
  CHECK_INT(authz_count(policy, AUTHZ_PERMISSIONS), 2);
  CHECK_INT(authz_count(policy, AUTHZ_ATTRIBUTES), ATTRIBUTES);
  CHECK_INT(authz_count(policy, AUTHZ_RULES), 3);
  CHECK_INT(authz_count(policy, AUTHZ_SYMBOLS), 1);
  CHECK_INT(authz_count(policy, (authz_kind)9), 0);
  CHECK_INT(authz_count(NULL, AUTHZ_ROLES), 0);
  authz_name name = authz_name_of(policy, AUTHZ_RULES, 1);
  CHECK(name.len == 3 && memcmp(name.text, "vip", 3) == 0);
  CHECK(authz_name_of(policy, AUTHZ_RULES, 3).text == NULL);
  CHECK(authz_name_of(policy, AUTHZ_SYMBOLS, 0).text[0] == 'x');
  CHECK_INT(authz_attribute_type(policy, NOW), AUTHZ_TIME);
  CHECK_INT(authz_attribute_type(policy, ATTRIBUTES), AUTHZ_ABSENT);
  CHECK_INT(authz_attributes_of(policy, READ), 1 << ID | 1 << TEAM | 1 << OTHER | 1 << AGE | 1 << OWNER);
  CHECK_INT(authz_attributes_of(policy, 2), 0);
  CHECK_INT(authz_rule_line(policy, 1), 5);
  CHECK_INT(authz_rule_line(policy, 3), 0);
  authz_free(policy);
  authz_free(NULL);
}

TEST(refuses_missing_arguments) {
  authz_policy *policy = NULL;
  authz_error error;
  CHECK_INT(authz_compile(NULL, 1, &policy, &error), AUTHZ_EARG);
  CHECK_INT(error.code, AUTHZ_EARG);
  CHECK_INT(authz_compile("", 0, NULL, NULL), AUTHZ_EARG);
  CHECK_INT(code_of(NULL, 0), AUTHZ_OK);
  authz_request request = {0};
  CHECK_INT(authz_decide(NULL, &request).reason, AUTHZ_DENIED_REQUEST);
  policy = compile(small);
  CHECK_INT(authz_decide(policy, NULL).reason, AUTHZ_DENIED_REQUEST);
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_REQUEST); /* no values */
  request.permission = 2;
  size_t count = 9;
  CHECK_INT(authz_explain(policy, &request, NULL, 0, &count).reason, AUTHZ_DENIED_REQUEST);
  CHECK_INT(count, 0);
  authz_free(policy);
}

/* A policy of count pieces, made by print. */
static int code_of_many(int count, const char *before, const char *piece, const char *between, const char *after) {
  size_t room = strlen(before) + (size_t)count * (strlen(piece) + strlen(between) + 8) + strlen(after) + 1;
  char *text = malloc(room);
  size_t len = (size_t)sprintf(text, "%s", before);
  for (int i = 0; i < count; i++) {
    char one[64];
    snprintf(one, sizeof one, piece, i);
    len += (size_t)sprintf(text + len, "%s%s", i ? between : "", one);
  }
  len += (size_t)sprintf(text + len, "%s", after);
  int code = code_of(text, len);
  free(text);
  return code;
}

#define HEAD "role a permission p attribute n: number attribute t: text attribute f: flag "
#define RULE HEAD "allow \"r\" a to p when "

TEST(holds_what_it_promises_and_no_more) {
  CHECK_INT(code_of_many(63, "role ", "a%d", ",", ""), AUTHZ_OK);
  CHECK_INT(code_of_many(64, "role ", "a%d", ",", ""), AUTHZ_ETOOBIG);
  CHECK_INT(code_of_many(1024, "permission ", "p%d", ",", ""), AUTHZ_OK);
  CHECK_INT(code_of_many(1025, "permission ", "p%d", ",", ""), AUTHZ_ETOOBIG);
  CHECK_INT(code_of_many(64, "", "attribute x%d: text", "\n", ""), AUTHZ_OK);
  CHECK_INT(code_of_many(65, "", "attribute x%d: text", "\n", ""), AUTHZ_ETOOBIG);
  CHECK_INT(code_of_many(2048, RULE "t in (", "\"%d\"", ",", ")"), AUTHZ_OK);
  CHECK_INT(code_of_many(2049, RULE "t in (", "\"%d\"", ",", ")"), AUTHZ_ETOOBIG);
  CHECK_INT(code_of_many(256, RULE "any(", "n is %d", ",", ")"), AUTHZ_OK);
  CHECK_INT(code_of_many(257, RULE "any(", "n is %d", ",", ")"), AUTHZ_ETOOBIG);
  CHECK_INT(code_of_many(2048, HEAD, "allow \"%d\" a to p when f is true", "\n", ""), AUTHZ_OK);
  CHECK_INT(code_of_many(2049, HEAD, "allow \"%d\" a to p when f is true", "\n", ""), AUTHZ_ETOOBIG);
  CHECK_INT(code_of_many(31, RULE, "not(", "", "not(f is true) ))))))))))))))))))))))))))))))))"), AUTHZ_ESYNTAX);
  CHECK_INT(code_of_many(33, RULE, "not(", "", "f is true"), AUTHZ_ETOOBIG);
  char *large = malloc(AUTHZ_TEXT_BYTES_MAX + 1);
  memset(large, ' ', AUTHZ_TEXT_BYTES_MAX + 1);
  CHECK_INT(code_of(large, AUTHZ_TEXT_BYTES_MAX), AUTHZ_OK);
  CHECK_INT(code_of(large, AUTHZ_TEXT_BYTES_MAX + 1), AUTHZ_ETOOBIG);
  memset(large, '(', AUTHZ_TEXT_BYTES_MAX);
  CHECK_INT(code_of(large, AUTHZ_TEXT_BYTES_MAX), AUTHZ_ESYNTAX);
  free(large);
}

TEST(takes_32_levels) {
  char text[1024] = RULE;
  for (int i = 0; i < 32; i++) strcat(text, "not(");
  strcat(text, "f is true");
  for (int i = 0; i < 32; i++) strcat(text, ")");
  CHECK_INT(code_of(text, strlen(text)), AUTHZ_OK);
}

TEST(denies_values_that_are_out_of_their_bounds) {
  authz_policy *policy = compile(small);
  uint32_t pool[] = {2, 5, 6, AUTHZ_MEMBERS_MAX + 1, 9, 7};
  authz_value values[ATTRIBUTES] = {{AUTHZ_TEXT, 5},   {AUTHZ_SET, 0},   {AUTHZ_SET, 0},  {AUTHZ_NUMBER, 1},
                                    {AUTHZ_FLAG, 1}, {AUTHZ_TIME, 1400}, {AUTHZ_TEXT, 4}};
  authz_request request = {.permission = READ, .roles = 1, .values = values, .pool = pool, .pool_len = 6};
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_ALLOWED);
  const uint32_t bad_sets[] = {3, 4, 5, 6, UINT32_MAX}; /* too many members, members behind the end, outside */
  for (size_t i = 0; i < sizeof bad_sets / sizeof bad_sets[0]; i++) {
    values[TEAM].value = bad_sets[i];
    CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_TYPE);
  }
  values[TEAM].value = 0;
  request.pool = NULL;
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_TYPE);
  request.pool = pool;
  values[ID].value = 9; /* in no set: now the sets must meet */
  values[OTHER].value = 5;
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_TYPE);
  CHECK_INT(authz_decide(policy, &request).attribute, OTHER);
  values[OTHER] = (authz_value){AUTHZ_ABSENT, 0};
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_ABSENT);
  values[ID].value = 0; /* no text has the number 0 */
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_TYPE);
  request.permission = WRITE;
  values[VIP].value = 2;
  CHECK_INT(authz_decide(policy, &request).attribute, VIP);
  values[VIP].value = 1;
  values[NOW].value = 1440;
  CHECK_INT(authz_decide(policy, &request).attribute, NOW);
  values[NOW].value = 1439;
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_BY_RULE);
  values[NOW].value = 720;
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_DEFAULT);
  values[TEAM] = (authz_value){AUTHZ_SET, 3};
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_TYPE);
  authz_free(policy);
}

TEST(explains_each_rule_with_its_place) {
  authz_policy *policy = compile(small);
  uint32_t pool[] = {0};
  authz_value values[ATTRIBUTES] = {{AUTHZ_TEXT, 5}, {AUTHZ_SET, 0}, {AUTHZ_SET, 0}, {0, 0}, {AUTHZ_FLAG, 1},
                                    {AUTHZ_TIME, 720}, {AUTHZ_TEXT, 4}};
  authz_request request = {.permission = WRITE, .roles = 1, .values = values, .pool = pool, .pool_len = 1};
  authz_step steps[3];
  size_t count = 0;
  CHECK_INT(authz_explain(policy, &request, steps, 3, &count).reason, AUTHZ_DENIED_DEFAULT);
  CHECK_INT(count, 2);
  CHECK_INT(steps[0].rule, 1);
  CHECK_INT(steps[0].outcome, AUTHZ_RULE_FALSE);
  CHECK_INT(steps[0].line, 5);
  CHECK_INT(steps[0].column, 50); /* the window */
  CHECK_INT(steps[1].outcome, AUTHZ_RULE_FALSE);
  request.roles = 0;
  CHECK_INT(authz_explain(policy, &request, steps, 1, &count).reason, AUTHZ_DENIED_DEFAULT);
  CHECK_INT(count, 2); /* more than there was room for */
  CHECK_INT(authz_explain(policy, &request, steps, 3, NULL).reason, AUTHZ_DENIED_DEFAULT);
  CHECK_INT(steps[1].outcome, AUTHZ_RULE_NO_ROLE);
  CHECK_INT(steps[1].column, 1); /* the rule */
  request.permission = READ;
  request.roles = 1;
  CHECK_INT(authz_explain(policy, &request, steps, 3, &count).reason, AUTHZ_DENIED_ABSENT);
  CHECK_INT(steps[0].outcome, AUTHZ_RULE_ABSENT);
  CHECK_INT(steps[0].attribute, AGE);
  authz_free(policy);
}

TEST(decides_many_only_of_attributes_that_exist_once) {
  authz_policy *policy = compile(small);
  authz_value values[ATTRIBUTES] = {{0, 0}}, given[4] = {{AUTHZ_TEXT, 7}, {AUTHZ_TEXT, 7}, {AUTHZ_TEXT, 7}, {AUTHZ_TEXT, 8}};
  authz_request request = {.permission = READ, .roles = 1, .values = values};
  authz_decision decisions[2];
  uint32_t numbers[AUTHZ_ATTRIBUTES_MAX + 1] = {ID, OWNER};
  authz_resources resources = {.attributes = numbers, .width = 2, .values = given, .count = 2};
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_ALLOWED);
  CHECK_INT(decisions[1].reason, AUTHZ_DENIED_ABSENT);
  numbers[1] = ATTRIBUTES;
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[1].reason, AUTHZ_DENIED_REQUEST);
  numbers[1] = ID;
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_DENIED_REQUEST);
  resources = (authz_resources){.width = 2, .values = given, .count = 1};
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_DENIED_REQUEST);
  resources = (authz_resources){.attributes = numbers, .width = 2, .count = 1};
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_DENIED_REQUEST);
  resources = (authz_resources){.attributes = numbers, .width = AUTHZ_ATTRIBUTES_MAX + 1, .values = given, .count = 1};
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_DENIED_REQUEST);
  resources = (authz_resources){.count = 1};
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_DENIED_ABSENT);
  decisions[0].reason = AUTHZ_ALLOWED;
  authz_decide_many(policy, NULL, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_DENIED_REQUEST);
  authz_decide_many(policy, &request, NULL, decisions); /* nothing to decide about */
  authz_free(policy);
}

TEST(decides_many_by_rules_without_a_test) {
  authz_policy *policy = compile("role a, b permission p deny \"no\" a to p allow \"yes\" anyone to p");
  authz_request request = {.permission = 0, .roles = 1};
  authz_resources resources = {.count = 130};
  authz_decision decisions[130];
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_DENIED_BY_RULE);
  CHECK_INT(decisions[129].reason, AUTHZ_DENIED_BY_RULE);
  request.roles = 2;
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_ALLOWED);
  CHECK_INT(decisions[63].reason, AUTHZ_ALLOWED);
  CHECK_INT(decisions[64].reason, AUTHZ_ALLOWED);
  CHECK_INT(decisions[129].reason, AUTHZ_ALLOWED);
  authz_free(policy);
}

/* The same index means other members in the request's pool and in that of the resources. */
TEST(keeps_the_sets_of_resources_apart) {
  authz_policy *policy = compile(
      "role a permission p attribute subject.t: text attribute subject.s: set attribute resource.s: set\n"
      "allow \"own\" a to p when all(resource.s meets subject.s, subject.t in resource.s)");
  uint32_t of_request[] = {1, 40}, of_resources[] = {1, 50, 2, 40, 60};
  authz_value values[3] = {{AUTHZ_TEXT, 60}, {AUTHZ_SET, 0}, {AUTHZ_SET, 0}};
  authz_value given[] = {{AUTHZ_SET, 0}, {AUTHZ_SET, 2}, {AUTHZ_SET, 3}, {AUTHZ_SET, 5}};
  uint32_t number = 2;
  authz_request request = {.permission = 0, .roles = 1, .values = values, .pool = of_request, .pool_len = 2};
  authz_resources resources = {&number, 1, given, 4, of_resources, 5};
  authz_decision decisions[4];
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[0].reason, AUTHZ_DENIED_DEFAULT);
  CHECK_INT(decisions[1].reason, AUTHZ_ALLOWED);
  CHECK_INT(decisions[2].reason, AUTHZ_DENIED_TYPE); /* 40 members, they say */
  CHECK_INT(decisions[3].reason, AUTHZ_DENIED_TYPE);
  CHECK_INT(decisions[3].attribute, 2);
  resources.pool = NULL;
  authz_decide_many(policy, &request, &resources, decisions);
  CHECK_INT(decisions[1].reason, AUTHZ_DENIED_TYPE);
  authz_free(policy);
}

TEST(gives_all_roles_up_to_the_last) {
  char text[1024] = "permission p role r0";
  for (int i = 1; i < AUTHZ_ROLES_MAX; i++) sprintf(text + strlen(text), ",r%d", i);
  strcat(text, " allow \"last\" r62 to p");
  authz_policy *policy = compile(text);
  authz_request request = {.permission = 0, .roles = (uint64_t)1 << 62};
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_ALLOWED);
  request.roles = ~request.roles;
  CHECK_INT(authz_decide(policy, &request).reason, AUTHZ_DENIED_DEFAULT);
  authz_free(policy);
}

TEST(survives_the_failure_of_each_allocation) {
  alloc_reset(-1);
  CHECK_INT(code_of(small, strlen(small)), AUTHZ_OK);
  long count = alloc_count;
  CHECK(count > 8);
  for (long n = 0; n < count; n++) {
    alloc_reset(n);
    CHECK_INT(code_of(small, strlen(small)), AUTHZ_ENOMEM);
  }
  const char *lists = RULE "any(t in (\"a\", \"b\"), t is not \"c\", n from 1 to 2)";
  alloc_reset(-1);
  CHECK_INT(code_of(lists, strlen(lists)), AUTHZ_OK);
  count = alloc_count;
  for (long n = 0; n < count; n++) {
    alloc_reset(n);
    CHECK_INT(code_of(lists, strlen(lists)), AUTHZ_ENOMEM);
  }
  alloc_reset(-1);
}

TEST(names_every_code_once) {
  for (int code = AUTHZ_EUNREACHABLE; code <= AUTHZ_OK; code++) {
    for (int other = AUTHZ_EUNREACHABLE; other < code; other++) {
      CHECK(strcmp(authz_code_name(code), authz_code_name(other)) != 0);
    }
  }
  CHECK_STR(authz_code_name(1), "unknown");
}

int main(void) {
  RUN(describes_what_it_compiled);
  RUN(refuses_missing_arguments);
  RUN(holds_what_it_promises_and_no_more);
  RUN(takes_32_levels);
  RUN(denies_values_that_are_out_of_their_bounds);
  RUN(explains_each_rule_with_its_place);
  RUN(decides_many_only_of_attributes_that_exist_once);
  RUN(decides_many_by_rules_without_a_test);
  RUN(keeps_the_sets_of_resources_apart);
  RUN(gives_all_roles_up_to_the_last);
  RUN(survives_the_failure_of_each_allocation);
  RUN(names_every_code_once);
  return finish();
}
