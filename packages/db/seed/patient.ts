import { firstNames, lastNames, streets, towns, unusualNames } from "./patient-names.ts";
import { type Random, randomFrom } from "./random.ts";

export type DemoPatient = {
  firstName: string;
  lastName: string;
  /** YYYY-MM-DD. */
  dateOfBirth: string;
  gender: "male" | "female" | "other" | "unknown";
  phone: string | null;
  email: string | null;
  address: string | null;
  /** Nine digits. */
  ssn: string | null;
  /** How long before the day of seeding the patient was registered. */
  registeredDaysAgo: number;
};

/** People with a story: what they have is followed over the month. */
const storied = [
  { firstName: "Margaret", lastName: "Okafor", dateOfBirth: "1951-03-14", gender: "female" },
  { firstName: "Robert", lastName: "Kaminski", dateOfBirth: "1963-08-02", gender: "male" },
  { firstName: "Elena", lastName: "Núñez-García", dateOfBirth: "1988-11-23", gender: "female" },
  { firstName: "Samuel", lastName: "O'Brien", dateOfBirth: "1947-06-30", gender: "male" },
  { firstName: "Wei", lastName: "Zhang", dateOfBirth: "1974-01-17", gender: "male" },
  { firstName: "Dorothy", lastName: "Hightower", dateOfBirth: "1938-12-05", gender: "female" },
] as const;

/** Where the people with a story stand in the list of patients. */
export const story = { kidney: 0, diabetes: 1, anemia: 2, warfarin: 3, sepsis: 4, heart: 5 } as const;

/** So many patients, always the same ones: those with a story first, then unusual names, then the rest. */
export function demoPatients(count: number): DemoPatient[] {
  const random = randomFrom(1_854);
  const taken = new Set<string>();
  const known = [...storied, ...unusualNames];
  return Array.from({ length: count }, (_, index) => {
    const fixed = known[index];
    const name = fixed ?? drawName(random, taken);
    return { ...details(random, index), ...name };
  });
}

/** The first 150 came with the opening, before the month of orders; the others since, one or two a day. */
export const openingPatients = 150;
const daysAgo = (index: number) =>
  index < openingPatients ? 40 - Math.floor(index / 20) : Math.max(1, 30 - Math.floor((index - openingPatients) * 0.6));

function drawName(random: Random, taken: Set<string>): Pick<DemoPatient, "firstName" | "lastName" | "gender"> {
  for (;;) {
    const gender = random.chance(0.52) ? "female" : "male";
    const name = { firstName: random.pick(firstNames[gender]), lastName: random.pick(lastNames), gender } as const;
    const key = `${name.firstName} ${name.lastName}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

function details(random: Random, index: number): Omit<DemoPatient, "firstName" | "lastName" | "gender"> {
  const year = Math.min(2024, Math.max(1929, Math.round(random.normal(1968, 20))));
  const two = (value: number) => String(value).padStart(2, "0");
  const dateOfBirth = `${year}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
  // 555-0100 to 555-0199 belong to nobody.
  const phone = `+1 ${random.pick(["212", "315", "518", "607", "845"])} 555 01${two(random.int(0, 99))}`;
  const address = `${random.int(1, 240)} ${random.pick(streets)}\n${random.pick(towns)}`;
  const ssn = `${random.int(100, 665)}${two(random.int(1, 99))}${String(random.int(1, 9999)).padStart(4, "0")}`;
  const has = (share: number) => random.chance(share);
  return {
    dateOfBirth,
    phone: has(0.92) ? phone : null,
    email: has(0.6) ? `patient${index + 1}@example.org` : null,
    address: has(0.9) ? address : null,
    ssn: has(0.75) ? ssn : null,
    registeredDaysAgo: daysAgo(index),
  };
}
