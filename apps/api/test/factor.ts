import { Secret, TOTP } from "otpauth";
import type { Answer, Client } from "./harness.ts";

const dataOf = <T>(answer: Answer) => (answer.body.result as { data: T }).data;

/** Sets an authenticator app up for the person: its seed, and the recovery codes. The code used is of the step before the present one. */
export async function setUpApp(client: Client, now = Date.now()): Promise<{ seed: string; codes: string[] }> {
  const started = await client.call("factor.startTotp");
  const { secret } = dataOf<{ secret: string }>(started);
  const confirmed = await client.call("factor.confirmTotp", { code: appCode(secret, now - 30_000) });
  return { seed: secret, codes: dataOf<{ codes: string[] }>(confirmed).codes };
}

/** What the app shows at an instant. */
export const appCode = (seed: string, atMs = Date.now()) =>
  new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp: atMs });
