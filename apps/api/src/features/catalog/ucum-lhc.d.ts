declare module "@lhncbc/ucum-lhc" {
  /** What of the package is used here; it carries no types of its own. */
  type Units = {
    validateUnitString(unit: string): { status: "valid" | "invalid" | "error" };
    convertUnitTo(from: string, value: number, to: string): { status: string; toVal: number | null };
  };
  const ucum: { UcumLhcUtils: { getInstance(): Units } };
  export default ucum;
}
