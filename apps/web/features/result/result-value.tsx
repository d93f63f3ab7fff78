import { flagMeaning, type Observation } from "@infirmary/shared/result";
import type { CSSProperties } from "react";
import { decimalParts } from "./decimal.ts";
import { FlagText } from "./flag-text.tsx";
import { unitText } from "./unit-text.ts";
import classes from "./value.module.css";

type Shown = Pick<Observation, "value" | "unit" | "abnormalFlag">;
type Props = {
  result: Shown;
  /** Widths in digits that align the decimal points, and the flags behind the units, of a column. */
  widths?: { head: number; tail: number; unit?: number };
  /** The lab took it back, or it was replaced: struck through. */
  isStruck?: boolean;
};

/** A value as sent, its unit in a lighter tone, its flag as text. */
export function ResultValue({ result, widths, isStruck = false }: Props) {
  const level = isStruck ? "normal" : (flagMeaning(result.abnormalFlag)?.level ?? "normal");
  const body = <Digits value={result.value} widths={widths} />;
  return (
    <span className={classes.value} data-level={level}>
      {isStruck ? <del>{body}</del> : body}
      {result.unit && result.value !== null && (
        <>
          {" "}
          <span className={classes.unit} style={{ minWidth: widths?.unit ? `${widths.unit}ch` : undefined }}>
            {unitText(result.unit)}
          </span>
        </>
      )}
      {!isStruck && result.abnormalFlag && (
        <>
          {" "}
          <FlagText flag={result.abnormalFlag} />
        </>
      )}
    </span>
  );
}

function Digits({ value, widths }: { value: string | null; widths: Props["widths"] }) {
  if (value === null) return <span className={classes.none}>No value</span>;
  const parts = decimalParts(value);
  if (!parts) return <span className={classes.text}>{value}</span>;
  if (!widths) return <span className={classes.number}>{parts.head + parts.tail}</span>;
  const style = {
    "--head": `${widths.head}ch`,
    "--tail": widths.tail ? `calc(${widths.tail - 1}ch + 0.35em)` : "0px",
  } as CSSProperties;
  return (
    <span className={classes.number} style={style}>
      <span className={classes.head}>{parts.head}</span>
      <span className={classes.tail}>{parts.tail}</span>
    </span>
  );
}
