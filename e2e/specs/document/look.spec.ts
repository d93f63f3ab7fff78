import { expect, test } from "../../fixtures/test.ts";
import { documents } from "../../pages/document.ts";
import { settled } from "../../pages/settled.ts";
import { RestClient } from "../../support/rest-client.ts";
import { demoPeople } from "../../support/settings.ts";
import { showScheme } from "../../support/show-scheme.ts";

test("look", async ({ browsers }) => {
  const doctor = await RestClient.signIn(demoPeople.doctor);
  const docs = await doctor.get<{ items: { id: string; patientId: string; encounterId: string | null; number: number }[] }>("/documents/?limit=100");
  const draft = docs.items.find((d) => d.number === 0 && d.encounterId)!;
  const amended = docs.items.find((d) => d.number === 2)!;
  const page = await browsers.signedIn(demoPeople.doctor, `/encounters/${draft.encounterId}?document=${draft.id}`, { viewport: { width: 1440, height: 900 } });
  await settled(page);
  const shot = async (name: string) => {
    for (const s of ["light", "dark"] as const) { await showScheme(page, s); await page.screenshot({ path: `/tmp/team/shared-notes-${name}-${s}.png` }); }
  };
  await expect(documents(page).part("Assessment")).toBeVisible();
  await shot("draft");
  await page.setViewportSize({ width: 1024, height: 768 });
  await shot("draft-tablet");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/patients/${amended.patientId}?document=${amended.id}`);
  await settled(page);
  await expect(documents(page).panel).toContainText("Signed by");
  await documents(page).section.scrollIntoViewIfNeeded();
  await shot("signed");
  await documents(page).panel.getByRole("button", { name: "Compare versions" }).click();
  await expect(documents(page).dialog.getByRole("insertion").first()).toBeVisible();
  await shot("compare");
  await page.keyboard.press("Escape");
  await documents(page).section.getByRole("button", { name: "Write" }).click();
  await shot("menu");
});
