/* libhl7val: HL7 v2.1 to 2.8 messages, read, checked and written.
 *
 * Rules that hold for every function here
 *  - Bytes belong to the caller. Nothing is copied, kept, freed or changed unless the function says so.
 *  - Nothing allocates. Where room is needed the caller brings it and is told how much would have been enough.
 *  - No global state: every function may run on any thread, at the same time as any other, on distinct outputs.
 *  - No recursion and no loop that grows faster than the input.
 *  - Lengths and offsets are bytes; counts are elements. Positions in a path count from 1, as the standard does.
 *  - Pointers must not be NULL unless a comment allows it. A length of 0 is always allowed.
 *  - Results are a hl7val_status. HL7VAL_OK is 0; what went wrong is negative and outputs are then as the comment says.
 *
 * Quick start
 *    uint32_t marks[4096]; hl7val_segment segments[256];
 *    hl7val_index ix = { .marks = marks, .mark_room = 4096, .segments = segments, .segment_room = 256 };
 *    if (hl7val_index_message(bytes, len, &ix) == HL7VAL_OK) {
 *      hl7val_path path; hl7val_span value;
 *      if (hl7val_path_parse("OBX[3]-5.1", 10, &path) == HL7VAL_OK && hl7val_get(&ix, &path, &value) == HL7VAL_OK)
 *        fwrite(bytes + value.at, 1, value.len, stdout);
 *    }
 */
#ifndef HL7VAL_H
#define HL7VAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define HL7VAL_MUST_CHECK __attribute__((warn_unused_result))
#else
#define HL7VAL_MUST_CHECK
#endif

/* The largest message and the largest file (a batch or a stream of messages) that are read. */
#define HL7VAL_MESSAGE_BYTES_MAX (5u * 1024u * 1024u)
#define HL7VAL_FILE_BYTES_MAX (64u * 1024u * 1024u)

typedef enum hl7val_status {
  HL7VAL_OK = 0,
  HL7VAL_ABSENT = 1,     /* the path names nothing in this message */
  HL7VAL_END = 2,        /* no further message in the file, or the frame is not complete yet */
  HL7VAL_ETOOBIG = -1,   /* longer than the limit above; nothing was read */
  HL7VAL_EEMPTY = -2,    /* no bytes at all, or only white space */
  HL7VAL_ENOMSH = -3,    /* no line begins with MSH */
  HL7VAL_EDELIMS = -4,   /* MSH-2 does not hold four different delimiters */
  HL7VAL_ENOSPACE = -5,  /* the caller's room is too small; what is needed has been written to the counts */
  HL7VAL_EPATH = -6,     /* not a path: PID-3, OBX[2]-5[1].1.2 */
  HL7VAL_ECHARSET = -7,  /* the bytes do not fit the character set, or it is one that is refused by name */
  HL7VAL_EVALUE = -8,    /* a value the builder cannot write (bad name, number, time or text) */
  HL7VAL_ESTATE = -9,    /* called out of order */
  HL7VAL_EFRAME = -10    /* bytes outside an MLLP frame, or a frame longer than the framer's room */
} hl7val_status;

/* A run of bytes inside the caller's buffer. */
typedef struct hl7val_span {
  uint32_t at;
  uint32_t len;
} hl7val_span;

/* ---- Files ------------------------------------------------------------------------------------------------------ */

/* What a line of a file opened. */
typedef enum hl7val_part_kind {
  HL7VAL_PART_MESSAGE = 0, /* MSH and the lines that belong to it */
  HL7VAL_PART_FHS = 1,     /* a line of the envelope: file header, batch header, batch trailer, file trailer */
  HL7VAL_PART_BHS = 2,
  HL7VAL_PART_BTS = 3,
  HL7VAL_PART_FTS = 4,
  HL7VAL_PART_STRAY = 5    /* lines before the first MSH or after a trailer that belong to nothing */
} hl7val_part_kind;

typedef struct hl7val_part {
  hl7val_part_kind kind;
  hl7val_span bytes; /* without byte order mark, MLLP frame bytes and trailing line ends */
  uint32_t line;     /* 1-based line of its first byte */
} hl7val_part;

