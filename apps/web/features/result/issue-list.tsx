import type { ResultPreview } from "@infirmary/shared/result";
import classes from "./message.module.css";

const words = { error: "▲ Error", warning: "△ Warning", info: "Note" } as const;

/** What is wrong with a message: how grave, where in HL7's own terms, why in a sentence, and what would help. */
export function IssueList({ issues }: { issues: ResultPreview["issues"] }) {
  if (issues.length === 0) return null;
  return (
    <ul className={classes.issues} aria-label="Problems of the message">
      {issues.map((issue) => (
        <li
          key={`${issue.path}-${issue.code}-${issue.offset}`}
          className={classes.issue}
          data-severity={issue.severity}
        >
          <span className={classes.severity}>{words[issue.severity]}</span>
          <span className={classes.path}>{issue.path}</span>
          <span>
            {issue.message}
            {issue.suggestion && <span className={classes.suggestion}> {issue.suggestion}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
