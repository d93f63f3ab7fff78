import { expect, test } from "../../fixtures/test.ts";
import { orderListPage, orderPage } from "../../pages/order.ts";
import { chartPage } from "../../pages/patient.ts";

test("a nurse sees results as they come in, in her list and in the chart, and is not offered to sign them off", async ({
  hospital,
  browsers,
}) => {
  const [nurse, doctor, technician, patient] = await Promise.all([
    hospital.person("nurse"),
    hospital.person("doctor"),
    hospital.person("lab_technician"),
    hospital.patient(),
  ]);
  const page = await browsers.signedIn(nurse, "/");
  const list = orderListPage(page);
  await expect(list.table).toBeVisible();
  const order = await hospital.order(doctor, patient, { priority: "URGENT" });
  await expect(list.row(order.orderNumber)).toContainText("Ordered");
  await hospital.file(technician, patient, order, [{ value: "2.1", flag: "LL" }]);
  await expect(list.row(order.orderNumber)).toContainText("1 CRITICAL");
  await list.row(order.orderNumber).getByRole("link").first().click();
  await expect(orderPage(page).value("Potassium")).toContainText("LL ↓↓ CRITICAL");
  await expect(orderPage(page).signOff).toHaveCount(0);
  await expect(orderPage(page).cancel).toHaveCount(0);
  await expect(page.getByRole("link", { name: /^(Order|Upload)/ })).toHaveCount(0);
  await page.goto(`/patients/${patient.id}`);
  await expect(chartPage(page).results).toContainText("2.1");
});
