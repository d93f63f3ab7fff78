import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../../../test/lab.ts";
import { sickVitals, visitInConsult } from "../../../test/visit.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

type Item = { type: string; title: string; actor: string | null; link: string };
const titles = (items: unknown) => (items as Item[]).map(({ title }) => title);

it("tells what happened to a patient and in a visit, the latest first, by whom and where to look", async () => {
  const patient = await registerPatient(api);
  const { id } = await visitInConsult(api, patient);
  const [nurse, doctor] = [await api.as("nurse"), await api.as("doctor")];
  await nurse.post(`/encounters/${id}/vitals/`, sickVitals);
  await doctor.post(`/encounters/${id}/diagnoses/`, { code: "J18.9", rank: "primary" });
  const order = await placeOrder(api, patient);
  await upload(api, order.id, oruOf(patient, order, [{}]));
  await doctor.post(`/encounters/${id}/close/`, { overrideReason: "Sent to hospital" });
  const visit = await nurse.get(`/encounters/${id}/timeline/`);
  expect(titles(visit.body.items)).toEqual([
    "Visit closed although 1 thing was open",
    "Visit: completed",
    "Ordered: Potassium",
    "Primary diagnosis: Pneumonia, unspecified organism",
    "Vital signs: NEWS2 10, high risk",
    "Visit: in consultation",
    "Vital signs: NEWS2 0, low risk",
    "Visit: triaged",
    "Visit: arrived",
    "Visit planned",
  ]);
  const all = await nurse.get(`/patients/${patient.id}/timeline/?limit=100`);
  expect(titles(all.body.items)).toEqual(expect.arrayContaining(["Ordered: Potassium", "Result: Potassium"]));
  const [vital] = (all.body.items as Item[]).filter(({ type }) => type === "vitals");
  expect(vital).toMatchObject({ actor: "Nils Nurse", link: `/encounters/${id}` });
  const results = await nurse.get(`/patients/${patient.id}/timeline/?type=result`);
  expect(titles(results.body.items)).toEqual(["Result: Potassium"]);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await nurse.get(`/encounters/${id}/timeline/?limit=4${cursor ? `&cursor=${cursor}` : ""}`);
    seen.push(...titles(body.items));
    cursor = body.nextCursor as string | null;
  } while (cursor);
  expect(seen).toEqual(titles(visit.body.items));
});

it("is nobody's who is not signed in, not the laboratory's, and another organisation finds nothing", async () => {
  const patient = await registerPatient(api);
  const at = `/patients/${patient.id}/timeline/`;
  expect((await api.anonymous.get(at)).status).toBe(401);
  expect((await (await api.as("lab_technician")).get(at)).status).toBe(403);
  expect((await (await api.as("otherDoctor")).get(at)).status).toBe(404);
  expect((await (await api.as("nurse")).get(`${at}?type=gossip`)).status).toBe(400);
  await (await api.as("nurse")).get(at);
  const { rows } = await api.owner.query(
    "SELECT username FROM audit_entry WHERE action = 'timeline.read' AND patient_id = $1 AND outcome = 'success'",
    [patient.id],
  );
  expect(rows).toEqual([{ username: "nurse" }]);
});
