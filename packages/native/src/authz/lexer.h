/* Words of a policy text. */
#ifndef AUTHZ_LEXER_H
#define AUTHZ_LEXER_H

#include "authz/internal.h"

typedef enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_STRING, TOKEN_NUMBER, TOKEN_TIME, TOKEN_SIGN, TOKEN_BAD } token_kind;

typedef struct token {
  token_kind kind;
  size_t offset;
  authz_name text; /* a word, or a string without its quotes */
  int32_t number;  /* of a number; of a time, minutes since midnight */
  char sign;       /* one of ( ) , : */
  const char *message; /* of TOKEN_BAD: what is wrong */
} token;

/* The token that begins at or behind *at; *at moves behind it. */
token authz_next_token(const char *text, size_t len, size_t *at);

#endif
