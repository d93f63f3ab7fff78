import { type ErrorCode, errorCodes } from "@infirmary/shared/core";
import { postAuth } from "./post-auth.ts";

export type SignInAnswer = { ok: true } | { ok: false; title: string; detail: string | null };

/**
 * Signs this browser in. Talks to next-auth directly: its own helper hides what was answered behind a redirect.
 * Never throws: a network that is down is an answer too.
 */
export async function signIn(username: string, password: string): Promise<SignInAnswer> {
  try {
    const response = await postAuth("callback/credentials", { username, password });
    if (response.ok) return { ok: true };
    const { url } = (await response.json()) as { url?: string };
    return { ok: false, ...readRefusal(url) };
  } catch {
    return { ok: false, title: "The server cannot be reached. Try again in a moment.", detail: null };
  }
}

/** What next-auth's redirect says about a refusal: our own code and the wait, carried as JSON in its `error`. */
export function readRefusal(url: string | undefined): { title: string; detail: string | null } {
  const unknown = { title: "Signing in did not work. Try again in a moment.", detail: null };
  try {
    const carried = new URL(url ?? "", "http://portal.invalid").searchParams.get("error");
    const { code, retryAfterSeconds } = JSON.parse(carried ?? "") as { code?: string; retryAfterSeconds?: unknown };
    if (!code || !(code in errorCodes)) return unknown;
    const detail = typeof retryAfterSeconds === "number" ? `Try again in ${waitText(retryAfterSeconds)}.` : null;
    return { title: errorCodes[code as ErrorCode].title, detail };
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
