import { bytesOf } from "./message-lines.ts";

/** Hands the browser a file to save. @param text one character per byte */
export function saveFile(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([bytesOf(text)], { type: "application/hl7-v2" }));
  const link = document.createElement("a");
  link.href = address;
  // The name comes from the message: nothing in it may lead out of the folder.
  link.download = name.replace(/[^\w.-]/g, "_");
  link.click();
  URL.revokeObjectURL(address);
}
