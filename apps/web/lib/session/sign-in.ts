import { type ErrorCode, errorCodes } from "@infirmary/shared/core";
import { type SignInChallenge, signInChallenge } from "@infirmary/shared/factor";
import { postAuth } from "./post-auth.ts";

/** What proves who somebody is: a name and a password, the answer to the challenge that came back, or a passkey's answer as JSON. */
export type Proof = { username: string; password: string } | { challenge: string; code: string } | { passkey: string };

type Refusal = { title: string; detail: string | null; challenge?: SignInChallenge };
export type SignInAnswer = { ok: true } | ({ ok: false } & Refusal);

/**
 * Signs this browser in. Talks to next-auth directly: its own helper hides what was answered behind a redirect. A refusal with a
 * `challenge` asks for the second factor. Never throws: a network that is down is an answer too.
 */
export async function signIn(proof: Proof): Promise<SignInAnswer> {
  try {
    const response = await postAuth("callback/credentials", proof);
    if (response.ok) return { ok: true };
    const { url } = (await response.json()) as { url?: string };
    return { ok: false, ...readRefusal(url) };
  } catch {
    return { ok: false, title: "The server cannot be reached. Try again in a moment.", detail: null };
  }
}

/** What next-auth's redirect says about a refusal: our own code, the wait and the challenge, carried as JSON in its `error`. */
export function readRefusal(url: string | undefined): Refusal {
  const unknown = { title: "Signing in did not work. Try again in a moment.", detail: null };
  try {
    const carried = new URL(url ?? "", "http://portal.invalid").searchParams.get("error");
    const said = JSON.parse(carried ?? "") as { code?: string; retryAfterSeconds?: unknown; challenge?: unknown };
    if (!said.code || !(said.code in errorCodes)) return unknown;
    const wait = said.retryAfterSeconds;
    const detail = typeof wait === "number" ? `Try again in ${waitText(wait)}.` : null;
    const challenge = signInChallenge.safeParse(said.challenge).data;
    return { title: errorCodes[said.code as ErrorCode].title, detail, ...(challenge ? { challenge } : {}) };
  } catch {
    return unknown;
  }
}

/** `40 seconds`, `3 minutes`: rounded up, so that trying then works. */
export function waitText(seconds: number): string {
  const [count, unit] =
    seconds <= 90 ? [Math.max(1, Math.ceil(seconds)), "second"] : [Math.ceil(seconds / 60), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
