import { expect, test } from "../../fixtures/test.ts";
import { proofDialog } from "../../pages/factor.ts";
import { shell } from "../../pages/shell.ts";
import { personPage } from "../../pages/user.ts";

test("a sensitive step asks who is there, keeps what was entered, and goes on by itself", async ({
  hospital,
  browsers,
}) => {
  const [admin, nurse] = await Promise.all([hospital.person("admin"), hospital.person("nurse")]);
  const page = await browsers.signedIn(admin, `/people/${nurse.id}`);
  // The session is new: its first try is answered as that of an hour ago would be. The proof and the second try are real.
  let refusals = 2;
  await page.route("**/trpc/user.resetPassword*", async (route) => {
    if (refusals-- <= 0) return route.continue();
    await route.fulfill({ status: 401, json: [{ error: { message: "", code: -32001, data: refusal } }] });
  });
  const person = personPage(page);
  const proof = proofDialog(page);
  await person.resetPassword.click();
  const field = person.passwordDialog.getByLabel("New password");
  const submit = person.passwordDialog.getByRole("button", { name: "Set password" });
  await field.fill("a fresh pass phrase of theirs");
  await submit.click();
  await proof.cancel.click();
  await expect(field).toHaveValue("a fresh pass phrase of theirs");
  await expect(person.passwordDialog).toContainText("Confirm that it is you");
  await submit.click();
  await proof.password.fill("not mine");
  await proof.confirm.click();
  await expect(proof.password).toHaveAccessibleDescription(/not your password/);
  await proof.password.fill(admin.password);
  await proof.password.press("Enter");
  await expect(shell(page).messages).toContainText("has a new password");
});

const refusal = {
  code: "reauthentication-required",
  httpStatus: 401,
  title: "Confirm that it is you to go on.",
  detail: null,
  errors: [],
  requestId: "01a20511-9dde-71dd-82e8-d5dda73cfab3",
  retryAfterSeconds: null,
};
