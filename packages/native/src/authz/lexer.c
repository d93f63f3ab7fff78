#include "authz/lexer.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool authz_is_word(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-' || c == '*'; }
static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static token bad(size_t offset, const char *message) {
  return (token){.kind = TOKEN_BAD, .offset = offset, .message = message};
}

static size_t skip_blanks(const char *text, size_t len, size_t at) {
  while (at < len && (is_blank(text[at]) || text[at] == '#')) {
    bool comment = text[at] == '#';
    while (comment && at < len && text[at] != '\n') at++;
    if (at < len) at++;
  }
  return at;
}

/* HH:MM, when the five characters from at on are that; -1 when not. */
static int32_t read_time(const char *text, size_t len, size_t at) {
  if (len - at < 5 || text[at + 2] != ':' || !is_digit(text[at]) || !is_digit(text[at + 1]) || !is_digit(text[at + 3]) ||
      !is_digit(text[at + 4])) {
    return -1;
  }
  return ((text[at] - '0') * 10 + text[at + 1] - '0') * 60 + (text[at + 3] - '0') * 10 + text[at + 4] - '0';
}

static token read_number(const char *text, size_t len, size_t *at) {
  size_t start = *at;
  int32_t minutes = read_time(text, len, start);
  if (minutes >= 0) {
    *at += 5;
    if (minutes >= 24 * 60 || text[start + 3] > '5') return bad(start, "a time is from 00:00 to 23:59");
    return (token){.kind = TOKEN_TIME, .offset = start, .number = minutes};
  }
  bool negative = text[start] == '-';
  int64_t number = 0;
  size_t digits = 0;
  for (*at += negative; *at < len && is_digit(text[*at]); (*at)++, digits++) {
    if (number <= INT32_MAX) number = number * 10 + (text[*at] - '0');
  }
  if (digits == 0) return bad(start, "a number has digits");
  if (*at < len && authz_is_word(text[*at])) return bad(start, "a name begins with a letter");
  if (number > INT32_MAX) return bad(start, "a number is at most 2147483647");
  return (token){.kind = TOKEN_NUMBER, .offset = start, .number = (int32_t)(negative ? -number : number)};
}

static token read_string(const char *text, size_t len, size_t *at) {
  size_t start = *at, end = start + 1;
  while (end < len && text[end] != '"' && (unsigned char)text[end] >= ' ' && text[end] != '\\') end++;
  *at = end + 1;
  if (end >= len || text[end] != '"') return bad(start, "a text ends with a quote on its line and has no backslash");
  return (token){.kind = TOKEN_STRING, .offset = start, .text = {text + start + 1, end - start - 1}};
}

token authz_next_token(const char *text, size_t len, size_t *at) {
  size_t start = *at = skip_blanks(text, len, *at);
  if (start >= len) return (token){.kind = TOKEN_END, .offset = len};
  char c = text[start];
  if (c == '(' || c == ')' || c == ',' || c == ':') {
    (*at)++;
    return (token){.kind = TOKEN_SIGN, .offset = start, .sign = c};
  }
  if (c == '"') return read_string(text, len, at);
  if (is_digit(c) || c == '-') return read_number(text, len, at);
  if (!is_letter(c)) return bad(start, "this character has no meaning here");
  while (*at < len && authz_is_word(text[*at])) (*at)++;
  return (token){.kind = TOKEN_WORD, .offset = start, .text = {text + start, *at - start}};
}
