import type { Page } from "@playwright/test";

export const peoplePage = (page: Page) => {
  const table = page.getByRole("table", { name: "People" });
  return {
    search: page.getByRole("searchbox", { name: "Name, user name or e-mail" }),
    table,
    open: (fullName: string) => table.getByRole("link", { name: fullName }).click(),
    waiting: page.getByRole("table", { name: "Accounts that wait for approval" }),
  };
};

export const personPage = (page: Page) => ({
  role: (name: string) => page.getByRole("checkbox", { name }),
  facilities: page.getByRole("group", { name: "Facilities" }).getByRole("checkbox"),
  approve: page.getByRole("button", { name: "Approve account" }),
  save: page.getByRole("button", { name: "Save changes" }),
  resetPassword: page.getByRole("button", { name: "Reset password" }),
  passwordDialog: page.getByRole("dialog", { name: /^New password for/ }),
  endSessions: page.getByRole("button", { name: "End all sessions" }),
  deactivate: page.getByRole("button", { name: "Deactivate account" }),
  activate: page.getByRole("button", { name: "Activate account", exact: true }),
  dialog: page.getByRole("dialog"),
  sessions: page.getByRole("table", { name: "Sessions" }),
  whatTheyDid: page.getByRole("link", { name: "What this person did" }),
});
