import { type EncounterStatus, encounterStatusNames } from "@infirmary/shared/encounter";
import { type EarlyWarning, riskNames } from "@infirmary/shared/vitals";
import { StatusBadge, type Tone } from "#ui/status-badge.tsx";

const tones: Record<EncounterStatus, Tone> = {
  PLANNED: "plain",
  ARRIVED: "accent",
  TRIAGED: "accent",
  IN_CONSULT: "plain",
  COMPLETED: "muted",
  CANCELLED: "muted",
};

/** Where a visit stands, as a word. */
export function EncounterStatusText({ status }: { status: EncounterStatus }) {
  return <StatusBadge tone={tones[status]}>{encounterStatusNames[status]}</StatusBadge>;
}

/** An early warning score with its risk in words; only a high one is red. */
export function ScoreText({ warning }: { warning: EarlyWarning | null }) {
  if (!warning) return null;
  const { kind, score, risk, missing } = warning;
  const tone = risk === "high" ? "critical" : risk === "low" ? "plain" : "abnormal";
  return (
    <StatusBadge tone={tone}>
      {kind} {missing.length > 0 ? "≥ " : ""}
      {score} {riskNames[risk]}
    </StatusBadge>
  );
}
