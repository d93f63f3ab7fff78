/** How a flag is shown: letters, arrows and a word, so that copy, print and a screen reader keep it. */
export type FlagMeaning = { flag: string; arrow: string; word: string; level: "normal" | "abnormal" | "critical" };

/** HL7 table 0078 (interpretation codes), in upper case; case does not count. A code that is not here is shown as sent and counts as abnormal. */
export const abnormalFlags: Record<string, Omit<FlagMeaning, "flag">> = {
  N: { arrow: "", word: "normal", level: "normal" },
  L: { arrow: "↓", word: "low", level: "abnormal" },
  H: { arrow: "↑", word: "high", level: "abnormal" },
  LL: { arrow: "↓↓", word: "critically low", level: "critical" },
  HH: { arrow: "↑↑", word: "critically high", level: "critical" },
  "<": { arrow: "↓↓", word: "below the instrument's range", level: "critical" },
  ">": { arrow: "↑↑", word: "above the instrument's range", level: "critical" },
  A: { arrow: "", word: "abnormal", level: "abnormal" },
  AA: { arrow: "", word: "critically abnormal", level: "critical" },
  U: { arrow: "↑", word: "significant change up", level: "abnormal" },
  D: { arrow: "↓", word: "significant change down", level: "abnormal" },
  B: { arrow: "↑", word: "better", level: "normal" },
  W: { arrow: "↓", word: "worse", level: "abnormal" },
  S: { arrow: "", word: "susceptible", level: "normal" },
  I: { arrow: "", word: "intermediate", level: "abnormal" },
  R: { arrow: "", word: "resistant", level: "abnormal" },
  MS: { arrow: "", word: "moderately susceptible", level: "normal" },
  VS: { arrow: "", word: "very susceptible", level: "normal" },
  POS: { arrow: "", word: "positive", level: "abnormal" },
  NEG: { arrow: "", word: "negative", level: "normal" },
  DET: { arrow: "", word: "detected", level: "abnormal" },
  ND: { arrow: "", word: "not detected", level: "normal" },
  NR: { arrow: "", word: "non-reactive", level: "normal" },
  RR: { arrow: "", word: "reactive", level: "abnormal" },
  IND: { arrow: "", word: "indeterminate", level: "abnormal" },
};

/** What a flag means; null where none was sent (no flag is not the same as normal). */
export function flagMeaning(flag: string | null): FlagMeaning | null {
  if (flag === null || flag === "") return null;
  return {
    flag,
    ...(abnormalFlags[flag.trim().toUpperCase()] ?? { arrow: "", word: "flagged by the lab", level: "abnormal" }),
  };
}

export const isCritical = (flag: string | null) => flagMeaning(flag)?.level === "critical";
export const isAbnormal = (flag: string | null) => {
  const level = flagMeaning(flag)?.level;
  return level === "abnormal" || level === "critical";
};
