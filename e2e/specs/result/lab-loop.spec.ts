import { randomUUID } from "node:crypto";
import type { Order } from "@infirmary/shared/order";
import { expect, test } from "../../fixtures/test.ts";
import { orderForm, orderListPage, orderPage } from "../../pages/order.ts";
import { chartPage, patientListPage } from "../../pages/patient.ts";
import { shell } from "../../pages/shell.ts";
import { uploadPage } from "../../pages/upload.ts";
import { oruMessage, type Value } from "../../support/oru-message.ts";

test("a day in the laboratory: ordered, worked on, uploaded, seen at once, signed off, corrected", async ({
  hospital,
  browsers,
}) => {
  test.setTimeout(120_000);
  const [doctor, technician, patient, stranger] = await Promise.all([
    hospital.person("doctor"),
    hospital.person("lab_technician"),
    hospital.patient({ firstName: "Jane" }),
    hospital.patient({ firstName: "Sam", gender: "male" }),
  ]);
  const ward = await browsers.signedIn(doctor, "/patients");
  const lab = await browsers.signedIn(technician, "/");
  const [order, worklist, upload] = [orderPage(ward), orderListPage(lab), uploadPage(lab)];
  const taken = new Date();
  const controlId = () => randomUUID().slice(0, 20);
  let placed: Order;

  await test.step("the doctor finds the patient and orders a potassium, STAT", async () => {
    await patientListPage(ward).search.fill(patient.lastName);
    await patientListPage(ward).row(patient.lastName).getByRole("link").click();
    await chartPage(ward).order.click();
    const form = orderForm(ward);
    await form.submit.click();
    await expect(form.test).toHaveAccessibleDescription(/Choose a test/);
    await form.test.fill("potas");
    await form
      .option(/^Potassium/)
      .first()
      .click();
    await form.priority("STAT").check();
    await form.notes.fill("On spironolactone");
    await form.submit.click();
    await expect(form.number).toBeVisible();
    const orderNumber = await form.number.textContent();
    const { items } = await doctor.rest.get<{ items: Order[] }>(`/lab-orders/?patientId=${patient.id}`);
    expect(items.map((item) => item.orderNumber)).toEqual([orderNumber]);
    placed = items[0] as Order;
    await form.number.click();
    await expect(order.present).toContainText("Ordered");
  });

  await test.step("it is on the worklist without a reload, and starting it shows on the doctor's screen", async () => {
    await expect(worklist.row(placed.orderNumber)).toContainText("STAT");
    await worklist.start(placed.orderNumber).click();
    await expect(order.present).toContainText("In progress");
  });

  const others = [await hospital.order(doctor, patient), await hospital.order(doctor, patient)];
  const potassium: Value = { value: "6.9", flag: "HH" };
  const messageFor = (of: Order, values: Value[] = [potassium], about = patient) =>
    oruMessage({ controlId: controlId(), patient: about, order: of, values, at: taken });

  await test.step("the technician drops five files: each says whose it is, what it brings and what is wrong", async () => {
    await worklist.uploadFor(placed.orderNumber).click();
    await upload.drop([
      { name: "good.hl7", text: messageFor(placed) },
      { name: "stranger.hl7", text: messageFor(placed, [potassium], stranger) },
      { name: "no-status.hl7", text: messageFor(placed, [{ ...potassium, status: "" }]) },
      { name: "letter.txt", text: "Dear colleagues, please find attached nothing at all." },
      { name: "batch.hl7", text: others.map((other) => messageFor(other, [{ value: "4.1", flag: "N" }])).join("") },
    ]);
    await expect(upload.row("good.hl7")).toContainText("Ready");
    await expect(upload.row("good.hl7")).toContainText("1 CRITICAL");
    await expect(upload.row("stranger.hl7")).toContainText("WRONG PATIENT");
    await expect(upload.row("stranger.hl7")).toContainText("Cannot be filed");
    await expect(upload.row("no-status.hl7")).toContainText("Cannot be filed");
    await expect(upload.row("letter.txt")).toContainText("This is no HL7 message");
    await expect(upload.row("batch.hl7, message 1 of 2")).toContainText(others[0]?.orderNumber ?? "");
    await expect(upload.row("batch.hl7, message 2 of 2")).toContainText(others[1]?.orderNumber ?? "");
  });

  await test.step("a faulty message shows where it is faulty, and why", async () => {
    await upload.toggle("no-status.hl7");
    await expect(upload.problems).toContainText("OBX[1]-11");
    await expect(upload.message("no-status.hl7").locator("mark")).toContainText(["OBX[1]-11"]);
    await upload.toggle("no-status.hl7");
  });

  await test.step("confirming files the good ones; value and flag are on the doctor's screen without a reload", async () => {
    await ward.evaluate(() => document.body.setAttribute("data-not-reloaded", ""));
    await expect(upload.confirm).toHaveText("Confirm 3 of 6");
    await upload.confirm.click();
    await expect(order.value("Potassium")).toContainText("6.9");
    await expect(order.value("Potassium")).toContainText("HH ↑↑ CRITICAL");
    await expect(ward.locator("body")).toHaveAttribute("data-not-reloaded");
    await expect(upload.row("good.hl7")).toContainText("Filed ✓");
    await expect(upload.row("batch.hl7, message 2 of 2")).toContainText("Filed ✓");
    await expect(shell(ward).bell).toHaveAccessibleName(/[1-9]\d* new/);
  });

  await test.step("the same file once more is recognised and files nothing", async () => {
    await expect(upload.confirm).toHaveText("Confirm 0 of 6");
    await expect(upload.confirm).toBeDisabled();
  });

  await test.step("the doctor signs the critical value off, which takes a comment", async () => {
    await order.sign.click();
    await expect(order.comment).toHaveAccessibleDescription(/needs a comment/);
    await order.comment.fill("Called the ward, calcium given");
    await order.sign.click();
    await expect(order.present).toContainText("Reviewed");
    await expect(order.steps).toContainText("Called the ward, calcium given");
  });

  await test.step("a correction reopens the order, and the old value stays readable, struck through", async () => {
    await upload.drop([
      { name: "corrected.hl7", text: messageFor(placed, [{ value: "4.9", flag: "N", status: "C" }]) },
    ]);
    await expect(upload.row("corrected.hl7")).toContainText("1 replaces a value");
    await upload.confirm.click();
    await expect(order.value("Potassium")).toContainText("4.9");
    await expect(order.value("Potassium").getByRole("deletion")).toContainText("6.9");
    await expect(order.value("Potassium")).toContainText("Corrected");
    await expect(order.present).toContainText("To review");
    await expect(order.steps).toContainText("changed after a sign-off");
    await expect(ward.locator("body")).toHaveAttribute("data-not-reloaded");
  });
});
