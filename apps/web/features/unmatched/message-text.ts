import { formatDate } from "@infirmary/shared/core";

/** PID-7 as people read it; as it stands there where it is no whole day. */
export function bornText(said: string | null | undefined): string {
  const day = /^(\d{4})(\d{2})(\d{2})/.exec(said ?? "");
  if (!day) return said || "Not known";
  const date = day.slice(1, 4).join("-");
  return Number.isNaN(Date.parse(date)) ? (said ?? "Not known") : formatDate(date);
}

/** The bytes of a text that holds one character per byte. */
const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Whether the message is UTF-8 as a whole; else it is read as ISO 8859-1, which reads anything. */
function isUtf8(raw: string): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(raw));
    return true;
  } catch {
    return false;
  }
}

/** A message as text to edit, one segment a line. @param raw one character per byte, as the API sends it */
export function editable(raw: string): string {
  const text = isUtf8(raw) ? new TextDecoder().decode(bytesOf(raw)) : raw;
  return text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
}

/** The edited text as bytes in the character set of the original, segments ended by CR as HL7 has it. */
export function mended(text: string, raw: string): Uint8Array {
  const message = `${text.replace(/\n+$/, "").replace(/\n/g, "\r")}\r`;
  return isUtf8(raw) ? new TextEncoder().encode(message) : bytesOf(message);
}

export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
