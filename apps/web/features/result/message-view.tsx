import type { ResultPreview } from "@infirmary/shared/result";
import { useMemo } from "react";
import classes from "./message.module.css";
import { messageLines } from "./message-lines.ts";
import { numbered } from "./numbered.ts";

type Issue = ResultPreview["issues"][number];
type Props = { text: string; issues?: readonly Issue[]; label: string };
const none: readonly Issue[] = [];
/** Lines shown at once; a message of a million lines would freeze the browser. The download has them all. */
const linesMax = 2_000;

/** A message line by line, the faulty fields framed in their place and named. `text` holds one character per byte. */
export function MessageView({ text, issues = none, label }: Props) {
  const lines = useMemo(() => messageLines(text, issues), [text, issues]);
  return (
    <ol className={classes.message} aria-label={label}>
      {lines.slice(0, linesMax).map((line) => (
        <li key={line.number} className={classes.line} value={line.number}>
          <span className={classes.number} aria-hidden="true">
            {line.number}
          </span>
          <code className={classes.code}>
            {numbered(line.runs).map((run) => (
              <MarkedRun key={run.key} text={run.text} issue={issues[run.issue ?? -1]} />
            ))}
          </code>
        </li>
      ))}
      {lines.length > linesMax && (
        <li className={classes.line}>
          <span />
          <span>{lines.length - linesMax} more lines are not shown.</span>
        </li>
      )}
    </ol>
  );
}

function MarkedRun({ text, issue }: { text: string; issue: Issue | undefined }) {
  if (!issue) return text;
  return (
    <mark className={classes.fault} data-severity={issue.severity} title={`${issue.path}: ${issue.message}`}>
      {text === "" ? <span className={classes.missing}>missing</span> : text}
      <span className={classes.where}>{issue.path}</span>
    </mark>
  );
}
