import { randomUUID } from "node:crypto";
import { expect, test } from "../../fixtures/test.ts";
import { sendOverMllp } from "../../support/mllp.ts";
import { oruMessage } from "../../support/oru-message.ts";

test("an analyser sends over MLLP: the doctor's inbox lights up, and what finds no order is placed by the technician", async ({
  hospital,
  browsers,
}) => {
  test.setTimeout(120_000);
  const [doctor, technician, patient] = await Promise.all([
    hospital.person("doctor"),
    hospital.person("lab_technician"),
    hospital.patient({ firstName: "Jane" }),
  ]);
  const [first, second] = [await hospital.order(doctor, patient), await hospital.order(doctor, patient)];
  const ward = await browsers.signedIn(doctor, "/inbox");
  const lab = await browsers.signedIn(technician, "/unmatched");
  const at = new Date();
  const message = (order: typeof first, value: string) =>
    oruMessage({ controlId: randomUUID().slice(0, 20), patient, order, values: [{ value, flag: "HH" }], at });

  await test.step("a result of an order is filed and stands in the inbox without a reload", async () => {
    expect(await sendOverMllp(message(first, "6.9"))).toContain("MSA|AA|");
    await expect(ward.getByRole("main")).toContainText(first.orderNumber);
  });

  await test.step("one under a misread number is accepted, waits at the desk, and names its likely order", async () => {
    const misread = message({ ...second, orderNumber: "L0000000" }, "7.1");
    const ack = await sendOverMllp(misread);
    expect(ack).toContain("MSA|AA|");
    expect(ack).toContain("ERR||OBR^1^2|204");
    const row = lab.getByRole("row").filter({ hasText: misread.split("|")[9] ?? "" });
    await expect(row).toContainText("Order not found");
    await row.getByRole("link").first().click();
    await expect(lab.getByRole("heading", { name: "Order not found" })).toBeVisible();
    await expect(lab.getByRole("list", { name: "Message as received" })).toContainText("L0000000");
  });

  await test.step("the technician files it with that order, saying why, and the doctor sees it", async () => {
    await lab.getByRole("button", { name: `File with order ${second.orderNumber}` }).click();
    const dialog = lab.getByRole("dialog");
    await dialog.getByRole("button", { name: "File results" }).click();
    await expect(dialog).toContainText("different order");
    await dialog.getByLabel("Why it belongs there").fill("Number misread at the analyser");
    await dialog.getByRole("button", { name: "File results" }).click();
    await expect(dialog).toBeHidden();
    await expect(lab.getByText("Number misread at the analyser")).toBeVisible();
    await ward.goto(`/orders/${second.id}`);
    await expect(ward.getByRole("main")).toContainText("7.1");
  });
});
