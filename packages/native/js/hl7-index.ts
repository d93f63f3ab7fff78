// The words of a message's index, as binding/hl7val.cc writes them.

/** What stands at its head, counted from where the index begins; places in it are counted from there too. */
export const word = {
  status: 0,
  saw: 1,
  charset: 2,
  /** Where the message begins in the input, and how long it is. */
  from: 3,
  length: 4,
  delimitersLow: 5,
  delimitersHigh: 6,
  segmentCount: 7,
  marksAt: 8,
  hasEscapes: 9,
  used: 10,
  segmentsAt: 11,
} as const;

/** Words before the cuts. */
export const headerWords = 12;
/** Words of one segment: name, offset, first mark, fields, line. */
export const segmentWords = 5;
/** More than header, cuts and segments of the shortest message take. */
export const indexMargin = 80;
