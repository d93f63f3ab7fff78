import type { User } from "@infirmary/shared/user";
import { unusualName } from "../../fixtures/hospital.ts";
import { expect, test } from "../../fixtures/test.ts";
import { accountPage, registerPage, signInPage } from "../../pages/account.ts";
import { patientListPage } from "../../pages/patient.ts";
import { shell } from "../../pages/shell.ts";

test("a wrong password keeps the user name, empties the password and says so", async ({ hospital, browsers }) => {
  const nurse = await hospital.person("nurse");
  const page = await browsers.anonymous();
  const form = signInPage(page);
  await form.signIn({ ...nurse, password: "not the right one" });
  await expect(form.refusal).toContainText("The user name or password is not right.");
  await expect(form.username).toHaveValue(nurse.username);
  await expect(form.password).toHaveValue("");
  await expect(form.password).toBeFocused();
  await form.signIn(nurse);
  await expect(page.getByRole("banner")).toContainText(nurse.fullName);
});

test("an account one asks for cannot sign in before an administrator approves it", async ({ hospital, browsers }) => {
  const name = unusualName();
  const account = { username: name.toLowerCase(), password: "four words are enough" };
  const page = await browsers.anonymous();
  await page.getByRole("link", { name: "Ask for one" }).click();
  const form = registerPage(page);
  await form.fullName.fill(`Robin ${name}`);
  await form.email.fill("not an address");
  await form.username.fill(account.username);
  await form.password.fill(account.password);
  await form.submit.click();
  await expect(form.email).toHaveAccessibleDescription(/valid e-mail/);
  await expect(form.fullName).toHaveValue(`Robin ${name}`);
  await form.email.fill(`${account.username}@example.org`);
  await form.submit.click();
  await expect(form.done).toBeVisible();
  const { items } = await hospital.admin.get<{ items: User[] }>(`/users/?q=${account.username}`);
  const [waiting] = items;
  expect(waiting).toMatchObject({ status: "PENDING", roles: [] });
  if (waiting) hospital.keepAccount(waiting.id);

  await page.goto("/sign-in");
  await signInPage(page).signIn(account);
  await expect(signInPage(page).refusal).toContainText("not active");
});

test("signing out ends the session: going back shows nothing of a patient", async ({ hospital, browsers }) => {
  const [nurse, patient] = await Promise.all([hospital.person("nurse"), hospital.patient()]);
  const page = await browsers.signedIn(nurse, "/patients");
  await patientListPage(page).search.fill(patient.lastName);
  await patientListPage(page).row(patient.lastName).getByRole("link").click();
  await expect(page.getByText(patient.mrn.slice(0, 3)).first()).toBeVisible();
  const cookies = await page.context().cookies();
  await shell(page).signOut(nurse.fullName);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goBack();
  await expect(signInPage(page).username).toBeVisible();
  await expect(page.locator("body")).not.toContainText(patient.lastName, { ignoreCase: true });
  // A copy of the cookie that was thrown away opens nothing either.
  await page.context().addCookies(cookies);
  await page.goto("/patients");
  await expect(signInPage(page).username).toBeVisible();
});

test("a session that has ended leads to the sign-in page, and from there back to the same screen", async ({
  hospital,
  browsers,
}) => {
  const [nurse, patient] = await Promise.all([hospital.person("nurse"), hospital.patient()]);
  const page = await browsers.signedIn(nurse, `/patients/${patient.id}`);
  await expect(page.getByText(patient.lastName, { exact: false }).first()).toBeVisible();
  await page.context().clearCookies();
  await page.reload();
  await signInPage(page).signIn(nurse);
  await expect(page).toHaveURL(new RegExp(`/patients/${patient.id}$`));
  await expect(page.getByText(patient.lastName).first()).toBeVisible();
});

test("a changed password ends the other sessions and opens the next one", async ({ hospital, browsers }) => {
  const nurse = await hospital.person("nurse");
  const here = await browsers.signedIn(nurse, "/account");
  const elsewhere = await browsers.signedIn(nurse, "/patients");
  await expect(patientListPage(elsewhere).table).toBeVisible();
  const account = accountPage(here);
  await account.presentPassword.fill("not the present one");
  await account.newPassword.fill("another four words here");
  await account.change.click();
  await expect(account.presentPassword).toHaveAccessibleDescription(/\S/);
  await expect(account.newPassword).toHaveValue("another four words here");
  await account.presentPassword.fill(nurse.password);
  await account.change.click();
  await expect(shell(here).messages).toContainText("The password is changed");
  await expect(account.sessions.locator("tbody").getByRole("row")).toHaveCount(1);
  await elsewhere.reload();
  await expect(signInPage(elsewhere).username).toBeVisible();
  await signInPage(elsewhere).signIn({ ...nurse, password: "another four words here" });
  await expect(patientListPage(elsewhere).table).toBeVisible();
});
