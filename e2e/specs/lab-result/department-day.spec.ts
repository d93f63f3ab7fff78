import type { SpecimenDetail } from "@infirmary/shared/specimen";
import { expect, test } from "../../fixtures/test.ts";
import { entryPage, orderSpecimens, specimensPage } from "../../pages/bench.ts";
import { orderPage } from "../../pages/order.ts";

test("the department's day: collected, rejected and collected again, received, entered, verified by a second person, released, seen", async ({
  hospital,
  browsers,
}) => {
  test.setTimeout(120_000);
  const [doctor, nurse, technician, colleague, patient] = await Promise.all([
    hospital.person("doctor"),
    hospital.person("nurse"),
    hospital.person("lab_technician"),
    hospital.person("lab_technician"),
    hospital.patient({ firstName: "Jane" }),
  ]);
  const order = await hospital.order(doctor, patient, {
    testCode: "34528-0",
    testName: "PT panel - Platelet poor plasma by Coagulation assay",
    priority: "STAT",
  });
  const ward = await browsers.signedIn(nurse, `/orders/${order.id}`);
  const bench = await browsers.signedIn(technician, "/bench");
  const desk = specimensPage(bench);
  const tubes = orderSpecimens(ward);
  const barcodes = async () => {
    const { items } = await technician.rest.get<{ items: SpecimenDetail[] }>("/lab/samples/?limit=100");
    return items.filter(({ patientId }) => patientId === patient.id).map(({ barcode }) => barcode);
  };

  await test.step("the nurse collects and gets a label with both codes", async () => {
    await tubes.collect.click();
    await tubes.confirm.click();
    await expect(tubes.code128).toBeVisible();
    await expect(tubes.qr).toBeVisible();
    await tubes.done.click();
    await expect(tubes.section).toContainText("Collected");
  });

  await test.step("the laboratory turns the tube away, the ward sees why and collects again", async () => {
    const [barcode = ""] = await barcodes();
    await bench.goto("/specimens");
    await desk.row(barcode).getByRole("link").click();
    await bench.getByRole("button", { name: "Reject", exact: true }).click();
    const dialog = bench.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Reason" }).or(dialog.getByLabel("Reason")).first().click();
    await bench.getByRole("option", { name: "Hemolyzed" }).click();
    await dialog.getByRole("button", { name: "Reject tube" }).click();
    await expect(tubes.section).toContainText("Hemolyzed");
    await tubes.collectAgain.click();
    await tubes.confirm.click();
    await tubes.done.click();
    await expect(tubes.collectAgain).toBeHidden();
  });

  await test.step("a wrong kind of code says so; the tube's own code receives it and starts the order", async () => {
    await bench.goto("/specimens");
    await desk.scan.fill(order.orderNumber);
    await desk.receive.click();
    await expect(desk.fault).toContainText("the number of an order, not the number of a tube");
    const [barcode = ""] = await barcodes();
    await desk.scan.fill(barcode);
    await desk.scan.press("Enter");
    await expect(desk.row(barcode)).toBeHidden();
    await expect(orderPage(ward).present).toContainText("In progress");
  });

  const doctorsPage = await browsers.signedIn(doctor, `/orders/${order.id}`);
  await test.step("values are typed down the grid with live flags; nobody outside sees them", async () => {
    await bench.goto(`/bench/${order.id}`);
    const grid = entryPage(bench);
    await grid.value("Prothrombin time").fill("41.0");
    await expect(grid.row("Prothrombin time")).toContainText("HH ↑↑ CRITICAL");
    await grid.value("Prothrombin time").press("Enter");
    await expect(grid.value("INR")).toBeFocused();
    await grid.value("INR").fill("1.0");
    await expect(grid.row("INR")).toContainText("in range");
    await grid.value("INR").press("Enter");
    await expect(grid.row("INR")).toContainText("Somebody else verifies it");
    await expect(grid.row("Prothrombin time")).toContainText("Somebody else verifies it");
    await expect(grid.verifyAll).toBeHidden();
    await expect(orderPage(doctorsPage).value("Prothrombin time")).toBeHidden();
  });

  await test.step("a second person verifies and releases; the doctor sees them without a reload", async () => {
    const second = await browsers.signedIn(colleague, `/bench/${order.id}`);
    const grid = entryPage(second);
    await grid.verifyAll.click();
    await expect(grid.row("INR")).toContainText("Verified");
    await grid.releaseAll.click();
    await expect(grid.row("INR")).toContainText("Released");
    await expect(orderPage(doctorsPage).value("Prothrombin time")).toContainText("41.0");
    await expect(orderPage(doctorsPage).value("Prothrombin time")).toContainText("HH ↑↑ CRITICAL");
    await expect(orderPage(doctorsPage).present).toContainText("To review");
  });
});
