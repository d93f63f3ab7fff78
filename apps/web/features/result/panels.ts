import type { Observation } from "@infirmary/shared/result";

/** Values reported together under one OBR. */
export type Panel<T> = { key: string; name: string; values: T[] };

/** Groups values by the panel they were reported in, in the order they were sent. */
export function panelsOf<T extends Pick<Observation, "panelCode" | "panelName">>(values: readonly T[]): Panel<T>[] {
  const panels = new Map<string, Panel<T>>();
  for (const value of values) {
    const key = value.panelCode ?? value.panelName ?? "";
    const panel = panels.get(key) ?? { key, name: value.panelName ?? value.panelCode ?? "Other values", values: [] };
    panel.values.push(value);
    panels.set(key, panel);
  }
  return [...panels.values()];
}
