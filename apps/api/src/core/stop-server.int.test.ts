import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, startApi } from "../../test/harness.ts";
import { registerPatient } from "../../test/lab.ts";
import { stopServer } from "./stop-server.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it("answers the write under way before it stops, and stops although an event stream is open", async () => {
  const origin = await api.app.listen({ port: 0, host: "127.0.0.1" });
  const patient = await registerPatient(api);
  const { access } = await api.as("doctor");
  const authorization = `Bearer ${access}`;
  const stream = await fetch(`${origin}/trpc/live.events`, {
    headers: { authorization, accept: "text/event-stream" },
  });
  // An order waits for the counter of order numbers, which somebody else holds.
  const holder = await api.owner.connect();
  await holder.query("BEGIN");
  await holder.query("LOCK TABLE counter IN EXCLUSIVE MODE");
  const writing = fetch(`${origin}/api/v1/lab-orders/`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ patientId: patient.id, testCode: "2823-3", testName: "Potassium" }),
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const stopping = stopServer(api.app, 1_000);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await holder.query("COMMIT");
  holder.release();
  expect((await writing).status).toBe(201);
  await stopping;
  await expect(fetch(`${origin}/api/v1/ping/`)).rejects.toThrow();
  await stream.body?.cancel().catch(() => undefined);
});
