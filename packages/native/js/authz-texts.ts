/** So many texts that no policy names are remembered from call to call before they are dropped. */
const TEXTS_MAX = 8192;

/** Gives each text a number: a policy's own first, then those of requests as they come. */
export class TextNumbers {
  readonly #symbols: readonly string[];
  readonly #numbers = new Map<string, number>();
  #epoch = 0;

  constructor(symbols: readonly string[]) {
    this.#symbols = symbols;
    this.#restart();
  }

  /** Numbers given in another epoch mean other texts now. */
  get epoch(): number {
    return this.#epoch;
  }

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(text, number);
    return number;
  }

  /** Begins a new epoch when there are too many; to be called before anything of a request is numbered. */
  forgetSome(): void {
    if (this.#numbers.size > this.#symbols.length + TEXTS_MAX) this.#restart();
  }

  #restart(): void {
    this.#epoch++;
    this.#numbers.clear();
    for (const symbol of this.#symbols) this.number(symbol);
  }
}
