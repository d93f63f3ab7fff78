import { readFileSync } from "node:fs";
import { expect, test } from "../../fixtures/test.ts";
import { settled } from "../../pages/settled.ts";
import { shell } from "../../pages/shell.ts";
import { expectAccessible } from "../../support/expect-accessible.ts";

test("a file is attached, saved again byte for byte, put away and brought back; one of another kind is refused", async ({
  hospital,
  browsers,
}) => {
  const [nurse, patient] = await Promise.all([hospital.person("nurse"), hospital.patient()]);
  const page = await browsers.signedIn(nurse, `/patients/${patient.id}`);
  const files = page.getByRole("region", { name: "Files" });
  const attach = async (name: string, buffer: Buffer) => {
    const choosing = page.waitForEvent("filechooser");
    await files.getByRole("button", { name: "Attach files" }).click();
    await (await choosing).setFiles({ name, mimeType: "application/pdf", buffer });
  };
  const content = Buffer.from("%PDF-1.7\nletter");
  await attach("letter.pdf", content);
  const row = files.getByRole("row", { name: /letter\.pdf/ });
  await expect(row).toContainText("1 KB PDF");
  await attach("tool.pdf", Buffer.from("MZ\u0000\u0001"));
  await expect(files.getByRole("alert")).toContainText("tool.pdf");

  const saving = page.waitForEvent("download");
  await row.getByRole("button", { name: "letter.pdf", exact: true }).click();
  expect(readFileSync(await (await saving).path())).toEqual(content);

  await row.getByRole("button", { name: "Put away letter.pdf" }).click();
  await expect(row).toHaveCount(0);
  await shell(page).messages.getByRole("button", { name: /Undo/ }).click();
  await expect(row).toBeVisible();
  await page.reload();
  await settled(page);
  await expect(row).toBeVisible();
  await expectAccessible(page, "chart with a file");
});
