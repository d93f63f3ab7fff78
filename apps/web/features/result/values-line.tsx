import type { Observation } from "@infirmary/shared/result";
import { Fragment } from "react";
import { ResultValue } from "./result-value.tsx";
import { shortNames } from "./short-names.ts";

/** Values one after the other in a line: `Potassium 4.1 mmol/L · Sodium 139 mmol/L`. */
export function ValuesLine({ values }: { values: readonly Observation[] }) {
  const { names } = shortNames(
    "",
    values.map(({ name }) => name),
  );
  return values.map((value, index) => (
    <Fragment key={value.id}>
      {index > 0 && " · "}
      {names[index]} <ResultValue result={value} />
    </Fragment>
  ));
}
