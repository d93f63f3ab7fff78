"use client";
import { news2Response, riskNames } from "@infirmary/shared/vitals";
import { StatusBadge } from "#ui/status-badge.tsx";
import { liveScore } from "./live-score.ts";
import classes from "./vitals.module.css";
import type { VitalsDraft } from "./vitals-draft.ts";

type Props = {
  draft: VitalsDraft;
  person: { dateOfBirth: string; today: string; isChild: boolean; spo2Scale: 1 | 2 };
  ageYears: number;
};

/** The early warning score as it builds up, in words: what it is, what is still missing, what it asks for. */
export function LiveScoreText({ draft, person, ageYears }: Props) {
  const score = liveScore(draft, person);
  const kind = person.isChild ? "PEWS" : "NEWS2";
  if (!score)
    return (
      <p className={classes.hint} role="status">
        {kind} for {ageYears} {ageYears === 1 ? "year" : "years"}
        {person.spo2Scale === 2 && !person.isChild ? ", SpO₂ scale 2 (target 88 to 92 %)" : ""}
        {person.isChild ? ": shown when every value is there." : ": builds up as you type."}
      </p>
    );
  const isOpen = score.open > 0 || score.missing.length > 0;
  const tone = score.risk === "high" ? "critical" : score.risk === "low" ? "plain" : "abnormal";
  return (
    <div className={classes.score} role="status">
      <StatusBadge tone={tone}>
        {score.kind} {isOpen ? "at least " : ""}
        {score.score}, {riskNames[score.risk]} risk
      </StatusBadge>
      <span className={classes.hint}>
        {score.open > 0 && `${score.open} ${score.open === 1 ? "value" : "values"} to come. `}
        {score.open === 0 && score.missing.length > 0 && `Not assessed: ${score.missing.join(", ")}. `}
        {score.open === 0 && score.kind === "NEWS2" && news2Response[score.risk]}
      </span>
    </div>
  );
}
