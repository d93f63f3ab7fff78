import { expect, type Page } from "@playwright/test";

/**
 * Shows the page in one colour scheme and waits until every colour has arrived: the portal hears of the change in a later frame, and
 * colours that fade are neither the old nor the new ones for a moment, which a check of contrast would take for a fault.
 */
export async function showScheme(page: Page, scheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme);
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(fading.map((one) => one.finished));
  });
}
