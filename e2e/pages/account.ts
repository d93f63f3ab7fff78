import type { Page } from "@playwright/test";

export const signInPage = (page: Page) => {
  const username = page.getByLabel("User name");
  const password = page.getByRole("textbox", { name: "Password" });
  const submit = page.getByRole("button", { name: "Sign in", exact: true });
  return {
    username,
    password,
    submit,
    refusal: page.getByRole("main").getByRole("alert"),
    async signIn(as: { username: string; password: string }) {
      await username.fill(as.username);
      await password.fill(as.password);
      await submit.click();
    },
  };
};

export const registerPage = (page: Page) => ({
  fullName: page.getByLabel("Full name"),
  email: page.getByLabel("E-mail"),
  username: page.getByLabel("User name"),
  password: page.getByRole("textbox", { name: "Password" }),
  submit: page.getByRole("button", { name: "Ask for the account" }),
  done: page.getByText("Your request has been sent."),
});

export const accountPage = (page: Page) => ({
  presentPassword: page.getByRole("textbox", { name: "Present password" }),
  newPassword: page.getByRole("textbox", { name: "New password" }),
  change: page.getByRole("button", { name: "Change password" }),
  sessions: page.getByRole("table", { name: "Sessions" }),
});
