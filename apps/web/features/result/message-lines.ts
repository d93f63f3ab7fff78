/** A fault as far as it has a place: byte offset and length in the message, null where it has none. */
export type Placed = {
  severity: "error" | "warning" | "info";
  path: string;
  offset: number | null;
  length: number | null;
};

/** A run of a line; `issue` is the index of the fault it stands for. An empty run with a fault is where something is missing. */
export type Run = { text: string; issue: number | null };
export type MessageLine = { number: number; runs: Run[] };

/** The bytes of a text that holds one character per byte. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** How to read bytes for people: as UTF-8 where the whole message is, else as Windows-1252, which reads anything. */
export function readerOf(text: string): (piece: string) => string {
  let decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    decoder.decode(bytesOf(text));
  } catch {
    decoder = new TextDecoder("windows-1252");
  }
  const lenient = new TextDecoder(decoder.encoding);
  return (piece) => (/^[\x20-\x7e]*$/.test(piece) ? piece : visible(lenient.decode(bytesOf(piece))));
}

/** Control characters as pictures: a NUL or an MLLP frame byte in the middle of a line must be seen. */
const visible = (text: string) =>
  text.replace(/[\p{Cc}]/gu, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
  });

const rank = { error: 0, warning: 1, info: 2 } as const;

/**
 * Cuts a message into its lines, and each line where faults begin and end.
 * @param text one character per byte, as the API previews it
 * @param issues their offsets and lengths are places in `text`; of overlapping ones the gravest, then the narrowest is shown
 */
export function messageLines(text: string, issues: readonly Placed[]): MessageLine[] {
  const read = readerOf(text);
  const lines: MessageLine[] = [];
  const ends = /\r\n|\r|\n/g;
  let start = 0;
  for (;;) {
    const match = ends.exec(text);
    const end = match ? match.index : text.length;
    if (match || end > start)
      lines.push({ number: lines.length + 1, runs: runsOf({ text, start, end }, issues, read) });
    if (!match) return lines;
    start = end + match[0].length;
  }
}

type Cut = { text: string; start: number; end: number };

function runsOf({ text, start, end }: Cut, issues: readonly Placed[], read: (piece: string) => string): Run[] {
  const marks = issues.flatMap(({ severity, offset, length }, issue) => {
    if (offset === null || offset < start || offset > end || (offset === end && (length ?? 0) > 0)) return [];
    return [{ issue, severity, from: offset, to: Math.min(offset + (length ?? 0), end) }];
  });
  const places = [...new Set([start, end, ...marks.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  const best = (candidates: typeof marks) =>
    candidates.sort((a, b) => rank[a.severity] - rank[b.severity] || a.to - a.from - (b.to - b.from))[0]?.issue ?? null;
  const runs: Run[] = [];
  places.forEach((place, index) => {
    const missing = best(marks.filter(({ from, to }) => from === place && to === place));
    if (missing !== null) runs.push({ text: "", issue: missing });
    const next = places[index + 1];
    if (next === undefined) return;
    const issue = best(marks.filter(({ from, to }) => from <= place && to >= next && from < to));
    const last = runs.at(-1);
    const piece = read(text.slice(place, next));
    if (last && last.issue === issue && last.text !== "") last.text += piece;
    else runs.push({ text: piece, issue });
  });
  return runs;
}
