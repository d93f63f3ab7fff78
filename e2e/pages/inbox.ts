import type { Page } from "@playwright/test";

/** The doctor's home: results that wait for a signature, the chosen one beside the list. */
export const inboxPage = (page: Page) => {
  const list = page.getByRole("list", { name: "Results to review" });
  const signOff = page.getByRole("region", { name: "Sign-off" });
  return {
    list,
    rows: list.getByRole("link"),
    chosen: list.locator("[aria-current=true]"),
    patient: page.getByRole("region", { name: "Patient", exact: true }),
    comment: signOff.getByLabel(/^Comment/),
    empty: page.getByText("All reviewed."),
  };
};
