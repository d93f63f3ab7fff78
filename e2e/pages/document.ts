import type { Page } from "@playwright/test";

/** The documents of a chart or visit, and the panel beside it in which one is written. */
export function documents(page: Page) {
  const section = page.getByRole("region", { name: "Documents" });
  const panel = page.getByRole("complementary", { name: "Document" });
  const dialog = page.getByRole("dialog");
  return {
    section,
    panel,
    dialog,
    async begin(kind: string) {
      await section.getByRole("button", { name: "Write" }).click();
      await page.getByRole("button", { name: kind }).click();
    },
    part: (label: string) => panel.getByLabel(label),
    state: panel.getByRole("status"),
    sign: panel.getByRole("button", { name: "Sign" }),
    confirm: dialog.getByRole("button", { name: "Sign" }),
  };
}
