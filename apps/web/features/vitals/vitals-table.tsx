"use client";
import { ageInYears } from "@infirmary/shared/core";
import { consciousnessNames, flagOf, referenceRange, riskNames, type Vitals } from "@infirmary/shared/vitals";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import classes from "./vitals.module.css";

const columns = [
  ["pulse", "Pulse", "/min"],
  ["respiratoryRate", "Resp. rate", "/min"],
  ["spo2", "SpO₂", "%"],
  ["temperature", "Temperature", "°C"],
] as const;

/** Vital signs as they were taken, the latest first, flagged by the range of the age. */
export function VitalsTable({ items, dateOfBirth }: { items: readonly Vitals[]; dateOfBirth: string }) {
  const { timeZone } = useMe();
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label="Vital signs">
        <thead>
          <tr>
            <th scope="col">Taken</th>
            <th scope="col">
              Blood pressure <span className={classes.unit}>mmHg</span>
            </th>
            {columns.map(([field, label, unit]) => (
              <th key={field} scope="col">
                {label} <span className={classes.unit}>{unit}</span>
              </th>
            ))}
            <th scope="col" className={classes.words}>
              Consciousness
            </th>
            <th scope="col" className={classes.words}>
              Score
            </th>
            <th scope="col" className={classes.words}>
              By
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((vitals) => {
            const age = ageInYears(dateOfBirth, todayIn(timeZone, new Date(vitals.takenAt)));
            return (
              <tr key={vitals.id}>
                <th scope="row">
                  <DateTime at={vitals.takenAt} />
                </th>
                <td>
                  <Measured vitals={vitals} field="bloodPressureSystolic" age={age} />/
                  <Measured vitals={vitals} field="bloodPressureDiastolic" age={age} />
                </td>
                {columns.map(([field]) => (
                  <td key={field}>
                    <Measured vitals={vitals} field={field} age={age} />
                    {field === "spo2" && vitals.onOxygen && <span className={classes.unit}> on O₂</span>}
                  </td>
                ))}
                <td className={classes.words}>{consciousnessNames[vitals.consciousness]}</td>
                <td className={classes.words}>
                  <Score vitals={vitals} />
                </td>
                <td className={classes.words}>{vitals.recordedByName}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type Field = (typeof columns)[number][0] | "bloodPressureSystolic" | "bloodPressureDiastolic";

function Measured({ vitals, field, age }: { vitals: Vitals; field: Field; age: number }) {
  const value = vitals[field];
  const flag = flagOf(value, referenceRange(field, age, vitals.spo2Scale));
  const text = field === "temperature" ? value.toFixed(1) : value;
  if (!flag) return <>{text}</>;
  return (
    <span className={classes.flag}>
      {text} {flag}
    </span>
  );
}

/** The score the vital signs were given when they were taken. */
export function Score({ vitals: { news2, pews } }: { vitals: Pick<Vitals, "news2" | "pews"> }) {
  const score = news2 ?? pews;
  if (!score) return null;
  const tone = score.risk === "high" ? "critical" : score.risk === "low" ? "plain" : "abnormal";
  return (
    <StatusBadge tone={tone}>
      {news2 ? "NEWS2" : "PEWS"} {pews && pews.missing.length > 0 ? "≥ " : ""}
      {score.score} {riskNames[score.risk]}
    </StatusBadge>
  );
}
