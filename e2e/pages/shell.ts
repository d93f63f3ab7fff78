import type { Page } from "@playwright/test";

/** The frame around every screen: navigation, search, bell, the person's menu. */
export const shell = (page: Page) => {
  const palette = page.getByRole("dialog", { name: "Search" });
  return {
    navigation: page.getByRole("navigation", { name: "Main" }),
    title: page.getByRole("heading", { level: 1 }),
    palette,
    paletteField: palette.getByRole("combobox"),
    paletteItems: palette.getByRole("option"),
    bell: page.getByRole("button", { name: /^Notifications/ }),
    notifications: page.getByRole("dialog", { name: "Notifications" }),
    messages: page.getByRole("status", { name: "Messages" }),
    shortcuts: page.getByRole("dialog", { name: "Keyboard shortcuts" }),
    async lock(fullName: string) {
      await page.getByRole("banner").getByRole("button", { name: fullName }).click();
      await page.getByRole("button", { name: "Lock the screen" }).click();
    },
    /** By the menu behind the person's name. */
    async signOut(fullName: string) {
      await page.getByRole("banner").getByRole("button", { name: fullName }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
    },
  };
};
