/* libauthz: access decisions from a policy file that people can read. C11, needs nothing but the C library.
 *
 * A policy is text (grammar below). authz_compile checks it and makes a compact program of it; after that it never
 * changes, so that any number of threads may decide with it at once. A decision allocates nothing, reads only what it is
 * given and takes time in proportion to the rules of the permission asked for. What is not allowed is denied.
 *
 *   # comment, to the end of the line
 *   role doctor, nurse
 *   permission patient.read, lab.result.release
 *   attribute subject.id: text              types: text, set (of texts), number, flag, time
 *   attribute subject.facilities: set
 *   attribute resource.facility: text
 *   attribute resource.careTeam: set
 *   attribute env.time: time
 *
 *   allow "doctors read the patients of their facilities"
 *     doctor to patient.read
 *     when resource.facility in subject.facilities
 *
 *   deny "nobody releases results at night but the care team"
 *     anyone to lab.result.*
 *     when all(env.time from 22:00 to 06:00, not(subject.id in resource.careTeam))
 *
 * A rule names roles ("anyone": every subject, even one without a role) and permissions ("anything": all of them;
 * "lab.*": all that begin with "lab."). Its condition is one of
 *
 *   all(c, c, ...)   any(c, c, ...)   not(c)
 *   text   is "x" | is not "x" | is other.text | is not other.text | in ("x", "y") | in other.set
 *   set    has "x" | meets other.set (they have a member in common)
 *   number is 5 | is not 5 | from 1 to 10 (both included) | at least 5 | at most 5
 *   flag   is true | is false
 *   time   from 07:00 to 19:00 (the end not included; from 22:00 to 06:00 passes midnight)
 *
 * Deny overrides: the deny rules are asked first, and one that applies is final. Then the first allow rule that applies
 * allows. A rule that cannot be decided, because an attribute it asks for is absent or of another type, denies if it is a
 * deny rule and does not allow if it is an allow rule; where nothing else allows, that is the reason given. Within a
 * condition tests are made from left to right, and only until the answer is known.
 *
 * Refused at compile time, with line and column: what does not parse, names that are not declared or declared twice,
 * tests that do not fit the attribute's type, conditions that can never hold, and rules that can never matter. */
#ifndef AUTHZ_H
#define AUTHZ_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define AUTHZ_MUST_CHECK __attribute__((warn_unused_result))
#else
#define AUTHZ_MUST_CHECK
#endif

#define AUTHZ_TEXT_BYTES_MAX (256 * 1024) /* of a policy */
#define AUTHZ_ATTRIBUTES_MAX 64
#define AUTHZ_ROLES_MAX 63
#define AUTHZ_PERMISSIONS_MAX 1024
#define AUTHZ_SYMBOLS_MAX 2048  /* different texts in quotes that tests compare with */
#define AUTHZ_RULES_MAX 2048
#define AUTHZ_TESTS_MAX 256     /* of one rule */
#define AUTHZ_NESTING_MAX 32    /* of all, any, not */
#define AUTHZ_MEMBERS_MAX 1024  /* of a set in a request */

typedef enum authz_code {
  AUTHZ_OK = 0,
  AUTHZ_EARG = -1,           /* NULL where something is needed */
  AUTHZ_ETOOBIG = -2,        /* more than one of the limits above */
  AUTHZ_ENOMEM = -3,
  AUTHZ_ESYNTAX = -4,        /* does not parse; error->message says what was expected */
  AUTHZ_EUNKNOWN = -5,       /* a role, permission or attribute that is not declared */
  AUTHZ_EDUPLICATE = -6,     /* declared twice, or two rules of one name */
  AUTHZ_ETYPE = -7,          /* a test that the attribute's type does not have */
  AUTHZ_ECONTRADICTION = -8, /* a condition that can never hold */
  AUTHZ_EUNREACHABLE = -9    /* a rule that others leave nothing to */
} authz_code;

/* "contradiction"; constant text, "unknown" for a number that is no code. */
const char *authz_code_name(int code);

/* Where and why compiling stopped. */
typedef struct authz_error {
  int code;
  size_t offset;       /* bytes from the start of the text */
  uint32_t line;       /* from 1; 0 after AUTHZ_EARG. What is wrong with the text as a whole is at 1:1 */
  uint32_t column;     /* in bytes, from 1 */
  const char *message; /* constant text */
} authz_error;

typedef struct authz_policy authz_policy;

/* Compiles text[0..len), UTF-8. Keeps a copy of what it needs. *out is the policy, to be freed by authz_free, or NULL after
 * a failure; then *error (may be NULL) says where. */
AUTHZ_MUST_CHECK int authz_compile(const char *text, size_t len, authz_policy **out, authz_error *error);
void authz_free(authz_policy *policy); /* takes NULL */

/* ---- What a policy declares: for packing requests and for showing reasons ------------------------------------------ */

typedef enum authz_type {
  AUTHZ_ABSENT = 0,
  AUTHZ_TEXT = 1,
  AUTHZ_SET = 2,
  AUTHZ_NUMBER = 3,
  AUTHZ_FLAG = 4,
  AUTHZ_TIME = 5
} authz_type;

