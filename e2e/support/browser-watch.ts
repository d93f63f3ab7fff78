import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/**
 * What must never happen, whatever a journey is about: an error in the console (a refused script or style is one), a page
 * that breaks, a server error, a file that is not there, a patient's name or number in an address.
 */
export class BrowserWatch {
  readonly #faults: string[] = [];
  readonly #addresses = new Set<string>();
  #isOutageExpected = false;

  constructor(context: BrowserContext) {
    context.on("console", (message) => this.#onConsole(message));
    context.on("weberror", (error) => this.#faults.push(`A page broke: ${error.error().message}`));
    context.on("request", (request) => this.#addresses.add(request.url()));
    context.on("response", (response) => {
      const [status, url] = [response.status(), response.url()];
      const isMissing = status === 404 && url.includes("/_next/");
      if ((status >= 500 && !this.#isOutageExpected) || isMissing) this.#faults.push(`${status} from ${url}`);
    });
  }

  /** From here on the journey takes the server away by itself. */
  expectOutage(): void {
    this.#isOutageExpected = true;
  }

  /** Everything that went wrong so far. @param secrets what must not stand in an address */
  faults(secrets: readonly string[]): string[] {
    const leaks = [...this.#addresses].flatMap((address) => {
      const readable = decodeURIComponent(address).toLowerCase();
      return secrets
        .filter((secret) => readable.includes(secret.toLowerCase()))
        .map((secret) => `${secret} stands in the address ${address}`);
    });
    return [...this.#faults, ...leaks];
  }

  #onConsole(message: ConsoleMessage): void {
    const text = message.text();
    // Chromium logs every refusal of the API (409, 422) as an error; those are answers, and server errors are caught above.
    if (message.type() !== "error" || /^Failed to load resource/.test(text)) return;
    if (this.#isOutageExpected && /ERR_|Failed to fetch|EventSource/.test(text)) return;
    this.#faults.push(`console: ${text} (${message.location().url})`);
  }
}
