/** The button of a calendar day that an arrow leads to: the one above or below, or the nearest in time in the column beside. */
export function neighbour(
  day: HTMLElement | null,
  { key, target }: { key: string; target: EventTarget },
): HTMLElement | null {
  if (!day || !(target instanceof HTMLElement)) return null;
  const tracks = [...day.querySelectorAll<HTMLElement>("[data-column]")].map((track) => [
    ...track.querySelectorAll<HTMLElement>("button"),
  ]);
  const column = tracks.findIndex((buttons) => buttons.includes(target));
  const row = tracks[column]?.indexOf(target) ?? -1;
  if (key === "ArrowDown") return tracks[column]?.[row + 1] ?? null;
  if (key === "ArrowUp") return tracks[column]?.[row - 1] ?? null;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const minute = Number(target.dataset.minute);
  const beside = key === "ArrowLeft" ? tracks.slice(0, Math.max(column, 0)).reverse() : tracks.slice(column + 1);
  const away = (button: HTMLElement) => Math.abs(Number(button.dataset.minute) - minute);
  return beside.find((buttons) => buttons.length > 0)?.sort((a, b) => away(a) - away(b))[0] ?? null;
}
