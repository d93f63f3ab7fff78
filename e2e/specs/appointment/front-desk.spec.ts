import type { Appointment } from "@infirmary/shared/appointment";
import type { QueueEntry, ServicePoint } from "@infirmary/shared/queue";
import { expect, test } from "../../fixtures/test.ts";
import { calendar, queue } from "../../pages/appointment.ts";
import { settled } from "../../pages/settled.ts";

const minuteMs = 60_000;

test("the front desk books, moves, checks in and calls a patient, and the doctor begins", async ({
  hospital,
  browsers,
}) => {
  const [nurse, doctor, patient, other] = await Promise.all([
    hospital.person("nurse"),
    hospital.person("doctor"),
    hospital.patient(),
    hospital.patient(),
  ]);
  await hospital.hours(doctor);
  const desk = await browsers.signedIn(nurse, "/appointments");
  const at = calendar(desk);
  await settled(desk);
  await desk.keyboard.press("]");
  const watch = await browsers.signedIn(doctor, "/appointments");
  await settled(watch);
  await watch.keyboard.press("]");
  await expect(calendar(watch).title).toHaveText((await at.title.textContent()) ?? "");

  await test.step("books a free time; the doctor's open calendar shows it by itself", async () => {
    await desk.keyboard.press("n");
    await at.dialog.getByRole("combobox").fill(patient.lastName);
    await desk.getByRole("option", { name: new RegExp(patient.lastName, "i") }).click();
    await at.dialog.getByLabel("Visit type").fill("Follow-up");
    await at.dialog.getByLabel("Doctor").selectOption({ label: doctor.fullName });
    await at.dialog.getByRole("group", { name: "Free times" }).getByRole("button", { name: "10:00" }).click();
    await at.dialog.getByRole("button", { name: "Book" }).click();
    await expect(at.block(patient.lastName)).toContainText("10:00");
    await expect(calendar(watch).block(patient.lastName)).toContainText("10:00");
  });

  await test.step("moves it by keys, takes that back, and drags it", async () => {
    await at.block(patient.lastName).focus();
    await desk.keyboard.press("m");
    for (let step = 1; step <= 3; step++) await desk.keyboard.press("ArrowDown");
    await expect(at.ghostText).toContainText("10:15");
    await desk.keyboard.press("Enter");
    await expect(at.messages).toContainText("Moved to");
    await expect(calendar(watch).block(patient.lastName)).toContainText("10:15");
    await at.messages.getByRole("button", { name: /^Undo/ }).click();
    await expect(at.block(patient.lastName)).toContainText("10:00");
    const box = await at.block(patient.lastName).boundingBox();
    if (!box) throw new Error("The appointment is not on the screen.");
    await desk.mouse.move(box.x + 40, box.y + box.height / 2);
    await desk.mouse.down();
    await desk.mouse.move(box.x + 40, box.y + box.height / 2 + 20);
    // A row of 24 px is a quarter of an hour: two rows down.
    await desk.mouse.move(box.x + 40, box.y + box.height / 2 + 48);
    await desk.mouse.up();
    await expect(at.block(patient.lastName)).toContainText("10:30");
  });

  await test.step("is told kindly that a time is taken, with the next free ones", async () => {
    const { items } = await nurse.rest.get<{ items: Appointment[] }>(`/appointments/?patientId=${patient.id}`);
    const start = Date.parse(items[0]?.start ?? "") + 60 * minuteMs;
    await hospital.appointment(nurse, { patient: other, doctor, start });
    await expect(at.block(other.lastName)).toContainText("11:30");
    await at.block(patient.lastName).click();
    await at.dialog.getByRole("button", { name: "Move" }).click();
    await at.dialog.getByRole("textbox", { name: "Time" }).fill("11:30");
    await at.dialog.getByRole("button", { name: "Move" }).click();
    await expect(at.dialog.getByRole("alert")).toContainText("This time is taken");
    await at.dialog
      .getByRole("group", { name: "Next free times" })
      .getByRole("button", { name: /11:45$/ })
      .click();
    await at.dialog.getByRole("button", { name: "Move" }).click();
    await expect(at.block(patient.lastName)).toContainText("11:45");
  });

  const board = await browsers.anonymous(`/waiting-room#${await hospital.display()}`);
  await test.step("checks in: the patient has a number, in the queue and in the waiting room", async () => {
    await at.block(patient.lastName).click();
    await at.dialog.getByRole("button", { name: "Check in" }).click();
    await expect(at.block(patient.lastName)).toContainText("Checked in");
    await desk.goto("/queue");
    await expect(queue(desk).row(patient.lastName)).toContainText("0 min");
  });
  const { items: waiting } = await nurse.rest.get<{ items: QueueEntry[] }>("/queue/");
  const entry = waiting.find(({ patientId }) => patientId === patient.id);
  const ticket = entry?.ticket ?? "";
  await expect(board.getByRole("region", { name: "Waiting" })).toContainText(ticket);

  await test.step("calls the patient, takes it back, calls again; nobody's name is on the board", async () => {
    const { items: points } = await nurse.rest.get<{ items: ServicePoint[] }>("/service-points/");
    const place = points.find(({ isActive }) => isActive)?.name ?? "";
    const row = queue(desk).row(patient.lastName);
    await row.getByRole("button", { name: `Call ${ticket}` }).click();
    await expect(row).toContainText(`Called to ${place}`);
    await expect(board.getByRole("region", { name: "Please come" })).toContainText(ticket);
    await calendar(desk).messages.getByRole("button", { name: /^Undo/ }).click();
    await expect(row).toContainText("Waiting");
    await row.getByRole("button", { name: `Call ${ticket}` }).click();
    await expect(row).toContainText(`Called to ${place}`);
    await expect(board.getByRole("main")).not.toContainText(patient.lastName);
  });

  await test.step("and is gone from the queue when the doctor begins", async () => {
    await watch.goto(`/encounters/${entry?.encounterId}`);
    await watch.getByRole("button", { name: "Start consultation" }).click();
    await expect(queue(desk).row(patient.lastName)).toHaveCount(0);
    await expect(board.getByRole("main")).not.toContainText(ticket);
  });
});
