/** A size as people read it: `48 KB`, `1.3 MB` (of 1024). */
export function sizeText(sizeBytes: number): string {
  const kilobytes = sizeBytes / 1024;
  if (kilobytes < 1000) return `${Math.max(1, Math.round(kilobytes))} KB`;
  return `${(kilobytes / 1024).toFixed(1)} MB`;
}
