import { unusualName } from "../../fixtures/hospital.ts";
import { expect, test } from "../../fixtures/test.ts";
import { lockScreen, sessionOver } from "../../pages/factor.ts";
import { patientForm } from "../../pages/patient.ts";
import { shell } from "../../pages/shell.ts";

test("a locked screen shows nothing, keeps what was typed, and opens with the password", async ({
  hospital,
  browsers,
}) => {
  const nurse = await hospital.person("nurse");
  const page = await browsers.signedIn(nurse, "/patients/new");
  const name = unusualName();
  await page.getByLabel("Last name").fill(name);
  await shell(page).lock(nurse.fullName);
  const lock = lockScreen(page);
  await expect(lock.screen).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(lock.screen).toBeVisible();
  await lock.password.fill("not mine");
  await lock.unlock.click();
  await expect(lock.password).toHaveAccessibleDescription(/not your password/);
  await page.reload();
  await expect(lock.screen).toBeVisible();
  await lock.password.fill(nurse.password);
  await lock.unlock.click();
  await expect(lock.screen).toBeHidden();
  await page.getByLabel("Last name").fill(name);
  await shell(page).lock(nurse.fullName);
  await lock.password.fill(nurse.password);
  await lock.password.press("Enter");
  await expect(page.getByLabel("Last name")).toHaveValue(name);
});

test("a session that ends during a save loses nothing: signing in again saves it", async ({ hospital, browsers }) => {
  const nurse = await hospital.person("nurse");
  const page = await browsers.signedIn(nurse, "/patients/new");
  const name = unusualName();
  hospital.secrets.push(name);
  const form = patientForm(page);
  await form.firstName.fill("Jane");
  await form.lastName.fill(name);
  await form.dateOfBirth.fill("31-Jan-1980");
  await form.sex.selectOption("female");
  await page.context().clearCookies();
  await form.register.click();
  const over = sessionOver(page);
  await over.password.fill(nurse.password);
  await over.password.press("Enter");
  await expect(shell(page).messages).toContainText("Registered");
  await expect(page).toHaveURL(/\/patients\/[0-9a-f-]{36}$/);
  const id = page.url().split("/").at(-1) ?? "";
  hospital.keepsafe(await hospital.admin.get(`/patients/${id}/`));
});
