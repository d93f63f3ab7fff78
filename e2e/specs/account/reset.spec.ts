import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { unusualName } from "../../fixtures/hospital.ts";
import { expect, test } from "../../fixtures/test.ts";
import { signInPage } from "../../pages/account.ts";
import { shell } from "../../pages/shell.ts";
import { peoplePage } from "../../pages/user.ts";
import { dataFolder } from "../../support/settings.ts";

/** The link in the newest mail to an address, as it lies in the data folder of a product without a mail server. */
async function linkIn(folder: string, address: string): Promise<string | null> {
  const names = await readdir(join(folder, "mail")).catch(() => []);
  for (const name of names
    .filter((file) => file.endsWith(".eml"))
    .sort()
    .reverse()) {
    const mail = await readFile(join(folder, "mail", name), "utf8");
    if (mail.toLowerCase().includes(address.toLowerCase()))
      return /https?:\/\/\S+\/(?:reset|invitation)#\S+/.exec(mail)?.[0] ?? null;
  }
  return null;
}

test("who forgot the password sets a new one by the mailed link, once", async ({ hospital, browsers }) => {
  test.skip(!dataFolder, "the mails of a product elsewhere cannot be read");
  const nurse = await hospital.person("nurse");
  const page = await browsers.anonymous();
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("User name or e-mail").fill(nurse.username);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("If the account exists, a mail is on its way");
  const find = () => linkIn(dataFolder ?? "", `${nurse.username}@example.org`);
  await expect.poll(find).not.toBeNull();
  const link = (await find()) ?? "";

  await page.goto(link);
  const field = page.getByRole("textbox", { name: "New password" });
  await expect(page).toHaveURL(/\/reset$/);
  await field.fill("too short");
  await expect(page.getByText("6 more characters.")).toBeVisible();
  await field.fill("another four words here");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("Your new password is set");

  const late = await browsers.anonymous();
  await late.goto(link);
  await late.getByRole("textbox", { name: "New password" }).fill("yet another four words");
  await late.getByRole("button", { name: "Set the password" }).click();
  await expect(late.getByRole("main").getByRole("alert")).toContainText("This link is no longer good");

  await page.getByRole("main").getByRole("link", { name: "Sign in", exact: true }).click();
  await signInPage(page).signIn({ ...nurse, password: "another four words here" });
  await expect(shell(page).navigation.getByRole("link", { name: "Patients" })).toBeVisible();
});

test("an invited person chooses the password by the mailed link and works at once", async ({ hospital, browsers }) => {
  test.skip(!dataFolder, "the mails of a product elsewhere cannot be read");
  const admin = await hospital.person("admin");
  const page = await browsers.signedIn(admin, "/people/new");
  const name = unusualName();
  const username = name.toLowerCase();
  await page.getByLabel("Full name").fill(`Nora ${name}`);
  await page.getByLabel("E-mail").fill(`${username}@example.org`);
  await page.getByRole("checkbox", { name: "Nurse" }).check();
  await page.getByLabel("User name").fill(username);
  await page.getByRole("button", { name: "Add person" }).click();
  await expect(shell(page).messages).toContainText("An invitation is on its way");
  await peoplePage(page).search.fill(username);
  await peoplePage(page).open(`Nora ${name}`);
  await page.waitForURL(/\/people\/[0-9a-f-]{36}$/);
  hospital.keepAccount(page.url().slice(-36));
  const find = () => linkIn(dataFolder ?? "", `${username}@example.org`);
  await expect.poll(find).not.toBeNull();

  await page.reload();
  await expect(page.getByText("Good until")).toBeVisible();
  const theirs = await browsers.anonymous();
  await theirs.goto((await find()) ?? "");
  await theirs.getByRole("textbox", { name: "New password" }).fill("four words of my own");
  await theirs.getByRole("button", { name: "Set the password" }).click();
  await theirs.getByRole("main").getByRole("status").getByRole("link", { name: "Sign in" }).click();
  await signInPage(theirs).signIn({ username, password: "four words of my own" });
  await expect(shell(theirs).navigation.getByRole("link", { name: "Patients" })).toBeVisible();
  await page.reload();
  await expect(page.getByText("Good until")).toBeHidden();
});
