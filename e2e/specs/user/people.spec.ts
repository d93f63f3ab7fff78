import type { User } from "@infirmary/shared/user";
import { unusualName } from "../../fixtures/hospital.ts";
import { expect, test } from "../../fixtures/test.ts";
import { signInPage } from "../../pages/account.ts";
import { sessionOver } from "../../pages/factor.ts";
import { patientListPage } from "../../pages/patient.ts";
import { shell } from "../../pages/shell.ts";
import { peoplePage, personPage } from "../../pages/user.ts";

test("an administrator approves an account that waits, with a role, and the person can work at once", async ({
  hospital,
  browsers,
}) => {
  const name = unusualName();
  const account = { username: name.toLowerCase(), password: "four words are enough" };
  const asked = { ...account, fullName: `Robin ${name}`, email: `${name}@example.org` };
  const { id } = await hospital.admin.post<User>("/auth/register/", asked);
  hospital.keepAccount(id);
  const admin = await hospital.person("admin");
  const page = await browsers.signedIn(admin, "/people");
  await peoplePage(page).search.fill(account.username);
  await peoplePage(page).open(asked.fullName);
  const person = personPage(page);
  await person.approve.click();
  await expect(page.getByText("Choose at least one role.")).toBeVisible();
  await person.role("Nurse").check();
  await person.facilities.first().check();
  await person.approve.click();
  await expect(shell(page).messages).toContainText(`Approved ${asked.fullName}`);

  const theirs = await browsers.anonymous();
  await signInPage(theirs).signIn(account);
  await expect(shell(theirs).navigation.getByRole("link", { name: "Patients" })).toBeVisible();
  await expect(shell(theirs).navigation.getByRole("link", { name: "People" })).toHaveCount(0);
});

test("a reset password, an ended session and a deactivated account each throw the person out", async ({
  hospital,
  browsers,
}) => {
  const [admin, nurse] = await Promise.all([hospital.person("admin"), hospital.person("nurse")]);
  const theirs = await browsers.signedIn(nurse, "/patients");
  await expect(patientListPage(theirs).table).toBeVisible();
  const page = await browsers.signedIn(admin, `/people/${nurse.id}`);
  const person = personPage(page);

  await test.step("an ended session", async () => {
    await person.endSessions.click();
    await person.dialog.getByRole("button", { name: "End all sessions" }).click();
    await expect(shell(page).messages).toContainText(/Ended \d+ session/);
    await patientListPage(theirs).search.fill("anybody");
    const over = sessionOver(theirs);
    await over.password.fill(nurse.password);
    await over.password.press("Enter");
    await expect(over.screen).toBeHidden();
    await expect(patientListPage(theirs).search).toHaveValue("anybody");
  });

  await test.step("a reset password", async () => {
    await person.resetPassword.click();
    await person.passwordDialog.getByLabel("New password").fill("short");
    await person.passwordDialog.getByRole("button", { name: "Set password" }).click();
    await expect(person.passwordDialog.getByLabel("New password")).toHaveAccessibleDescription(
      /at least 1[25] characters/i,
    );
    await person.passwordDialog.getByLabel("New password").fill("a fresh pass phrase");
    await person.passwordDialog.getByRole("button", { name: "Set password" }).click();
    await expect(shell(page).messages).toContainText("has a new password");
    await theirs.reload();
    await signInPage(theirs).signIn(nurse);
    await expect(signInPage(theirs).refusal).toContainText("not right");
    await signInPage(theirs).signIn({ ...nurse, password: "a fresh pass phrase" });
    await expect(patientListPage(theirs).table).toBeVisible();
  });

  await test.step("a deactivated account", async () => {
    await person.deactivate.click();
    await person.dialog.getByRole("button", { name: "Deactivate account" }).click();
    await expect(person.activate).toBeVisible();
    await theirs.reload();
    await signInPage(theirs).signIn({ ...nurse, password: "a fresh pass phrase" });
    await expect(signInPage(theirs).refusal).toContainText("not active");
  });
});

test("changed roles show after the next sign-in, and nobody deactivates the own account", async ({
  hospital,
  browsers,
}) => {
  const [admin, person] = await Promise.all([hospital.person("admin"), hospital.person("nurse")]);
  const page = await browsers.signedIn(admin, `/people/${person.id}`);
  const form = personPage(page);
  await form.role("Doctor").check();
  await form.save.click();
  await expect(shell(page).messages).toContainText("Saved");
  const theirs = await browsers.signedIn(person, "/");
  await expect(shell(theirs).navigation.getByRole("link", { name: "Inbox" })).toBeVisible();
  await page.goto(`/people/${admin.id}`);
  await expect(form.deactivate).toBeDisabled();
});
