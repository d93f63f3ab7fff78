import { expect, type Page } from "@playwright/test";

/** Nothing that opens the API is within reach of a script in the page: storage, readable cookies, the page's own source. */
export async function expectNoSecrets(page: Page, where: string): Promise<void> {
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name.endsWith("infirmary.session"));
  expect(session, `${where}: a session cookie`).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  const readable = await page.evaluate(async () => ({
    cookies: document.cookie,
    source: document.documentElement.outerHTML,
    storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    databases: (await indexedDB.databases()).length,
  }));
  expect(readable.databases, `${where}: databases in the browser`).toBe(0);
  expect(readable.cookies, `${where}: cookies a script can read`).not.toContain("session");
  for (const [place, text] of Object.entries(readable)) {
    // Every token starts with the base64 of `{"`; the session's own cookie is one too.
    expect(String(text), `${where}: ${place}`).not.toMatch(/eyJ[\w-]{10,}/);
    expect(String(text), `${where}: ${place}`).not.toContain(session?.value ?? "no session");
  }
}
