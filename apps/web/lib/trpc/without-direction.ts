/**
 * Infinite queries add `direction: "forward"` to what is sent. The API's inputs are strict and refuse what they do not
 * know; a list's own `direction` (asc, desc) stays.
 */
export function withoutDirection(input: unknown): unknown {
  if (typeof input !== "object" || input === null || !("direction" in input)) return input;
  const { direction, ...rest } = input;
  return direction === "forward" || direction === "backward" ? rest : input;
}
