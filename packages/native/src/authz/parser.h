/* What reading declarations and rules shares with reading conditions. */
#ifndef AUTHZ_PARSER_H
#define AUTHZ_PARSER_H

#include "authz/lexer.h"

typedef struct parser {
  compiler *c;
  token now; /* the token to be looked at next */
  size_t at; /* behind it */
} parser;

/* Goes to the next token. False for one that is bad, with the error noted. */
bool authz_next_word(parser *p);

/* Notes "... was expected" at the token that is there instead. */
bool authz_unexpected(parser *p, const char *message);

bool authz_is_word(const parser *p, const char *word);
bool authz_is_sign(const parser *p, char sign);

/* Takes this very word or sign, or fails with the message. */
bool authz_expect_word(parser *p, const char *word, const char *message);
bool authz_expect_sign(parser *p, char sign, const char *message);

/* The number of the declared name at hand, which is taken; fails with the message where none of that name is declared. */
bool authz_expect_declared(parser *p, const names *list, const char *message, uint32_t *out);

/* One condition; *root is its node. */
bool authz_parse_condition(parser *p, uint32_t depth, uint32_t *root);

#endif
