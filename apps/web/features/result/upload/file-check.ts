import { messageBytesMax } from "@infirmary/shared/hl7";

/** Why a file is not worth sending: told before anything leaves the browser. Null where it may hold messages. */
export function refusalOf(size: number, text: string): string | null {
  if (size === 0) return "The file is empty.";
  if (size > messageBytesMax)
    return `The file is ${formatSize(size)}; at most 5 MB are taken. Split it and drop the parts.`;
  // MLLP frames begin with a vertical tab, some exports with a byte order mark.
  if (!/(?:^|[\r\n\v])(?:\u00ef\u00bb\u00bf)?\v?MSH./.test(text)) {
    return "This is no HL7 message: no line begins with MSH.";
  }
  return null;
}

/** `1.2 MB`, `340 KB`, `12 bytes`. */
export function formatSize(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} bytes`;
}

/** The bytes of a file as text, one character per byte. */
export function textOf(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // In pieces: a call takes a limited number of arguments.
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return pieces.join("");
}
