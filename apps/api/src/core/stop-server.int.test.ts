import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, startApi } from "../../test/harness.ts";
import { registerPatient } from "../../test/lab.ts";
import { stopServer } from "./stop-server.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it("says it is not ready before it stops, cuts event streams, and answers the write under way", async () => {
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
  const ready = () => fetch(`${origin}/api/v1/ready/`).then(({ status }) => status);
  expect(await ready()).toBe(200);
  const draining = api.platform.readiness.drain(300);
  expect(await ready()).toBe(503);
  await draining;
  await expect(stream.text()).rejects.toThrow();
  const stopping = stopServer(api.app);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await holder.query("COMMIT");
  holder.release();
  expect((await writing).status).toBe(201);
  await stopping;
  await expect(fetch(`${origin}/api/v1/ping/`)).rejects.toThrow();
});
