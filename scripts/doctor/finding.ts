/** What the doctor saw of one thing; `advice` where something is to be done. */
export interface Finding {
  name: string;
  state: "ok" | "attention" | "bad";
  says: string;
  advice?: string;
}

export const ok = (name: string, says: string): Finding => ({ name, state: "ok", says });
export const attention = (name: string, says: string, advice: string): Finding => ({
  name,
  state: "attention",
  says,
  advice,
});
export const bad = (name: string, says: string, advice: string): Finding => ({ name, state: "bad", says, advice });

/** One line a finding, and what to do under it. */
export function tell({ name, state, says, advice }: Finding): string {
  const line = `  ${state.padEnd(10)} ${name.padEnd(14)} ${says}\n`;
  return advice === undefined ? line : `${line}${" ".repeat(28)}${advice}\n`;
}
