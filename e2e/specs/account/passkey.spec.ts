import { expect, test } from "../../fixtures/test.ts";
import { signInPage } from "../../pages/account.ts";
import { factorSection } from "../../pages/factor.ts";
import { shell } from "../../pages/shell.ts";
import { addVirtualAuthenticator } from "../../support/virtual-authenticator.ts";

test("a passkey is added, named, signs in without name and password, and opens nothing once it is removed", async ({
  hospital,
  browsers,
}) => {
  const nurse = await hospital.person("nurse");
  const page = await browsers.signedIn(nurse, "/account");
  await addVirtualAuthenticator(page);
  const factor = factorSection(page);
  await factor.section.getByRole("button", { name: "Add passkey" }).click();
  const naming = page.getByRole("dialog", { name: "Add a passkey" });
  await naming.getByLabel("Name").fill("Ward laptop");
  await naming.getByRole("button", { name: "Add passkey" }).click();
  await expect(factor.codesDialog.getByRole("listitem")).toHaveCount(10);
  await factor.codesDialog.getByRole("button", { name: "I have kept them" }).click();
  const item = factor.section.getByRole("list", { name: "Passkeys" }).getByRole("listitem");
  await expect(item).toContainText("Ward laptop");
  await expect(item).toContainText("not used yet");

  await shell(page).signOut(nurse.fullName);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("banner")).toContainText(nurse.fullName);

  await page.goto("/account");
  await expect(item).toContainText("last used");
  await item.getByRole("button", { name: "Rename" }).click();
  const renaming = page.getByRole("dialog", { name: "Rename the passkey" });
  await renaming.getByLabel("Name").fill("Laptop of ward 3");
  await renaming.getByRole("button", { name: "Rename passkey" }).click();
  await expect(item).toContainText("Laptop of ward 3");

  const elsewhere = await browsers.anonymous();
  await signInPage(elsewhere).signIn(nurse);
  await expect(elsewhere.getByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
  await expect(elsewhere.getByRole("textbox", { name: "Recovery code" })).toBeVisible();

  await item.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove passkey" }).click();
  await expect(item).toHaveCount(0);
  await shell(page).signOut(nurse.fullName);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(signInPage(page).refusal).toContainText("This passkey is not known here");
});
