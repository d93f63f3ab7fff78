import type { Api } from "./harness.ts";

/** Vital signs of a person who is well. */
export const wellVitals = {
  bloodPressureSystolic: 120,
  bloodPressureDiastolic: 78,
  pulse: 72,
  temperature: 36.8,
  spo2: 98,
  respiratoryRate: 16,
  consciousness: "alert",
};

/** Vital signs that score 10 by NEWS2. */
export const sickVitals = {
  bloodPressureSystolic: 95,
  bloodPressureDiastolic: 60,
  pulse: 125,
  temperature: 39.4,
  spo2: 93,
  respiratoryRate: 24,
  consciousness: "alert",
};

/** Plans a visit over the API as the nurse. */
export async function planVisit(
  api: Api,
  patient: { id: string },
  changes: Record<string, unknown> = {},
): Promise<{ id: string; version: number }> {
  const answer = await (await api.as("nurse")).post("/encounters/", {
    patientId: patient.id,
    reason: "Cough and fever",
    ...changes,
  });
  if (answer.status !== 201) throw new Error(answer.text);
  return { id: String(answer.body.id), version: Number(answer.body.version) };
}

/** A visit whose patient has arrived, been triaged and is with the doctor. */
export async function visitInConsult(api: Api, patient: { id: string }): Promise<{ id: string }> {
  const { id } = await planVisit(api, patient);
  const [nurse, doctor] = [await api.as("nurse"), await api.as("doctor")];
  const steps = [
    await nurse.post(`/encounters/${id}/check-in/`, {}),
    await nurse.post(`/encounters/${id}/vitals/`, wellVitals),
    await doctor.post(`/encounters/${id}/start-consult/`, {}),
  ];
  for (const { status, text } of steps) if (status >= 300) throw new Error(text);
  return { id };
}
