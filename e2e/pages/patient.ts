import type { Page } from "@playwright/test";

export const patientListPage = (page: Page) => {
  const table = page.getByRole("table", { name: "Patients" });
  return {
    search: page.getByRole("searchbox", { name: "Search" }),
    table,
    row: (name: string) => table.getByRole("row").filter({ hasText: name }),
    register: page.getByRole("link", { name: "Register patient" }),
  };
};

/** The form for a new patient or for changed details. */
export const patientForm = (page: Page) => ({
  lastName: page.getByLabel("Last name"),
  firstName: page.getByLabel("First name"),
  dateOfBirth: page.getByLabel("Date of birth"),
  sex: page.getByLabel("Sex"),
  phone: page.getByLabel("Phone (optional)"),
  email: page.getByLabel("E-mail (optional)"),
  address: page.getByLabel("Address (optional)"),
  ssn: page.getByLabel("National identifier, SSN (optional)"),
  register: page.getByRole("button", { name: "Register patient" }),
  save: page.getByRole("button", { name: "Save details" }),
  duplicates: page.getByRole("complementary", { name: "Already registered?" }),
  duplicateDialog: page.getByRole("dialog", { name: "This person seems to be registered already" }),
  registerAnyway: page.getByRole("button", { name: "Register anyway" }),
  staleDialog: page.getByRole("dialog", { name: "Someone changed this patient while you were typing" }),
  keepMine: page.getByRole("button", { name: "Keep what I typed, then check and save" }),
});

export const chartPage = (page: Page) => {
  const banner = page.getByRole("region", { name: "Patient", exact: true });
  const details = page.getByRole("region", { name: "Details" });
  const reveal = page.getByRole("dialog", { name: "Show the national identifier" });
  return {
    banner,
    details,
    results: page.getByRole("region", { name: "Results over time" }),
    edit: page.getByRole("link", { name: "Change details" }),
    order: page.getByRole("link", { name: "Order lab test" }),
    showSsn: details.getByRole("button", { name: "Show" }),
    reveal,
    revealReason: reveal.getByLabel("Reason"),
    revealNow: reveal.getByRole("button", { name: /^Show for/ }),
  };
};
