import type { Page } from "@playwright/test";

export const auditPage = (page: Page) => {
  const table = page.getByRole("table", { name: "Audit log" });
  return {
    table,
    rows: table.locator("tbody").getByRole("row"),
    person: page.getByLabel("Person"),
    action: page.getByLabel("Action"),
    choosePatient: page.getByRole("button", { name: "Choose a patient" }),
    patientField: page.getByRole("dialog").getByRole("combobox"),
    clear: page.getByRole("button", { name: "Clear filters" }),
    exportCsv: page.getByRole("link", { name: "Export as CSV" }),
  };
};
