import type { Page } from "@playwright/test";

/** The calendar, its dialogs, and the queue. */
export const calendar = (page: Page) => ({
  title: page.getByRole("heading", { level: 2 }).first(),
  dialog: page.getByRole("dialog"),
  /** The appointment of a patient on the day. */
  block: (lastName: string) => page.locator("button[data-status]").filter({ hasText: lastName.toUpperCase() }),
  ghostText: page.getByText(/^Moving .* Enter puts it down/),
  messages: page.getByRole("status", { name: "Messages" }),
});

export const queue = (page: Page) => ({
  row: (lastName: string) => page.getByRole("row").filter({ hasText: lastName.toUpperCase() }),
});
