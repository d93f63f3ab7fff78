import type { ApiProcess } from "./support/api-process.ts";
import { load, type Measured, type Pace } from "./support/load.ts";
import { randomFrom } from "./support/names.ts";
import { password } from "./support/seed.ts";
import { type BenchPatient, benchPatients, seedPatients } from "./support/seed-patients.ts";

const searchedPatients = 200_000;

/** What people type, and how often: each makes a query out of a patient who exists. */
const kinds = {
  "last name": [25, ({ lastName }) => lastName],
  "both names": [20, ({ firstName, lastName }) => `${firstName} ${lastName}`],
  beginning: [15, ({ lastName }, random) => lastName.slice(0, 2 + Math.floor(random() * 4))],
  "both beginning": [5, ({ firstName, lastName }) => `${lastName.slice(0, 4)} ${firstName.slice(0, 2)}`],
  "last name misspelt": [10, ({ lastName }, random) => misspelt(lastName, random)],
  "both misspelt": [
    5,
    ({ firstName, lastName }, random) => `${misspelt(firstName, random)} ${misspelt(lastName, random)}`,
  ],
  MRN: [6, ({ mrn }) => mrn],
  "beginning of an MRN": [3, ({ mrn }) => mrn.slice(0, 5)],
  phone: [3, ({ phone }) => phone],
  SSN: [2, ({ ssn }) => ssn],
  "birth date": [3, ({ dateOfBirth }) => dateOfBirth],
  "name and birth date": [3, ({ lastName, dateOfBirth }) => `${lastName} ${dateOfBirth}`],
} as const satisfies Record<
  string,
  readonly [weight: number, make: (patient: BenchPatient, random: () => number) => string]
>;
type Kind = keyof typeof kinds;

/** Searching 200,000 patients over REST, signed in, audited, at 50 clients. Goal: p95 under 100 ms. */
export async function benchSearch(
  api: ApiProcess,
  { patients, ...pace }: Pace & { patients: readonly BenchPatient[] },
): Promise<Measured> {
  const access = await api.signIn("bench.nurse", password);
  const random = randomFrom(7);
  const headers = { authorization: `Bearer ${access}`, "content-type": "application/json" };
  return load({
    port: api.port,
    clients: 50,
    ...pace,
    next: () => {
      const patient = patients[Math.floor(random() * patients.length)];
      if (!patient) throw new Error("There are no patients.");
      const [, make] = kinds[drawKind(random)];
      return {
        method: "POST",
        path: "/api/v1/patients/search/",
        headers,
        body: JSON.stringify({ q: make(patient, random) }),
      };
    },
  });
}

/** Fills the database where it is empty; answers with whom it holds. */
export async function prepareSearch(
  ownerUrl: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<BenchPatient[]> {
  const patients = benchPatients(searchedPatients);
  await seedPatients(ownerUrl, { fieldKeys: env.FIELD_KEYS_FILE ?? "", indexKey: env.INDEX_KEY_FILE ?? "" }, patients);
  return patients;
}

function drawKind(random: () => number): Kind {
  let left = random() * Object.values(kinds).reduce((sum, [weight]) => sum + weight, 0);
  for (const [kind, [weight]] of Object.entries(kinds) as [Kind, readonly [number, unknown]][]) {
    left -= weight;
    if (left < 0) return kind;
  }
  return "last name";
}

/** One slip of the finger: two letters swapped, one left out, or one too many. */
function misspelt(name: string, random: () => number): string {
  const at = Math.floor(random() * Math.max(1, name.length - 1));
  const slip = random();
  if (slip < 0.4) return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
  return slip < 0.7 ? name.slice(0, at) + name.slice(at + 1) : name.slice(0, at) + name.charAt(at) + name.slice(at);
}
