import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, startApi } from "../../test/harness.ts";
import { addOrganisation, type OrganisationInput, organisationInput } from "./add-organisation.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const input: OrganisationInput = {
  slug: "north-hill",
  name: "North Hill Hospital",
  facility: { code: "NORTH", name: "North Hill", timeZone: "Europe/London" },
  admin: { username: "north.admin", fullName: "Ada North", email: "ada@north.example" },
  hasStarterCatalogue: true,
};

it("begins an organisation with one who can sign in and add everybody else, once", async () => {
  const password = await addOrganisation(api.platform, input);
  const admin = await api.signIn("north.admin", password ?? "");
  expect((await admin.get("/auth/me/")).body).toMatchObject({ roles: ["admin"], fullName: "Ada North" });
  expect(((await admin.get("/users/")).body.items as unknown[]).length).toBe(1);
  expect(((await admin.get("/patients/")).body.items as unknown[]).length).toBe(0);
  expect(((await admin.get("/lab/tests/")).body.items as unknown[]).length).toBeGreaterThan(10);
  const { rows } = await api.owner.query(
    "SELECT action, username FROM audit_entry WHERE action = 'organisation.create'",
  );
  expect(rows).toEqual([{ action: "organisation.create", username: "command line" }]);
  expect(await addOrganisation(api.platform, input)).toBeNull();
});

it("changes nothing where the administrator's name is another's", async () => {
  const taken = { ...input, slug: "south-hill", admin: { ...input.admin, username: "north.admin" } };
  await expect(addOrganisation(api.platform, taken)).rejects.toThrow();
  expect((await api.owner.query("SELECT 1 FROM tenant WHERE slug = 'south-hill'")).rowCount).toBe(0);
});

it.each([
  [{ slug: "North Hill" }],
  [{ facility: { ...input.facility, timeZone: "Mars/Olympus" } }],
  [{ admin: { ...input.admin, email: "ada" } }],
])("refuses %o", (part) => {
  expect(organisationInput.safeParse({ ...input, ...part }).success).toBe(false);
});
