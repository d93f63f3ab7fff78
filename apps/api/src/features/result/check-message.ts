import type { FieldError } from "@infirmary/shared/core";
import { AppError } from "../../core/app-error.ts";
import type { Interpreted } from "./interpret-message.ts";

/** What in a message keeps it from being filed: its faults as the validator found them, and that it must be a result. Empty: nothing. */
export function faultsOf({ report, content }: Interpreted): FieldError[] {
  const faults = report.issues.map(({ path, message, severity }) => ({ path, message, severity }));
  const isHeld = report.disposition === "refuse" || report.disposition === "hold";
  if (!content)
    return faults.length > 0 ? faults : [{ path: "MSH", message: "This is no HL7 message.", severity: "error" }];
  if (!resultTypes.has(content.type))
    return [
      {
        path: "MSH-9",
        message: `Results come as ${[...resultTypes].join(", ")}; this is ${content.type || "of no known type"}.`,
        severity: "error",
      },
      ...faults,
    ];
  if (content.observations.length === 0)
    return [{ path: "OBX", message: "The message holds no value.", severity: "error" }, ...faults];
  return [...unstorable(content), ...(isHeld ? faults : [])];
}

/** Unsolicited results, point-of-care results, and results by specimen. */
export const resultTypes: ReadonlySet<string> = new Set(["ORU^R01", "ORU^R30", "OUL^R22"]);

const observationsMax = 5000;
/** HL7 2.7 gives MSH-10 199 characters; the others are bounded because they are looked up. */
const lengthMax = 199;

/** What the record cannot hold: NUL characters (escaped as \\X00\\), names too long to look up by, more values than a result has. */
function unstorable({ sender, controlId, observations }: NonNullable<Interpreted["content"]>): FieldError[] {
  const error = (path: string, message: string): FieldError => ({ path, message, severity: "error" });
  if (observations.length > observationsMax)
    return [error("OBX", `The message holds ${observations.length} values; at most ${observationsMax} are taken.`)];
  const heads = [
    ["MSH-10", controlId],
    ["MSH-3", sender],
  ].map(([path = "", text = ""]) => ({ path, isLong: text.length > lengthMax, hasNul: text.includes("\0") }));
  const values = observations.map(({ position, ...value }) => ({
    path: `OBX[${position}]`,
    isLong: value.code.length > lengthMax || (value.subId?.length ?? 0) > lengthMax,
    hasNul: Object.values(value)
      .flat()
      .some((text) => typeof text === "string" && text.includes("\0")),
  }));
  return [...heads, ...values].flatMap(({ path, isLong, hasNul }) => [
    ...(isLong ? [error(path, `An identifier here is longer than ${lengthMax} characters.`)] : []),
    ...(hasNul ? [error(path, "There is a NUL character in it, which is no text.")] : []),
  ]);
}

/** Refuses a message that has such faults, with every one of them. */
export function refuseFaulty(
  interpreted: Interpreted,
): asserts interpreted is Interpreted & { content: NonNullable<Interpreted["content"]> } {
  const errors = faultsOf(interpreted);
  if (errors.length > 0) throw new AppError("message-invalid", { errors: errors.slice(0, 100) });
}
