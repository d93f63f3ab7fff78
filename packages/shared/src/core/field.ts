import { z } from "zod";

/** A record's id: a UUID in lower case. */
export const uuid = z.uuid().max(36);

/** Required text, trimmed, of at most `max` characters, without control characters (they can forge lines in logs and HL7). */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .trim()
    .min(1, "Required.")
    .regex(/^[^\p{Cc}]*$/u, "Control characters are not allowed.");

/** Optional text; line breaks allowed, `null` clears it, an empty string counts as `null`. */
export const optionalText = (max: number) =>
  z
    .string()
    .max(max)
    .trim()
    .regex(/^[^\p{Cc}]*$|^(?:[^\p{Cc}]|[\n\r\t])*$/u, "Control characters are not allowed.")
    .nullish()
    .transform((value) => (value === undefined ? undefined : value === "" ? null : value));

/** A calendar date `YYYY-MM-DD` that exists. A birth date is a date, never an instant. */
export const isoDate = z.iso.date({ error: "Use the form YYYY-MM-DD.", abort: true });

/** Yes or no in an address, `true` or `false`; a JSON boolean over tRPC. */
export const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]);
