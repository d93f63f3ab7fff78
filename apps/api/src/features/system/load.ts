import type { LoadHours, LoadPoint } from "@infirmary/shared/system";
import type { Work } from "../../core/unit-of-work.ts";
import { listLoad } from "./load-store.ts";

/** Minutes drawn as one point, so that a plot has some 60 to 170 of them. */
const stretches: Record<LoadHours, number> = { "1": 1, "6": 5, "24": 10, "168": 60 };

/** What the processes did over the last hours, for the plots. */
export async function loadOver(
  { connection }: Work,
  { hours }: { hours: LoadHours },
): Promise<{ stretchMinutes: number; points: LoadPoint[] }> {
  const stretchMinutes = stretches[hours];
  return { stretchMinutes, points: await listLoad(connection, { hours: Number(hours), stretchMinutes }) };
}
