/** HL7 table 0085, observation result status, in words. */
export const observationStatusNames: Record<string, string> = {
  C: "Corrected",
  D: "Deleted by the lab",
  F: "Final",
  I: "Pending: specimen in the lab",
  N: "Not asked",
  O: "Order detail only",
  P: "Preliminary",
  R: "Not verified",
  S: "Partial",
  U: "Final, not transmitted again",
  W: "Withdrawn: wrong patient or order",
  X: "Cannot be obtained",
};

const final = new Set(["C", "D", "F", "U", "W", "X", "N", "O"]);

/** Whether nothing more is to be expected for the observation unless the lab corrects it. */
export const isFinal = (status: string) => final.has(status);
