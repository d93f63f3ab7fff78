"use client";
import type { AuditStatus } from "@infirmary/shared/audit";
import { DateTime } from "#ui/date-time.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { FactList } from "#ui/fact-list.tsx";
import classes from "./seal.module.css";

type Props = { status: AuditStatus; onClose: () => void };

/** What the pill stands for: the seals, the checks, the anchors, and every place that is not as it was written. */
export function SealDetails({ status, onClose }: Props) {
  const { lastSeal, verifiedSeal, checkedAt, wholeCheckedAt, unsealed, lagSeconds, anchors, findings } = status;
  return (
    <Dialog title="Is the audit log as it was written?" onClose={onClose} size={640}>
      <div className={classes.details}>
        <p>{verdicts[status.state]}</p>
        {findings.length > 0 && (
          <ul className={classes.findings} aria-label="Findings">
            {findings.map(({ kind, place, detail }) => (
              <li key={`${kind} ${place}`}>
                <strong>{kind}</strong> {place}. {detail}
              </li>
            ))}
          </ul>
        )}
        <FactList
          facts={[
            [
              "Newest seal",
              lastSeal ? <SealText key="v" number={lastSeal.number} at={lastSeal.sealedAt} /> : "None yet",
            ],
            ["Checked up to seal", verifiedSeal === null ? "Not checked yet" : verifiedSeal.toLocaleString("en-US")],
            ["Last check", checkedAt ? <DateTime key="v" at={checkedAt} /> : "Not yet"],
            [
              "Last check of the whole log",
              wholeCheckedAt ? <DateTime key="v" at={wholeCheckedAt} /> : "Not yet; it runs every night",
            ],
            [
              "Waiting to be sealed",
              unsealed === 0
                ? "Nothing"
                : `${unsealed} ${unsealed === 1 ? "entry" : "entries"}, the oldest for ${lagSeconds} s`,
            ],
            ...anchors.map(
              ({ place, number, anchoredAt }) =>
                [`Anchored in ${place}`, <SealText key="v" number={number} at={anchoredAt} />] as const,
            ),
          ]}
        />
        <p className={classes.hint}>
          Entries are sealed every second with a key that the database does not hold, and the newest seal is written
          outside the database every five minutes. <code>npm run audit:verify</code> checks all of it without trusting
          Infirmary.
        </p>
      </div>
    </Dialog>
  );
}

function SealText({ number, at }: { number: number; at: string }) {
  return (
    <>
      Seal {number.toLocaleString("en-US")}, <DateTime at={at} />
    </>
  );
}

const verdicts: Record<AuditStatus["state"], string> = {
  verified: "Yes: the checks found every entry and every seal as it was written.",
  behind:
    "So far, but the newest entries wait to be sealed for longer than a minute: a transaction does not end, or the worker does not run. Tell whoever runs the server.",
  tampered:
    "No. Something was changed, removed or added behind Infirmary's back. Keep the server as it is, tell the privacy officer and whoever runs the server, and compare with the last backup.",
  unchecked: "Not known yet: the first check runs within minutes of the start.",
};