/* Walks over the parts of a file. Set file, len, and zero the rest; do not change it between calls. */
typedef struct hl7val_parts {
  const uint8_t *file;
  size_t len;
  size_t at;
  uint32_t line;
} hl7val_parts;

/* Finds the next part. A message begins at a line that starts with MSH and ends before the next MSH, FHS, BHS, BTS or
 * FTS line. A readable MSH line that is directly followed by another MSH line does not end there: a header sent twice
 * is one faulty message, never two. Lines end with CR, LF or CRLF; MLLP frame bytes and a byte order mark are skipped.
 * Returns HL7VAL_OK with *part filled, HL7VAL_END after the last, HL7VAL_ETOOBIG above HL7VAL_FILE_BYTES_MAX. */
HL7VAL_MUST_CHECK hl7val_status hl7val_next_part(hl7val_parts *parts, hl7val_part *part);

/* ---- Index of one message --------------------------------------------------------------------------------------- */

/* The delimiters as MSH-1 and MSH-2 say. truncation is 0 when MSH-2 has only four characters. */
typedef struct hl7val_delims {
  uint8_t field, component, repetition, escape, subcomponent, truncation;
} hl7val_delims;

/* How the bytes outside ASCII are read. */
typedef enum hl7val_charset {
  HL7VAL_ASCII = 0,
  HL7VAL_UTF8 = 1,
  HL7VAL_WINDOWS_1252 = 2,
  HL7VAL_8859_1 = 3, /* 8859-2 to 8859-9 follow as 4 to 11 */
  HL7VAL_8859_9 = 11,
  HL7VAL_8859_15 = 12,
  HL7VAL_CHARSET_UNKNOWN = 13, /* MSH-18 is a name nobody knows and the bytes do not say themselves */
  HL7VAL_CHARSET_REFUSED = 14  /* a known one that is not read here: GB18030, Shift-JIS, UTF-16 ... */
} hl7val_charset;

/* What was seen on the way; none of these keeps a message from being indexed. */
enum {
  HL7VAL_SAW_BOM = 1u << 0,
  HL7VAL_SAW_MLLP = 1u << 1,        /* frame bytes 0x0B or 0x1C */
  HL7VAL_SAW_LF = 1u << 2,          /* a line that ends with LF alone */
  HL7VAL_SAW_CRLF = 1u << 3,
  HL7VAL_SAW_NO_TERMINATOR = 1u << 4, /* the last line has no end */
  HL7VAL_SAW_NUL = 1u << 5,
  HL7VAL_SAW_NON_ASCII = 1u << 6,
  HL7VAL_SAW_LINES_BEFORE = 1u << 7,  /* something stands before MSH */
  HL7VAL_SAW_MORE = 1u << 8,          /* another message or an envelope line follows: use hl7val_next_part */
  HL7VAL_SAW_NOT_UTF8 = 1u << 9,      /* the bytes outside ASCII are not UTF-8 */
  HL7VAL_SAW_ENVELOPE = 1u << 10,     /* FHS or BHS stands before MSH */
  HL7VAL_SAW_CR = 1u << 11            /* a line that ends with CR alone, as the standard wants */
};

/* One line. Its name is three bytes packed as 'P' << 16 | 'I' << 8 | 'D', or 0 if the line is no segment.
 * Field n is bytes[marks[mark + n - 1] + 1 .. marks[mark + n]); in MSH, FHS, BHS, BTS-like headers n is one less,
 * because there MSH-1 is the delimiter itself. Use hl7val_field unless every nanosecond counts. */
typedef struct hl7val_segment {
  uint32_t name;
  uint32_t at;     /* offset of the first byte */
  uint32_t mark;   /* index in marks of the delimiter after the name */
  uint32_t fields; /* how many marks after the first: the fields present */
  uint32_t line;   /* 1-based, counted from the first byte of the input */
} hl7val_segment;

#define HL7VAL_NAME(a, b, c) (((uint32_t)(a) << 16) | ((uint32_t)(b) << 8) | (uint32_t)(c))

