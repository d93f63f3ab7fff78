import { type DemoTest, demoTest } from "./catalog.ts";
import type { Random } from "./random.ts";

/** One value as a laboratory would send it. `flag` is HL7 table 0078, `status` table 0085. */
export type DemoValue = {
  code: string;
  name: string;
  valueType: "NM" | "ST";
  value: string;
  unit: string;
  range: string;
  flag: string;
  status: string;
  notes: string[];
};

export type ValueOptions = {
  /** Values that are not left to chance, by code. */
  fixed?: Readonly<Record<string, number | string>>;
  /** How far from the middle of the range, in fifths of its width; 0 is healthy, 3 well outside. */
  shift?: number;
  status?: string;
};

/** Values of everything in a test or panel; those of a blood count, and of lipids, agree with each other. */
export function demoValues(random: Random, testCode: string, options: ValueOptions = {}): DemoValue[] {
  const test = demoTest(testCode);
  const members = test.members.length > 0 ? test.members.map(demoTest) : [test];
  const drawn = new Map(
    members.map((member) => [member.code, options.fixed?.[member.code] ?? draw(random, member, options.shift ?? 0)]),
  );
  agree(drawn, options.fixed ?? {});
  return members.map((member) => toValue(member, drawn.get(member.code) ?? "", options.status ?? "F"));
}

function draw(random: Random, test: DemoTest, shift: number): number | string {
  if (test.answers) {
    const [normal = "", ...others] = test.answers;
    return others.length > 0 && random.chance(shift === 0 ? 0.08 : 0.6) ? random.pick(others) : normal;
  }
  const { low, high } = test;
  const [middle, spread] =
    low !== undefined && high !== undefined
      ? [(low + high) / 2, (high - low) / 5]
      : high !== undefined
        ? [high * 0.45, high * 0.2]
        : [(low ?? 1) * 1.35, (low ?? 1) * 0.15];
  // Only some values of an abnormal panel are off.
  const off = shift !== 0 && random.chance(0.35) ? shift * (random.chance(0.75) ? 1 : -1) : 0;
  return Math.max(random.normal(middle + off * spread, spread * 0.8), middle * 0.1);
}

/** Works out what follows from other values, unless it was fixed. */
function agree(values: Map<string, number | string>, fixed: Readonly<Record<string, unknown>>): void {
  const number = (code: string) => Number(values.get(code));
  const set = (code: string, value: number) => {
    if (values.has(code) && !(code in fixed)) values.set(code, value);
  };
  if (values.has("4544-3")) {
    set("4544-3", number("718-7") * 3);
    set("789-8", (number("4544-3") * 10) / number("787-2"));
    set("785-6", (number("718-7") * 10) / number("789-8"));
    set("786-4", (number("718-7") * 100) / number("4544-3"));
  }
  if (values.has("13457-7")) set("13457-7", Math.max(20, number("2093-3") - number("2085-9") - number("2571-8") / 5));
  if (values.has("5902-2") && "6301-6" in fixed) set("5902-2", 12 * number("6301-6") ** 0.9);
}

function toValue(test: DemoTest, drawn: number | string, status: string): DemoValue {
  const common = { code: test.code, name: test.name, status, notes: [] };
  if (typeof drawn === "string") {
    const isNormal = drawn === (test.answers?.[0] ?? "");
    return {
      ...common,
      valueType: "ST",
      value: drawn,
      unit: "",
      range: test.answers?.[0] ?? "",
      flag: isNormal ? "N" : "A",
    };
  }
  const value = drawn.toFixed(test.decimals);
  return {
    ...common,
    valueType: "NM",
    value,
    unit: test.unit ?? "",
    range: rangeText(test),
    flag: flagOf(test, Number(value)),
  };
}

function flagOf({ low, high, criticalLow, criticalHigh }: DemoTest, value: number): string {
  if (criticalHigh !== undefined && value >= criticalHigh) return "HH";
  if (criticalLow !== undefined && value <= criticalLow) return "LL";
  if (high !== undefined && value > high) return "H";
  return low !== undefined && value < low ? "L" : "N";
}

function rangeText({ low, high, decimals }: DemoTest): string {
  if (low !== undefined && high !== undefined) return `${low.toFixed(decimals)}-${high.toFixed(decimals)}`;
  return high !== undefined ? `<${high.toFixed(decimals)}` : low !== undefined ? `>${low.toFixed(decimals)}` : "";
}
