import { expect, type Page } from "@playwright/test";

/** The page fits its window at each of the widths; what sticks out is named. */
export async function expectNoSidewaysScroll(page: Page, where: string, widths: readonly number[]): Promise<void> {
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const sticksOut = await page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      return [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
        .slice(-3)
        .map((element) => element.outerHTML.slice(0, 160));
    });
    expect(sticksOut, `${where} at ${width} px scrolls sideways`).toEqual([]);
  }
  if (before) await page.setViewportSize(before);
}
