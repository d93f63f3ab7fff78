import { expect, test } from "../../fixtures/test.ts";
import { documents } from "../../pages/document.ts";
import { settled } from "../../pages/settled.ts";
import { expectAccessible } from "../../support/expect-accessible.ts";

test("a note saves itself, meets its other window, blocks the close gate, is signed, added to and compared", async ({
  hospital,
  browsers,
}) => {
  const [doctor, patient] = await Promise.all([hospital.person("doctor"), hospital.patient()]);
  const visit = await hospital.visit(doctor, patient);
  await doctor.rest.post(`/encounters/${visit.id}/start-consult/`, {});
  const page = await browsers.signedIn(doctor, `/encounters/${visit.id}`);
  const note = documents(page);

  await test.step("it is saved while it is written, and a closed window loses nothing", async () => {
    await note.begin("SOAP note");
    await note.part("Subjective").fill("Cough for three days");
    await note.part("Assessment").fill("Bronchitis");
    await expect(note.state).toHaveText(/^Saved \d\d:\d\d$/);
    await note.part("Plan").fill("Rest");
    await page.reload();
    await expect(note.part("Assessment")).toHaveValue("Bronchitis");
    await expect(note.part("Plan")).toHaveValue("Rest");
  });

  await test.step("two windows meet: both texts are shown, and both can be kept", async () => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    const there = documents(other);
    await expect(there.part("Plan")).toHaveValue("Rest");
    await there.part("Plan").fill("Rest and fluids");
    await expect(there.state).toHaveText(/^Saved/);
    // What this window believes to go on from is one saving behind.
    await note.part("Plan").fill("Antibiotics");
    await expect(note.dialog).toContainText("Rest and fluids");
    await expect(note.dialog).toContainText("Antibiotics");
    await note.dialog.getByRole("button", { name: "Keep both" }).click();
    await expect(note.part("Plan")).toHaveValue("Rest and fluids\n\nAntibiotics");
    await expect(note.state).toHaveText(/^Saved/);
    await other.close();
  });

  await test.step("the close gate names it and leads to it; signed, it is open no more", async () => {
    await page.getByRole("button", { name: "Close document" }).click();
    await page.getByRole("link", { name: "Not signed: SOAP note." }).click();
    await note.sign.click();
    await note.confirm.click();
    await expect(note.panel).toContainText(`Signed by ${doctor.fullName}`);
    await expect(page.getByRole("link", { name: "Not signed: SOAP note." })).toHaveCount(0);
    await expect(page.getByRole("list", { name: "Timeline" })).toContainText("SOAP note signed");
  });

  await test.step("an addendum is a version of its own, and any two stand side by side", async () => {
    await note.panel.getByRole("button", { name: "Amend or add" }).click();
    await note.dialog.getByLabel("Reason").fill("Culture came back");
    await note.dialog.getByRole("button", { name: "Begin" }).click();
    await note.part("Addendum (version 2)").fill("Sputum culture negative.");
    await note.sign.click();
    await note.confirm.click();
    await note.panel.getByRole("button", { name: "Compare versions" }).click();
    await expect(note.dialog.getByRole("insertion")).toHaveText("Sputum culture negative.");
    await note.dialog.getByRole("button", { name: "Close" }).click();
    const saving = page.waitForEvent("download");
    await note.panel.getByRole("button", { name: "Save PDF" }).click();
    expect((await saving).suggestedFilename()).toMatch(/^soap-note-.*-v2\.pdf$/);
    await settled(page);
    await expectAccessible(page, "visit with a signed note");
  });
});