typedef struct hl7val_index {
  /* set by the caller */
  uint32_t *marks; /* offsets of delimiters and line ends, ascending */
  uint32_t mark_room;
  hl7val_segment *segments;
  uint32_t segment_room;
  uint32_t *cuts; /* may be NULL; bit n % 32 of cuts[n / 32] tells whether byte message.at + n is a component, repetition,
                     subcomponent or escape delimiter (also in MSH-2). Validating is quicker with it. */
  uint32_t cut_room; /* len / 64 * 2 + 2 is always enough; with less no cuts are made and cuts becomes NULL */
  /* filled */
  uint32_t mark_count;
  uint32_t segment_count;
  const uint8_t *bytes;
  hl7val_span message; /* from the M of MSH to before the last line end */
  hl7val_delims delims;
  hl7val_charset charset; /* how to read it: MSH-18, corrected by what the bytes are */
  uint32_t saw;           /* HL7VAL_SAW_… */
} hl7val_index;

/* Indexes the first message in bytes[0..len) in one pass: delimiters, line ends, segments.
 * marks and segments are caller-owned arrays; len + 1 marks and len / 4 + 1 segments are always enough.
 * HL7VAL_ENOSPACE leaves the room needed in mark_count and segment_count and nothing else. After HL7VAL_EDELIMS the
 * index has been made with the usual delimiters, so that the header can still be quoted in an answer.
 * The index refers to bytes: keep them unchanged while it is used. */
HL7VAL_MUST_CHECK hl7val_status hl7val_index_message(const uint8_t *bytes, size_t len, hl7val_index *ix);

/* ---- Paths and values ------------------------------------------------------------------------------------------- */

/* OBX[3]-5[2].1.1: segment and which of its name, field, repetition, component, subcomponent. 0 means not given:
 * segment and repetition then mean the first (without component: the whole field with all repetitions), field,
 * component and subcomponent mean the whole. */
typedef struct hl7val_path {
  uint32_t name;
  uint32_t occurrence, field, repetition, component, subcomponent;
} hl7val_path;

/* Reads text[0..len). A dash or a dot separates segment and field. Numbers are 1 to 999999. */
HL7VAL_MUST_CHECK hl7val_status hl7val_path_parse(const char *text, size_t len, hl7val_path *path);

/* The bytes the path names, as written (escapes included). Returns HL7VAL_ABSENT when the message does not reach that
 * far; an element that is there but empty is HL7VAL_OK with len 0. MSH-1 is the delimiter, MSH-2 is never split. */
HL7VAL_MUST_CHECK hl7val_status hl7val_get(const hl7val_index *ix, const hl7val_path *path, hl7val_span *value);

/* Field n (1-based) of a segment, false when the segment is shorter. */
bool hl7val_field(const hl7val_index *ix, const hl7val_segment *segment, uint32_t n, hl7val_span *value);

/* Part n (1-based) of value, cut at delimiter; false when there are fewer. An empty value has one empty part. */
bool hl7val_part_of(const uint8_t *bytes, hl7val_span value, uint8_t delimiter, uint32_t n, hl7val_span *part);

/* ---- Text ------------------------------------------------------------------------------------------------------- */

/* Turns raw bytes of a message into UTF-8: delimiter escapes, \X..\ (bytes in the message's character set), \.br\ and
 * its kin (line breaks and spaces), highlighting dropped. What cannot be understood stays as it was written: local
 * escapes, unfinished ones, and hex that is no character. Bytes that do not fit the character set become U+FFFD.
 * out may be NULL when room is 0. *out_len is what is needed, also when room was too small (HL7VAL_ENOSPACE, out then
 * holds nothing useful). Never more than HL7VAL_DECODE_GROWTH bytes for each raw byte. */
#define HL7VAL_DECODE_GROWTH 16u
HL7VAL_MUST_CHECK hl7val_status hl7val_decode(const uint8_t *raw, size_t len, const hl7val_delims *delims,
                                              hl7val_charset charset, uint8_t *out, size_t room, size_t *out_len);

/* The opposite for UTF-8 text: delimiters and control characters become escapes, so that the result can stand in any
 * field and never ends one. Text that is not UTF-8 is HL7VAL_ECHARSET. At most 5 bytes for each byte of text. */
HL7VAL_MUST_CHECK hl7val_status hl7val_encode(const uint8_t *text, size_t len, const hl7val_delims *delims,
                                              uint8_t *out, size_t room, size_t *out_len);

