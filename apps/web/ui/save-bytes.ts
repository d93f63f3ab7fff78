/** Hands the browser a file to save. */
export function saveBytes({
  fileName,
  mediaType,
  contentBase64,
}: {
  fileName: string;
  mediaType: string;
  contentBase64: string;
}) {
  const bytes = Uint8Array.from(window.atob(contentBase64), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