typedef struct authz_name {
  const char *text; /* not NUL-terminated; lives as long as the policy */
  size_t len;
} authz_name;

typedef enum authz_kind { AUTHZ_ROLES, AUTHZ_PERMISSIONS, AUTHZ_ATTRIBUTES, AUTHZ_RULES, AUTHZ_SYMBOLS } authz_kind;

/* How many of a kind there are, and the name of number i: names are numbered from 0 as declared. {NULL, 0} outside. */
uint32_t authz_count(const authz_policy *policy, authz_kind kind);
authz_name authz_name_of(const authz_policy *policy, authz_kind kind, uint32_t i);

authz_type authz_attribute_type(const authz_policy *policy, uint32_t attribute); /* AUTHZ_ABSENT outside */
uint64_t authz_attributes_of(const authz_policy *policy, uint32_t permission);   /* bit i: rules of it ask attribute i */
uint32_t authz_rule_line(const authz_policy *policy, uint32_t rule);             /* 0 outside */

/* ---- Requests ---------------------------------------------------------------------------------------------------- */

/* The value of one attribute.
 * AUTHZ_TEXT    value is the text's number: i + 1 for symbol i of the policy, and for a text that is none of its symbols any
 *               number above all of them, the same for the same text throughout one call
 * AUTHZ_SET     value is an index into pool: there the number of members (at most AUTHZ_MEMBERS_MAX), then that many texts
 * AUTHZ_NUMBER  value is an int32_t
 * AUTHZ_FLAG    0 or 1
 * AUTHZ_TIME    minutes since midnight, 0 to 1439
 * AUTHZ_ABSENT  not known */
typedef struct authz_value {
  uint32_t type;
  uint32_t value;
} authz_value;

typedef struct authz_request {
  uint32_t permission;       /* its number */
  uint64_t roles;            /* bit i: the subject has role i */
  const authz_value *values; /* one for each attribute of the policy, in order */
  const uint32_t *pool;      /* members of sets; may be NULL when there are none */
  size_t pool_len;           /* in numbers, not bytes */
} authz_request;

typedef enum authz_reason {
  AUTHZ_ALLOWED = 1,         /* rule allowed it */
  AUTHZ_DENIED_BY_RULE = 2,  /* rule denied it */
  AUTHZ_DENIED_DEFAULT = 3,  /* no rule applies */
  AUTHZ_DENIED_ABSENT = 4,   /* rule asks for attribute, which is absent */
  AUTHZ_DENIED_TYPE = 5,     /* rule asks for attribute, whose value is not of its type (or a set outside the pool) */
  AUTHZ_DENIED_REQUEST = 6   /* no such permission, or NULL where values are needed */
} authz_reason;

#define AUTHZ_NONE UINT32_MAX

/* Only AUTHZ_ALLOWED allows: compare with it and nothing else. */
typedef struct authz_decision {
  uint32_t reason;
  uint32_t rule;      /* its number, or AUTHZ_NONE */
  uint32_t attribute; /* its number, or AUTHZ_NONE */
} authz_decision;

/* Decides one request. Never fails: what makes no sense is denied. */
AUTHZ_MUST_CHECK authz_decision authz_decide(const authz_policy *policy, const authz_request *request);

/* Resources to decide about: resource r gives the values of the attributes whose numbers are attributes[0..width), in that
 * order, at values[r * width ...]. The members of their sets are in a pool of their own, so that resources can be packed once
 * and asked about with any number of requests. */
typedef struct authz_resources {
  const uint32_t *attributes;
  uint32_t width;
  const authz_value *values; /* width * count */
  size_t count;
  const uint32_t *pool; /* members of sets; may be NULL when there are none */
  size_t pool_len;
} authz_resources;

/* Decides about many resources: request is common to all, except that each resource's own values take the place of its
 * values. decisions has room for resources->count. Where one of the attributes is none of the policy, or is there twice, every
 * decision is AUTHZ_DENIED_REQUEST. */
void authz_decide_many(const authz_policy *policy, const authz_request *request, const authz_resources *resources,
                       authz_decision *decisions);

typedef enum authz_outcome {
  AUTHZ_RULE_APPLIES = 1,
  AUTHZ_RULE_NO_ROLE = 2,  /* not for the subject's roles */
  AUTHZ_RULE_FALSE = 3,    /* its condition does not hold */
  AUTHZ_RULE_ABSENT = 4,   /* attribute is absent */
  AUTHZ_RULE_TYPE = 5      /* attribute is of another type */
} authz_outcome;

/* What became of one rule. line and column show the test that settled it, or the rule where there was none. */
typedef struct authz_step {
  uint32_t rule, outcome, attribute, line, column;
} authz_step;

/* Decides as authz_decide does and writes down what became of each rule of the permission, in the order in which they are
 * asked, up to the one that was final. At most cap steps are written; *count says how many there are. */
AUTHZ_MUST_CHECK authz_decision authz_explain(const authz_policy *policy, const authz_request *request, authz_step *steps,
                                              size_t cap, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