/* The character set MSH-18 names; HL7VAL_ASCII for an empty value. *exact is false for a name that is understood but
 * is not the one of table 0211 (utf8, ISO-8859-1). */
hl7val_charset hl7val_charset_named(const uint8_t *name, size_t len, bool *exact);

/* True when bytes[0..len) is well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF). */
bool hl7val_is_utf8(const uint8_t *bytes, size_t len);

/* ---- Times ------------------------------------------------------------------------------------------------------ */

typedef enum hl7val_precision {
  HL7VAL_YEAR = 1,
  HL7VAL_MONTH,
  HL7VAL_DAY,
  HL7VAL_HOUR,
  HL7VAL_MINUTE,
  HL7VAL_SECOND,
  HL7VAL_FRACTION
} hl7val_precision;

/* Only what precision covers has been said; the rest is 0 and must not be shown. */
typedef struct hl7val_time {
  hl7val_precision precision;
  uint16_t year;
  uint8_t month, day, hour, minute, second;
  uint8_t fraction_digits; /* 1 to 4 */
  uint16_t fraction;       /* in units of 10 to the minus fraction_digits seconds */
  bool has_zone;
  int16_t zone_minutes; /* east of UTC */
} hl7val_time;

/* Reads YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ], checked against the calendar. Nothing is guessed: false for
 * anything else, the empty text included. */
bool hl7val_time_parse(const uint8_t *text, size_t len, hl7val_time *time);

/* ---- Validation ------------------------------------------------------------------------------------------------- */

/* strict: what the standard of the version in MSH-12 says. tolerant: what a receiver can live with. Both judge every
 * message both ways; the profile decides which severity each issue is shown with. */
typedef enum hl7val_profile { HL7VAL_STRICT = 0, HL7VAL_TOLERANT = 1 } hl7val_profile;

typedef enum hl7val_severity { HL7VAL_INFO = 0, HL7VAL_WARNING = 1, HL7VAL_ERROR = 2 } hl7val_severity;

/* The strict answer for MSA-1. NONE: there is no header that could be answered. */
typedef enum hl7val_ack { HL7VAL_ACK_NONE = 0, HL7VAL_AA = 1, HL7VAL_AE = 2, HL7VAL_AR = 3 } hl7val_ack;

/* The tolerant decision. HOLD: the OBX lines named by issues that hold go to review, the others may be filed.
 * REFUSE: nothing may be stored. */
typedef enum hl7val_disposition {
  HL7VAL_TAKE = 0,
  HL7VAL_WARN = 1,
  HL7VAL_HOLD = 2,
  HL7VAL_REFUSE = 3
} hl7val_disposition;

typedef struct hl7val_issue {
  uint32_t code;        /* 0 to hl7val_code_count() - 1; hl7val_code() tells what it means */
  uint32_t severity;    /* hl7val_severity, as the profile sees it */
  uint32_t disposition; /* hl7val_disposition that this issue alone would lead to */
  uint32_t at, len;     /* the offending bytes; len 0 where something is missing */
  uint32_t line;        /* 1-based line of the input */
  hl7val_path path;     /* name 0 when it concerns no segment */
} hl7val_issue;

typedef struct hl7val_report {
  /* set by the caller; issues may be NULL when issue_room is 0 */
  hl7val_issue *issues;
  uint32_t issue_room;
  /* filled on every return but HL7VAL_ENOSPACE */
  uint32_t issue_count; /* all that were found; the first issue_room of them are in issues */
  hl7val_ack ack;
  hl7val_disposition disposition;
  hl7val_span type, event, version, control_id; /* MSH-9.1, MSH-9.2, MSH-12.1 and MSH-10 as written */
} hl7val_report;

/* Checks the first message in bytes[0..len). ix brings room for the index and is left filled; slots[0..slot_room) is
 * room for finding duplicates, 4 for each segment being enough; seed makes their hashes unpredictable to senders.
 * Linear in len. Returns HL7VAL_OK whatever the verdict, or HL7VAL_ENOSPACE when ix or slots are too small: what is
 * needed is then in ix->mark_count, ix->segment_count and 4 * ix->segment_count. */
