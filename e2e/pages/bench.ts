import type { Page } from "@playwright/test";

/** The tubes of the facility and the field where they are received. */
export const specimensPage = (page: Page) => ({
  scan: page.getByLabel("Receive by scan or by hand"),
  receive: page.getByRole("button", { name: "Receive", exact: true }),
  fault: page.getByRole("alert").filter({ hasText: /\S/ }),
  row: (barcode: string) => page.getByRole("row").filter({ hasText: barcode }),
});

/** The specimens of an order, on its page. */
export const orderSpecimens = (page: Page) => {
  const section = page.getByRole("region", { name: "Specimens" });
  const dialog = page.getByRole("dialog");
  return {
    section,
    collect: section.getByRole("button", { name: "Collect specimen" }),
    collectAgain: section.getByRole("button", { name: "Collect again" }),
    confirm: dialog.getByRole("button", { name: "Collect and print label" }),
    code128: dialog.getByRole("img", { name: /^Code 128 of S/ }),
    qr: dialog.getByRole("img", { name: /^QR code of S/ }),
    done: dialog.getByRole("button", { name: "Done" }),
  };
};

/** The grid of an order. */
export const entryPage = (page: Page) => {
  const row = (name: string) =>
    page.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  return {
    row,
    value: (name: string) => page.getByLabel(name, { exact: true }),
    verifyAll: page.getByRole("button", { name: /^Verify \d+ values?$/ }),
    releaseAll: page.getByRole("button", { name: /^Release \d+ values?$/ }),
  };
};
