import type { FieldError } from "@infirmary/shared/core";
import { AppError } from "../../core/app-error.ts";
import type { Interpreted } from "./interpret-message.ts";

/** What in a message keeps it from being filed: its faults as the validator found them, and that it must be a result. Empty: nothing. */
export function faultsOf({ report, content }: Interpreted): FieldError[] {
  const faults = report.issues.map(({ path, message, severity }) => ({ path, message, severity }));
  const isHeld = report.disposition === "refuse" || report.disposition === "hold";
  if (!content)
    return faults.length > 0 ? faults : [{ path: "MSH", message: "This is no HL7 message.", severity: "error" }];
  if (content.type !== "ORU^R01")
    return [
      {
        path: "MSH-9",
        message: `Results come as ORU^R01; this is ${content.type || "of no known type"}.`,
        severity: "error",
      },
      ...faults,
    ];
  if (content.observations.length === 0)
    return [{ path: "OBX", message: "The message holds no value.", severity: "error" }, ...faults];
  return isHeld ? faults : [];
}

/** Refuses a message that has such faults, with every one of them. */
export function refuseFaulty(
  interpreted: Interpreted,
): asserts interpreted is Interpreted & { content: NonNullable<Interpreted["content"]> } {
  const errors = faultsOf(interpreted);
  if (errors.length > 0) throw new AppError("message-invalid", { errors: errors.slice(0, 100) });
}
