import type { LabTestDetail } from "@infirmary/shared/catalog";

/** A definition as it is typed: a number field is empty text where nothing is given. */
export type Draft = {
  code: string;
  name: string;
  shortName: string;
  category: string;
  specimen: string;
  specimenType: string | null;
  containerType: string | null;
  unit: string;
  valueType: LabTestDetail["valueType"];
  decimals: number | string;
  answers: string[];
  members: string[];
  turnaroundStat: number | string;
  turnaroundUrgent: number | string;
  turnaroundRoutine: number | string;
  criticalMinutes: number | string;
  deltaPercent: string;
  deltaAbsolute: string;
  deltaHours: number | string;
  autoVerify: boolean;
  isActive: boolean;
};

export const draftOf = (test: LabTestDetail | null): Draft => ({
  code: test?.code ?? "",
  name: test?.name ?? "",
  shortName: test?.shortName ?? "",
  category: test?.category ?? "",
  specimen: test?.specimen ?? "",
  specimenType: test?.specimenType ?? null,
  containerType: test?.containerType ?? null,
  unit: test?.unit ?? "",
  valueType: test?.valueType ?? "NUMERIC",
  decimals: test?.decimals ?? 0,
  answers: test?.answers ?? [],
  members: test?.members.map(({ code }) => code) ?? [],
  turnaroundStat: test?.turnaroundStat ?? "",
  turnaroundUrgent: test?.turnaroundUrgent ?? "",
  turnaroundRoutine: test?.turnaroundRoutine ?? "",
  criticalMinutes: test?.criticalMinutes ?? "",
  deltaPercent: test?.deltaPercent ?? "",
  deltaAbsolute: test?.deltaAbsolute ?? "",
  deltaHours: test?.deltaHours ?? "",
  autoVerify: test?.autoVerify ?? true,
  isActive: test?.isActive ?? true,
});

/** What is typed, as it would be sent. */
export function toDefinition({ code: _, ...draft }: Draft) {
  const number = (value: number | string) => (value === "" ? null : Number(value));
  const text = (value: string) => (value.trim() === "" ? null : value.trim());
  return {
    ...draft,
    unit: text(draft.unit),
    decimals: number(draft.decimals) ?? 0,
    turnaroundStat: number(draft.turnaroundStat),
    turnaroundUrgent: number(draft.turnaroundUrgent),
    turnaroundRoutine: number(draft.turnaroundRoutine),
    criticalMinutes: number(draft.criticalMinutes),
    deltaPercent: text(draft.deltaPercent),
    deltaAbsolute: text(draft.deltaAbsolute),
    deltaHours: number(draft.deltaHours),
  };
}
