import { expect, test } from "../../fixtures/test.ts";
import { signInPage } from "../../pages/account.ts";
import { factorSection, secondStep } from "../../pages/factor.ts";
import { shell } from "../../pages/shell.ts";
import { personPage } from "../../pages/user.ts";
import { appCode } from "../../support/app-code.ts";

test("an authenticator app is set up from its QR code, asked for at the next sign-in, and a code on paper helps without it", async ({
  hospital,
  browsers,
}) => {
  const nurse = await hospital.person("nurse");
  const page = await browsers.signedIn(nurse, "/account");
  const factor = factorSection(page);
  await factor.setUp.click();
  await expect(factor.setUpDialog.getByRole("img", { name: /QR code/ })).toBeVisible();
  const shown = await factor.setUpDialog.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/).textContent();
  const seed = (shown ?? "").replaceAll(" ", "");
  const codeField = factor.setUpDialog.getByRole("textbox");
  await codeField.fill("000000");
  await factor.setUpDialog.getByRole("button", { name: "Use this app" }).click();
  await expect(codeField).toHaveAccessibleDescription(/present code/);
  await codeField.fill(appCode(seed, Date.now() - 30_000));
  await factor.setUpDialog.getByRole("button", { name: "Use this app" }).click();
  await expect(factor.codesDialog).toBeVisible();
  const codes = await factor.codesDialog.getByRole("listitem").allTextContents();
  expect(codes).toHaveLength(10);
  await factor.codesDialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(factor.section).toContainText("10 of 10 left");

  const second = await browsers.anonymous();
  await signInPage(second).signIn(nurse);
  const step = secondStep(second);
  await expect(step.code).toBeFocused();
  await step.code.fill("123456");
  await step.submit.click();
  await expect(second.getByRole("main").getByRole("alert")).toContainText("This code is not right");
  await step.code.fill(appCode(seed));
  await step.submit.click();
  await expect(second.getByRole("banner")).toContainText(nurse.fullName);

  const third = await browsers.anonymous();
  await signInPage(third).signIn(nurse);
  await secondStep(third).useRecoveryCode.click();
  await secondStep(third).recoveryCode.fill(codes[3] ?? "");
  await secondStep(third).submit.click();
  await expect(third.getByRole("banner")).toContainText(nurse.fullName);

  const admin = await hospital.person("admin");
  const desk = await browsers.signedIn(admin, `/people/${nurse.id}`);
  const theirs = desk.getByRole("region", { name: "Second factor" });
  await expect(theirs).toContainText("Authenticator app, recovery codes");
  await theirs.getByRole("button", { name: "Reset" }).click();
  await personPage(desk).dialog.getByRole("button", { name: "Reset second factor" }).click();
  await expect(theirs).toContainText("the password alone signs in");
  await page.reload();
  await signInPage(page).signIn(nurse);
  await expect(shell(page).navigation).toBeVisible();
});
