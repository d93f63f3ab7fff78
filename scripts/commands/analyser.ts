import { once } from "node:events";
import { connect } from "node:net";
import { demoTest, oruText } from "../../packages/db/seed/index.ts";
import { hl7 } from "../../packages/native/js/index.ts";
import { PlainError } from "../boot/plain-error.mjs";
import { environment } from "../setup/environment.ts";
import { reachable } from "../setup/ports.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run analyser [-- count]`: an analyser to try a running demo with. It takes the newest open orders, as the demo's technician sees
 * them, measures something for each, and sends the results over MLLP, printing what is answered.
 */
await runCommand(async () => {
  const env = environment();
  const api = `http://${reachable(env.LISTEN_ADDRESS)}:${env.API_PORT}/api/v1`;
  const call = async (path: string, access: string | null, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${api}${path}`, {
      method: body ? "POST" : "GET",
      headers: { "content-type": "application/json", ...(access ? { authorization: `Bearer ${access}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch(() => {
      throw new PlainError(`Nothing answers at ${api}: start Infirmary first, with npm start.`);
    });
    if (!answer.ok) throw new PlainError(`${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const { access } = await call("/auth/login/", null, { username: "lab.tech", password: "lab123!" });
  const limit = Math.min(100, Math.max(1, Number(process.argv[2] ?? 3) || 3));
  const { items } = await call(`/lab-orders/?status=ORDERED&limit=${limit}`, String(access));
  const orders = items as OpenOrder[];
  if (orders.length === 0) throw new PlainError("No order is open: place one as a doctor first.");
  const port = env.MLLP_PORT ?? 2575;
  const socket = connect({ port, host: env.MLLP_ADDRESS === "0.0.0.0" ? "127.0.0.1" : env.MLLP_ADDRESS });
  await once(socket, "connect").catch(() => {
    throw new PlainError(`Nothing listens for MLLP on port ${port}.`);
  });
  const framer = new hl7.Framer();
  for (const order of orders) {
    const message = measure(order);
    socket.write(hl7.frame(Buffer.from(message)));
    const answers: Uint8Array[] = [];
    while (answers.length === 0) {
      const [chunk] = (await once(socket, "data")) as [Buffer];
      answers.push(...framer.push(chunk));
    }
    const said = Buffer.from(answers[0] ?? []).toString();
    process.stdout.write(
      `  ${order.orderNumber}  ${order.testName}\n    ${said.split("\r").slice(1).join(" ").trim()}\n`,
    );
  }
  socket.end();
  return 0;
});

type OpenOrder = {
  orderNumber: string;
  testCode: string;
  testName: string;
  patient: { mrn: string; firstName: string; lastName: string; dateOfBirth: string; gender: string };
};

/** A value near the middle of each reference range, now and then far above it. */
function measure({ orderNumber, testCode, testName, patient }: OpenOrder): string {
  const test = demoTest(testCode);
  const members = test.members.length > 0 ? test.members.map(demoTest) : [test];
  const values = members.map(({ code, name, unit, low = 0, high = 10, decimals = 1, answers }) => {
    const isHigh = Math.random() < 0.15;
    const number = (isHigh ? high * 1.6 : (low + high) / 2 + (Math.random() - 0.5) * (high - low) * 0.6).toFixed(
      decimals,
    );
    return {
      code,
      name,
      valueType: answers ? ("ST" as const) : ("NM" as const),
      value: answers?.[0] ?? number,
      unit: unit ?? "",
      range: answers ? "" : `${low}-${high}`,
      flag: isHigh && !answers ? "HH" : "",
      status: "F",
      notes: [],
    };
  });
  return oruText({
    controlId: `A${Date.now().toString(36).toUpperCase()}${orderNumber}`,
    sentAt: new Date(),
    timeZone: "America/New_York",
    patient,
    orders: [{ orderNumber, code: testCode, name: testName, collectedAt: new Date(), values }],
  });
}
