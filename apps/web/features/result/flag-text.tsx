import { flagMeaning } from "@infirmary/shared/result";
import classes from "./value.module.css";

/** A flag as letters, arrows and, where critical, the word: kept by copy, print and screen readers. Nothing where none was sent. */
export function FlagText({ flag }: { flag: string | null }) {
  const meaning = flagMeaning(flag);
  if (!meaning || meaning.flag === "N") return null;
  const { level, arrow, word } = meaning;
  return (
    <span className={classes.flag} data-level={level} title={word}>
      {meaning.flag}
      {arrow && ` ${arrow}`}
      {level === "critical" && " CRITICAL"}
    </span>
  );
}
