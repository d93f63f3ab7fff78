import type { BrowserContext } from "@playwright/test";

/**
 * Signs a browser in the way the sign-in form does, without the form: journeys about something else start at their screen.
 * @throws Error when the portal refuses
 */
export async function signInContext(
  { request }: BrowserContext,
  { username, password }: { username: string; password: string },
): Promise<void> {
  const csrf = await request.get("/api/auth/csrf");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await request.post("/api/auth/callback/credentials", {
    form: { username, password, csrfToken, json: "true", callbackUrl: "/" },
  });
  if (!answer.ok()) throw new Error(`${username} could not sign in: ${answer.status()} ${await answer.text()}`);
}
