import type { AuditFilter } from "@infirmary/shared/audit";
import { readDate } from "#ui/date-text.ts";

/** The filter as the screen holds it: ids and texts as typed; empty means any. */
export type FilterDraft = {
  userId: string;
  patientId: string;
  /** The chosen patient as text; null where only the id is known. */
  patientText: string | null;
  action: string;
  outcome: "success" | "refused" | "failed" | "";
  from: string;
  to: string;
};
export const noFilter: FilterDraft = {
  userId: "",
  patientId: "",
  patientText: null,
  action: "",
  outcome: "",
  from: "",
  to: "",
};

/** What is asked of the API; a day that cannot be read yet does not count. */
export function filterOf({ userId, patientId, action, outcome, from, to }: FilterDraft): AuditFilter {
  return {
    ...(userId ? { userId } : {}),
    ...(patientId ? { patientId } : {}),
    ...(action ? { action } : {}),
    ...(outcome ? { outcome } : {}),
    ...dayOf("from", from),
    ...dayOf("to", to),
  };
}

/** The same filter as the address of the CSV file; ids and days only, nothing of a patient. */
export function exportPath(draft: FilterDraft): string {
  const query = new URLSearchParams(Object.entries(filterOf(draft))).toString();
  return `/api/v1/audit/export/${query ? `?${query}` : ""}`;
}

/** What is wrong with a day as typed; null where nothing is. */
export function dayFault(text: string): string | null {
  if (text.trim() === "") return null;
  const reading = readDate(text);
  return "fault" in reading ? reading.fault : null;
}

/** The actions to choose from: each capability as a whole (`patient.`), then its single actions. */
export function actionChoices(actions: readonly string[]): { value: string; label: string }[] {
  const capabilities = [...new Set(actions.map((action) => action.split(".")[0] ?? action))].sort();
  return capabilities.flatMap((capability) => [
    { value: `${capability}.`, label: `${capability}: all` },
    ...actions
      .filter((action) => action.startsWith(`${capability}.`))
      .sort()
      .map((action) => ({ value: action, label: action })),
  ]);
}

function dayOf<Name extends "from" | "to">(name: Name, text: string): Partial<Record<Name, string>> {
  if (text.trim() === "") return {};
  const reading = readDate(text);
  return "date" in reading ? ({ [name]: reading.date } as Partial<Record<Name, string>>) : {};
}
