"use client";
import { decimalWidths } from "../decimal.ts";
import { IssueList } from "../issue-list.tsx";
import { MessageView } from "../message-view.tsx";
import { numbered } from "../numbered.ts";
import { ResultValue } from "../result-value.tsx";
import { StatusWords } from "../status-words.tsx";
import classes from "./upload.module.css";
import { previewOf, type UploadRow } from "./upload-row.ts";

const effects = { new: "New", replaces: "Replaces", same: "As filed" } as const;

/** A row opened: what is wrong and where, the values and what they would replace, the message itself. */
export function UploadDetails({ row }: { row: UploadRow }) {
  const preview = previewOf(row);
  if (!preview) return <p className={classes.dim}>There is nothing more to show of this file.</p>;
  const { observations, issues, text } = preview;
  const widths = decimalWidths(observations.map(({ value }) => value));
  return (
    <div className={classes.details}>
      <IssueList issues={issues} />
      {observations.length > 0 && (
        <table className={classes.values}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Value</th>
              <th scope="col">Range</th>
              <th scope="col">Effect</th>
            </tr>
          </thead>
          <tbody>
            {numbered(observations).map(({ key, ...value }) => (
              <tr key={key}>
                <th scope="row">
                  {value.name} <StatusWords status={value.status} />
                </th>
                <td>
                  <ResultValue result={value} widths={widths} />
                  {value.notes.length > 0 && <div className={classes.notes}>{value.notes.join("\n")}</div>}
                </td>
                <td>{value.referenceRange ?? "None given"}</td>
                <td>
                  {effects[value.effect]}{" "}
                  {value.effect === "replaces" && <del>{value.previousValue ?? "no value"}</del>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MessageView text={text} issues={issues} label={`Message of ${row.fileName}`} />
    </div>
  );
}
