import { z } from "zod";

/**
 * Whether it is the name of a time zone as IANA writes it, `Europe/Berlin` or `UTC`. An offset is none, because it knows no summer time;
 * nor is a name in the wrong case, which not every program that reads it forgives.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*){0,2}$/.test(name)) return false;
  if (name !== "UTC" && !name.includes("/")) return false;
  try {
    const known = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, "Choose a time zone by its name, as in America/New_York.");
