/** A scanner types faster than a hand: at most so long between two characters, and Enter at the end. */
const gapMs = 45;
const lengthMin = 6;

/** Gathers the characters of a scan out of key presses, and answers the code at its Enter; null for everything else. */
export class ScanKeys {
  #text = "";
  #lastAt = Number.NEGATIVE_INFINITY;

  press(key: string, atMs: number): string | null {
    const isQuick = atMs - this.#lastAt <= gapMs;
    this.#lastAt = atMs;
    if (key === "Enter") {
      const code = isQuick && this.#text.length >= lengthMin ? this.#text : null;
      this.#text = "";
      return code;
    }
    if (key.length !== 1) return null;
    this.#text = isQuick ? this.#text + key : key;
    return null;
  }
}
