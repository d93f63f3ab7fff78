import type { Patient } from "@infirmary/shared/patient";
import { unusualName, unusualSsn } from "../../fixtures/hospital.ts";
import { expect, test } from "../../fixtures/test.ts";
import { chartPage, patientForm, patientListPage } from "../../pages/patient.ts";

test("a nurse registers a patient: wrong fields are marked, the rest stays as typed", async ({
  hospital,
  browsers,
}) => {
  const nurse = await hospital.person("nurse");
  const [lastName, ssn] = [unusualName(), unusualSsn()];
  hospital.secrets.push(lastName);
  const page = await browsers.signedIn(nurse, "/patients");
  await patientListPage(page).register.click();
  const form = patientForm(page);
  await form.lastName.fill(lastName);
  await form.firstName.fill("Ada");
  await form.dateOfBirth.fill("31 january 1980");
  await form.phone.fill("not a number");
  await form.ssn.fill("666-12-3456");
  await form.register.click();
  await expect(form.sex).toHaveAccessibleDescription(/\S/);
  await expect(form.phone).toHaveAccessibleDescription(/digits/);
  await expect(form.ssn).toHaveAccessibleDescription(/nine digits/);
  await expect(form.dateOfBirth).toHaveValue("31-Jan-1980");
  await expect(form.lastName).toHaveValue(lastName);
  await expect(form.phone).toHaveValue("not a number");
  await form.sex.selectOption("Female");
  await form.phone.fill("+1 555 010 0123");
  await form.ssn.fill(ssn);
  await form.register.click();
  const chart = chartPage(page);
  await expect(chart.banner).toContainText("31-Jan-1980");
  await expect(chart.banner).toContainText(/\d{3}-\d{3}-\d/);
  await expect(chart.details).toContainText(`***-**-${ssn.slice(-4)}`);
  const patient = await hospital.admin.get<Patient>(`/patients/${new URL(page.url()).pathname.split("/").at(-1)}/`);
  hospital.keepsafe(patient);
  expect(patient).toMatchObject({ firstName: "Ada", dateOfBirth: "1980-01-31", gender: "female" });
});

test("somebody registered already is shown while one types", async ({ hospital, browsers }) => {
  const [nurse, known] = await Promise.all([hospital.person("nurse"), hospital.patient({ firstName: "Siân" })]);
  const form = patientForm(await browsers.signedIn(nurse, "/patients/new"));
  await form.lastName.fill(known.lastName.toLowerCase());
  await form.firstName.fill("Sian");
  await form.dateOfBirth.fill("1980-01-31");
  await expect(form.duplicates).toContainText("Same name and birth date");
  await expect(form.duplicates.getByRole("link")).toContainText("Siân");
});

test("a national identifier that is registered already asks once more, and keeps what was typed", async ({
  hospital,
  browsers,
}) => {
  const ssn = unusualSsn();
  const [nurse, known] = await Promise.all([hospital.person("nurse"), hospital.patient({ firstName: "Siân", ssn })]);
  const page = await browsers.signedIn(nurse, "/patients/new");
  const form = patientForm(page);
  await form.lastName.fill("Somebody");
  await form.firstName.fill("Else");
  await form.dateOfBirth.fill("02-Feb-1990");
  await form.sex.selectOption("Male");
  await form.ssn.fill(ssn);
  await form.register.click();
  await expect(form.duplicateDialog).toContainText(known.firstName);
  await page.keyboard.press("Escape");
  await expect(form.duplicateDialog).toBeHidden();
  await expect(form.ssn).toHaveValue(ssn);
  await expect(form.firstName).toHaveValue("Else");
});

test("a name that is mistyped, without its accents and the wrong way round still finds the patient", async ({
  hospital,
  browsers,
}) => {
  const lastName = `Ødegård${unusualName()}`;
  const [nurse, patient] = await Promise.all([
    hospital.person("nurse"),
    hospital.patient({ firstName: "Ingrid", lastName }),
  ]);
  const page = await browsers.signedIn(nurse, "/patients");
  const list = patientListPage(page);
  await list.search.fill(`ingird ${lastName.replace("Ø", "O").replace("å", "a").toLowerCase()}`);
  await expect(list.table.locator("tbody").getByRole("row").first()).toContainText(patient.lastName, {
    ignoreCase: true,
  });
  await list.search.fill(patient.mrn);
  await expect(list.table.locator("tbody").getByRole("row")).toHaveCount(1);
  await expect(list.row("Ingrid")).toBeVisible();
});
