/** A failure the operator can act on: shown as its message alone. Any other error is ours, and shown with its stack. */
export class PlainError extends Error {
  /** @override */
  name = "PlainError";
}

/** @param {unknown} error */
export function sayError(error) {
  const isPlain = error instanceof Error && (error.name === "PlainError" || error.name === "EnvError");
  process.stderr.write(`\n${isPlain ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
}
