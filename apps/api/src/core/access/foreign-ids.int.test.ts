import { permissionsOf } from "@infirmary/shared/access";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Api, startApi } from "../../../test/harness.ts";
import { appRouter } from "../../router.ts";
import { newId } from "../id.ts";
import type { ProcedureMeta } from "../trpc.ts";

let api: Api;
/** Ids of another organisation: of its people, facilities, sessions and patients. */
const foreign: string[] = [];

beforeAll(async () => {
  api = await startApi();
  const doctor = await api.as("otherDoctor");
  const patient = await doctor.post("/patients/", {
    firstName: "For",
    lastName: "Eign",
    dateOfBirth: "1990-01-01",
    gender: "male",
  });
  const body = { patientId: String(patient.body.id), testCode: "2823-3", testName: "Potassium" };
  const order = await doctor.post("/lab-orders/", body);
  foreign.push(body.patientId, String(order.body.id), api.other.facilityId, api.people.otherDoctor.id);
});
afterAll(() => api.close());

type Procedure = { _def: { type: string; meta?: ProcedureMeta; inputs: z.ZodType[] } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

/** The fields of the input that hold an id, where it needs nothing else: `patient.get` takes `{ id }`. */
function idFields({ _def }: Procedure): string[] {
  const [schema] = _def.inputs;
  if (!(schema instanceof z.ZodObject)) return [];
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>);
  const isId = (field: z.ZodType) => field.safeParse(newId()).success && !field.safeParse("no id").success;
  const needed = fields.filter(([, field]) => !field.safeParse(undefined).success);
  return needed.length === 1 ? needed.filter(([, field]) => isId(field)).map(([name]) => name) : [];
}

describe("an id of another organisation", () => {
  it("is answered by every procedure that takes one exactly as an id that nobody has", {
    timeout: 90_000,
  }, async () => {
    const asked: string[] = [];
    for (const [name, procedure] of procedures) {
      const access = procedure._def.meta?.access;
      if (procedure._def.type === "subscription" || !access || access === "public") continue;
      const role = (["doctor", "nurse", "lab_technician", "admin", "privacy_officer"] as const).find(
        (code) => access === "signed-in" || permissionsOf([code]).includes(access),
      );
      const [field] = idFields(procedure);
      if (!field || !role) continue;
      const client = await api.as(role);
      const ask = async (id: string) => {
        const { status, text } = await client.call(name, { [field]: id });
        return `${status} ${text.replace(/"requestId":"[^"]*"/g, "").replaceAll(id, "<id>")}`;
      };
      const unknown = await ask(newId());
      for (const id of foreign) expect(await ask(id), `${name} {${field}}`).toBe(unknown);
      asked.push(name);
    }
    expect(asked).toContain("patient.get");
    expect(asked.length).toBeGreaterThan(25);
  });
});
