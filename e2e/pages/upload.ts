import type { Page } from "@playwright/test";

export type DroppedFile = { name: string; text: string };

export const uploadPage = (page: Page) => {
  const table = page.getByRole("table", { name: "Messages to file" });
  const zone = page.getByRole("region", { name: "Files to upload" });
  return {
    zone,
    table,
    row: (fileName: string) => table.getByRole("row").filter({ has: page.getByRole("button", { name: fileName }) }),
    /** Opens or closes a row: the message, its values and its problems. */
    toggle: (fileName: string) => table.getByRole("button", { name: fileName }).click(),
    message: (fileName: string) => table.getByRole("list", { name: `Message of ${fileName}` }),
    problems: table.getByRole("list", { name: "Problems of the message" }),
    confirm: page.getByRole("button", { name: /^Confirm \d+ of \d+$/ }),
    bar: page.getByRole("region", { name: "Confirm" }).getByRole("status"),
    /** Drops files onto the zone, as from the desktop. */
    async drop(files: readonly DroppedFile[]) {
      const dataTransfer = await page.evaluateHandle((dropped) => {
        const transfer = new DataTransfer();
        for (const { name, text } of dropped) transfer.items.add(new File([text], name));
        return transfer;
      }, files);
      await zone.dispatchEvent("drop", { dataTransfer });
      await dataTransfer.dispose();
    },
  };
};
