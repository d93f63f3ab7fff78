import { flagMeaning } from "@infirmary/shared/result";
import classes from "./lab-result.module.css";

/** A flag while it is being worked out: letters, arrows and the word; plain text where all is normal, and where nothing can be said. */
export function JudgedFlag({
  flag,
  isDelta = false,
  hasRange,
}: {
  flag: string | null;
  isDelta?: boolean;
  hasRange: boolean;
}) {
  const meaning = flagMeaning(flag);
  return (
    <>
      {meaning ? (
        <span className={classes.flag} data-level={meaning.level}>
          {meaning.level === "normal" ? "in range" : `${meaning.flag} ${meaning.arrow}`}
          {meaning.level === "critical" && " CRITICAL"}
        </span>
      ) : (
        <span className={classes.dim}>{hasRange ? "not to be told" : "no range: no flag"}</span>
      )}
      {isDelta && <span className={classes.delta}> · far from the last value</span>}
    </>
  );
}
