import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../../../test/lab.ts";
import { newId } from "../../core/id.ts";

let api: Api;
let origin: string;
beforeAll(async () => {
  api = await startApi();
  await api.platform.live.start();
  origin = await api.app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => api.close());

type Told = { name: string; orderId: string | null };

/** Opens the event stream over a real socket and gathers what it says until stopped. */
async function listen(access: string, lastEventId?: string) {
  const abort = new AbortController();
  const input = lastEventId ? `?input=${encodeURIComponent(JSON.stringify({ lastEventId }))}` : "";
  const response = await fetch(`${origin}/trpc/live.events${input}`, {
    headers: { authorization: `Bearer ${access}`, accept: "text/event-stream" },
    signal: abort.signal,
  });
  const events: (Told & { id: string })[] = [];
  let text = "";
  let isOpen = true;
  const reading = (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          const id = /^id: (.*)$/m.exec(block)?.[1];
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (id && data) events.push({ id, ...(JSON.parse(data) as Told) });
        }
      }
    } catch {
      // The reader hung up.
    }
    isOpen = false;
  })();
  return {
    events,
    isOpen: () => isOpen,
    stop: async () => {
      abort.abort();
      await reading;
    },
  };
}

const until = async (condition: () => boolean) => {
  const deadline = performance.now() + 5_000;
  while (!condition() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
};

describe("live events", () => {
  it("that other processes told while the notices could not be heard are told when they can again", async () => {
    const stream = await listen((await api.as("doctor")).access);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await api.owner.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", [
      "infirmary-live",
    ]);
    const id = newId();
    await api.owner.query("INSERT INTO event (tenant_id, id, name) VALUES ($1, $2, 'result.filed')", [api.home.id, id]);
    await until(() => stream.events.some((event) => event.id === id));
    await stream.stop();
  });

  it("reach the doctor within a second of the technician's upload, with ids and no names", async () => {
    const doctor = await api.as("doctor");
    const stream = await listen(doctor.access);
    const patient = await registerPatient(api);
    const placed = await placeOrder(api, patient);
    const started = performance.now();
    await upload(api, placed.id, oruOf(patient, placed, [{}]));
    await until(() => stream.events.some(({ name, orderId }) => name === "result.filed" && orderId === placed.id));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(JSON.stringify(stream.events)).not.toContain(patient.lastName);
    await stream.stop();
  });

  it("reach the laboratory when a tube is collected on the ward", async () => {
    const stream = await listen((await api.as("lab_technician")).access);
    const placed = await placeOrder(api, await registerPatient(api));
    await (await api.as("nurse")).post("/lab/samples/", { orderIds: [placed.id] });
    await until(() => stream.events.some(({ name, orderId }) => name === "specimen.changed" && orderId === placed.id));
    await stream.stop();
  });

  it("are told only to roles that may hear them, and never to another tenant", async () => {
    const [billing, foreign, nurse] = [
      await listen((await api.as("billing_clerk")).access),
      await listen((await api.as("otherDoctor")).access),
      await listen((await api.as("nurse")).access),
    ];
    const patient = await registerPatient(api);
    await placeOrder(api, patient);
    await until(() => nurse.events.some(({ name }) => name === "order.created"));
    expect(billing.events).toEqual([]);
    expect(foreign.events).toEqual([]);
    await Promise.all([billing.stop(), foreign.stop(), nurse.stop()]);
  });

  it("that were missed come when the client comes back with the last id it saw", async () => {
    const doctor = await api.as("doctor");
    const first = await listen(doctor.access);
    const patient = await registerPatient(api);
    await placeOrder(api, patient);
    await until(() => first.events.some(({ name }) => name === "order.created"));
    const lastEventId = first.events.at(-1)?.id;
    await first.stop();
    const placed = await placeOrder(api, patient);
    const second = await listen(doctor.access, lastEventId);
    await until(() => second.events.some(({ orderId }) => orderId === placed.id));
    await second.stop();
  });

  it("end with the session", async () => {
    const client = await api.signIn("nurse");
    const stream = await listen(client.access);
    await client.post("/auth/logout/", {});
    await until(() => !stream.isOpen());
    await stream.stop();
  });

  it("of another process arrive through the database", async () => {
    const doctor = await api.as("doctor");
    const stream = await listen(doctor.access);
    const event = {
      tenantId: api.home.id,
      id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8aff",
      name: "order.changed",
      orderId: null,
      patientId: null,
      userId: null,
      at: new Date().toISOString(),
    };
    await api.owner.query("SELECT pg_notify('infirmary', $1)", [
      JSON.stringify({ origin: "another process", events: [event] }),
    ]);
    await until(() => stream.events.some(({ id }) => id === event.id));
    await stream.stop();
  });
});
