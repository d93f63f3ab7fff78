import { expect, test } from "../../fixtures/test.ts";
import { signInPage } from "../../pages/account.ts";
import { inboxPage } from "../../pages/inbox.ts";
import { orderForm } from "../../pages/order.ts";
import { chartPage } from "../../pages/patient.ts";
import { shell } from "../../pages/shell.ts";

test("a doctor works without a mouse: sign in, find, open, order, acknowledge, look a key up", async ({
  hospital,
  browsers,
}) => {
  const [doctor, technician, patient] = await Promise.all([
    hospital.person("doctor"),
    hospital.person("lab_technician"),
    hospital.patient(),
  ]);
  const [critical, plain] = [await hospital.order(doctor, patient), await hospital.order(doctor, patient)];
  await hospital.file(technician, patient, critical, [{ value: "6.9", flag: "HH" }]);
  await hospital.file(technician, patient, plain, [{ value: "4.1", flag: "N" }]);
  const page = await browsers.anonymous();
  const { keyboard } = page;
  const inbox = inboxPage(page);

  await test.step("sign in", async () => {
    await expect(signInPage(page).username).toBeFocused();
    await keyboard.type(doctor.username);
    await keyboard.press("Tab");
    await keyboard.type(doctor.password);
    await keyboard.press("Enter");
    await expect(shell(page).title).toHaveText("Inbox");
    await expect(inbox.rows).toHaveCount(2);
  });

  await test.step("find a patient from anywhere and open the chart", async () => {
    await keyboard.press("Control+k");
    await expect(shell(page).paletteField).toBeFocused();
    await keyboard.type(patient.lastName);
    await expect(shell(page).paletteItems.first()).toContainText(patient.lastName, { ignoreCase: true });
    await keyboard.press("Enter");
    await expect(chartPage(page).banner).toContainText(patient.firstName);
  });

  await test.step("order a test", async () => {
    const form = orderForm(page);
    await keyboard.press("n");
    await expect(form.test).toBeFocused();
    await keyboard.type("potassium");
    await expect(form.option(/^Potassium/).first()).toBeVisible();
    await keyboard.press("Enter");
    await expect(form.repeatWarning).toBeVisible();
    await form.notes.focus();
    await keyboard.type("After the correction");
    await keyboard.press("Tab");
    await expect(form.submit).toBeFocused();
    await keyboard.press("Enter");
    await expect(form.number).toBeVisible();
  });

  await test.step("walk the inbox, comment on the critical value, acknowledge, and the next one", async () => {
    await keyboard.press("g");
    await keyboard.press("i");
    await expect(inbox.chosen).toContainText("CRITICAL");
    await keyboard.press("j");
    await expect(inbox.chosen).not.toContainText("CRITICAL");
    await keyboard.press("k");
    await expect(inbox.chosen).toContainText("CRITICAL");
    await keyboard.press("a");
    await expect(inbox.comment).toBeFocused();
    await expect(inbox.comment).toHaveAccessibleDescription(/needs a comment/);
    await keyboard.type("Treated at the bedside");
    await keyboard.press("Control+Enter");
    await expect(inbox.rows).toHaveCount(1);
    await expect(inbox.chosen).not.toContainText("CRITICAL");
    await page.locator("body").press("a");
    await expect(inbox.empty).toBeVisible();
  });

  await test.step("look the keys of a screen up", async () => {
    await keyboard.press("Shift+?");
    await expect(shell(page).shortcuts).toContainText("Search patients, screens, actions");
    await keyboard.press("Escape");
    await expect(shell(page).shortcuts).toBeHidden();
  });
});
