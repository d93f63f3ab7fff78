import type { Page } from "@playwright/test";

/** The person's own second factor, on the account screen. */
export const factorSection = (page: Page) => {
  const section = page.getByRole("region", { name: "Second factor" });
  return {
    section,
    setUp: section.getByRole("button", { name: "Set up app" }),
    remove: section.getByRole("button", { name: "Remove app" }),
    newCodes: section.getByRole("button", { name: "New codes" }),
    setUpDialog: page.getByRole("dialog", { name: "Set up an authenticator app" }),
    codesDialog: page.getByRole("dialog", { name: "Your recovery codes" }),
    removeDialog: page.getByRole("dialog", { name: "Remove the authenticator app?" }),
  };
};

/** The dialog that asks for a fresh proof. */
export const proofDialog = (page: Page) => {
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  return {
    dialog,
    password: dialog.getByRole("textbox", { name: "Your password" }),
    code: dialog.getByRole("textbox", { name: "Code from your authenticator app" }),
    confirm: dialog.getByRole("button", { name: "Confirm" }),
    cancel: dialog.getByRole("button", { name: "Cancel" }),
  };
};

/** The second step of signing in. */
export const secondStep = (page: Page) => ({
  code: page.getByRole("textbox", { name: "Code from your authenticator app" }),
  recoveryCode: page.getByRole("textbox", { name: "Recovery code" }),
  useRecoveryCode: page.getByRole("button", { name: "Use a recovery code" }),
  submit: page.getByRole("button", { name: "Sign in", exact: true }),
});

/** What covers a locked screen. */
export const lockScreen = (page: Page) => {
  const screen = page.getByRole("dialog", { name: "The screen is locked" });
  return {
    screen,
    password: screen.getByRole("textbox", { name: "Your password" }),
    unlock: screen.getByRole("button", { name: "Unlock" }),
  };
};

/** What covers a screen whose session is over. */
export const sessionOver = (page: Page) => {
  const screen = page.getByRole("dialog", { name: "Your session has ended" });
  return { screen, password: screen.getByRole("textbox", { name: "Password" }) };
};
