import type { PartStatus } from "@infirmary/shared/system";
import { StatusBadge } from "#ui/status-badge.tsx";
import { partWords, stateTones } from "./state-words.ts";
import classes from "./system.module.css";

const order = { bad: 0, attention: 1, ok: 2 };

/** The parts, those first that need somebody, each with what to do. */
export function PartList({ parts }: { parts: readonly PartStatus[] }) {
  const sorted = parts.toSorted((a, b) => order[a.state] - order[b.state]);
  return (
    <ul className={classes.parts}>
      {sorted.map(({ code, name, state, says, advice }) => (
        <li key={code} className={classes.part} data-state={state}>
          <div className={classes.partHead}>
            <h2 className={classes.partName}>{name}</h2>
            <StatusBadge tone={state === "ok" ? "plain" : stateTones[state]}>{partWords[state]}</StatusBadge>
          </div>
          <p>{says}</p>
          {advice && <p className={classes.advice}>{advice}</p>}
        </li>
      ))}
    </ul>
  );
}