HL7VAL_MUST_CHECK hl7val_status hl7val_validate(const uint8_t *bytes, size_t len, hl7val_profile profile,
                                                hl7val_index *ix, uint32_t *slots, uint32_t slot_room, uint64_t seed,
                                                hl7val_report *report);

/* What is known about a code. All texts are constant. */
typedef struct hl7val_code_info {
  const char *code;    /* obx-status-missing: stable, for programs */
  const char *message; /* for people */
  const char *hint;    /* what to do about it; "" when there is nothing to say */
  uint16_t hl7;        /* error number of HL7 table 0357 */
} hl7val_code_info;

uint32_t hl7val_code_count(void);
/* code must be below hl7val_code_count(). */
hl7val_code_info hl7val_code(uint32_t code);

/* Where in the message offset is: segment, field, repetition, component. False outside every segment. */
bool hl7val_locate(const hl7val_index *ix, uint32_t offset, hl7val_path *path, uint32_t *line);

/* Writes a path as text (PID-3.1, OBX[2]-5[1].2), NUL included, and returns its length. Segments that stand once in a
 * message carry no [1]. room of HL7VAL_PATH_TEXT_MAX is always enough; less cuts the text. */
#define HL7VAL_PATH_TEXT_MAX 64
size_t hl7val_path_text(const hl7val_path *path, char *out, size_t room);

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

/* Writes a message front to back into the caller's room, with the usual delimiters. Whatever the text, it ends up in
 * the element it was meant for: delimiters and control characters are escaped, names are checked, order is enforced.
 * The first error stays: later calls do nothing and hl7val_build_end returns it. */
typedef struct hl7val_builder {
  uint8_t *out;
  size_t room;
  size_t len; /* written so far, or needed when the room is too small */
  hl7val_status status;
  hl7val_path at; /* the last element written; name 0 before the first segment */
} hl7val_builder;

void hl7val_build_start(hl7val_builder *b, uint8_t *out, size_t room);

/* Ends the segment before and begins another. The first must be MSH, which also writes MSH-1 and MSH-2.
 * HL7VAL_EVALUE for a name that is no segment name, HL7VAL_ESTATE for MSH anywhere else. */
void hl7val_build_segment(hl7val_builder *b, uint32_t name);

/* Writes text[0..len), UTF-8, to an element of the current segment. Elements come in ascending order and each once;
 * 0 means 1. HL7VAL_ESTATE out of order, HL7VAL_EVALUE for MSH-1, MSH-2 and positions above 999, HL7VAL_ECHARSET for
 * text that is not UTF-8. An empty text is allowed and leaves the element empty. */
void hl7val_build_put(hl7val_builder *b, uint32_t field, uint32_t repetition, uint32_t component,
                      uint32_t subcomponent, const uint8_t *text, size_t len);

/* Ends the last segment. *len is the message's length, or the room needed with HL7VAL_ENOSPACE. */
HL7VAL_MUST_CHECK hl7val_status hl7val_build_end(hl7val_builder *b, size_t *len);

/* ---- MLLP ------------------------------------------------------------------------------------------------------- */

/* Takes frames (0x0B message 0x1C 0x0D) out of a byte stream that arrives in pieces of any size. Zero it, then set room
 * and room_len; both may be replaced by a larger copy of the same bytes between calls. */
typedef struct hl7val_framer {
  uint8_t *room;
  size_t room_len;
  size_t len;  /* bytes of the frame so far */
  int state;   /* private */
} hl7val_framer;

/* Reads on in bytes[*at..len) and moves *at.
 * HL7VAL_OK       a message is in room[0..len of the framer); call again for what follows, which overwrites it
 * HL7VAL_END      everything was taken, the frame is not complete
 * HL7VAL_ENOSPACE the frame is longer than the room; give it more and call again, or close the connection
 * HL7VAL_EFRAME   bytes[*at] is outside of any frame: close the connection. Line ends between frames are skipped. */
HL7VAL_MUST_CHECK hl7val_status hl7val_framer_read(hl7val_framer *framer, const uint8_t *bytes, size_t len, size_t *at);

#ifdef __cplusplus
}
#endif
#endif
