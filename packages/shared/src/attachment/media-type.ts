/** Types of files that are taken, each with the endings its names may have. */
export const mediaTypes = {
  "application/pdf": ["pdf"],
  "image/png": ["png"],
  "image/jpeg": ["jpg", "jpeg"],
  "image/tiff": ["tif", "tiff"],
  "image/webp": ["webp"],
  "application/dicom": ["dcm"],
  "text/plain": ["txt"],
} as const satisfies Record<string, readonly string[]>;
export type MediaType = keyof typeof mediaTypes;
export const mediaTypeNames = Object.keys(mediaTypes) as [MediaType, ...MediaType[]];

/** Largest file that is taken. */
export const fileBytesMax = 5 * 1024 * 1024;

type Mark = { type: MediaType; at: number; bytes: readonly number[] };
const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
/** What the types begin with. Sources: ISO 32000-2 7.5.2, PNG 5.2, JFIF (SOI, then a marker), TIFF 6.0 section 2, RFC 9649, DICOM PS3.10 7.1. */
const marks: readonly Mark[] = [
  { type: "application/pdf", at: 0, bytes: ascii("%PDF-") },
  { type: "image/png", at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: "image/jpeg", at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: "image/tiff", at: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { type: "image/tiff", at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { type: "image/webp", at: 8, bytes: ascii("WEBP") },
  { type: "application/dicom", at: 128, bytes: ascii("DICM") },
];

/** What a file is by its bytes, whatever its name says; null for anything that is not taken. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | null {
  const found = marks.find(({ at, bytes: mark }) => mark.every((byte, index) => bytes[at + index] === byte));
  if (found) return found.type;
  return isPlainText(bytes) ? "text/plain" : null;
}

/** Whether the name ends as files of the type do. */
export function fitsName(type: MediaType, fileName: string): boolean {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  return (mediaTypes[type] as readonly string[]).includes(ending);
}

/** UTF-8 without control characters. Markup is text too, which is why nothing is ever shown on this origin. */
function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  try {
    return /^(?:[^\p{Cc}]|[\n\r\t])*$/u.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
