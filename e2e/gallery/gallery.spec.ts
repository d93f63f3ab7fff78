import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "@infirmary/shared/access";
import type { Encounter } from "@infirmary/shared/encounter";
import type { Order } from "@infirmary/shared/order";
import type { User } from "@infirmary/shared/user";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";
import { orderListPage } from "../pages/order.ts";
import { settled } from "../pages/settled.ts";
import { shell } from "../pages/shell.ts";
import { uploadPage } from "../pages/upload.ts";
import { RestClient } from "../support/rest-client.ts";
import { addressOf, type Records, screensOf } from "../support/screens.ts";
import { dataFolder, demoPeople } from "../support/settings.ts";
import { showScheme } from "../support/show-scheme.ts";

const folder = join(import.meta.dirname, "../../docs/screenshots");
const viewport = { width: 1280, height: 800 };
const schemes = ["light", "dark"] as const;

/**
 * Takes every screen of the demo hospital in light and dark into docs/screenshots:
 * `GALLERY=1 node scripts/test-e2e.mjs --project=gallery`. The file names are those docs/portal.md shows.
 */
test.beforeAll(() => {
  mkdirSync(folder, { recursive: true });
});

/** One picture in each scheme, without the pointer and the cursor. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  for (const colorScheme of schemes) {
    await showScheme(page, colorScheme);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), caret: "hide", animations: "disabled" });
  }
  await showScheme(page, "light");
}

/** What the pictures are about: an order with a critical value among many, its patient, a person. */
let known: Promise<Records> | undefined;
function subjects(): Promise<Records> {
  known ??= findSubjects();
  return known;
}

async function findSubjects(): Promise<Records> {
  const admin = await RestClient.signIn(demoPeople.admin);
  const { items } = await admin.get<{ items: Order[] }>("/lab-orders/?status=COMPLETED&sort=review&limit=100");
  const order = items.find(({ counts }) => counts.critical > 0 && counts.observations > 5) ?? items[0];
  if (!order) throw new Error("The demo hospital has no result to review.");
  const people = await admin.get<{ items: User[] }>("/users/?q=nurse.jane");
  const doctor = await RestClient.signIn(demoPeople.doctor);
  const visits = await doctor.get<{ items: Encounter[] }>("/encounters/?status=IN_CONSULT&limit=1");
  return {
    order: order.id,
    patient: order.patientId,
    person: people.items[0]?.id ?? "",
    encounter: visits.items[0]?.id ?? "",
  };
}

/** Screens that look the same for everybody are taken once, for the first role that has them. */
const own = new Set(["home", "inbox", "upload"]);
const taken = new Set<string>();

for (const role of Object.keys(screensOf) as Role[]) {
  const screens = screensOf[role].filter(({ name }) => own.has(name) || !taken.has(name));
  for (const { name } of screens) taken.add(name);
  test(`screens of ${role}`, async ({ browsers }) => {
    test.setTimeout(180_000);
    const records = await subjects();
    const page = await browsers.signedIn(demoPeople[role], "/account", { viewport });
    for (const screen of screens) {
      await page.goto(addressOf(screen, records));
      await settled(page);
      await take(page, own.has(screen.name) ? `${role.replace("_", "-")}-${screen.name}` : screen.name);
    }
  });
}

test("before signing in", async ({ browsers }) => {
  const page = await browsers.anonymous();
  await page.setViewportSize(viewport);
  await take(page, "sign-in");
  await page.goto("/register");
  await take(page, "register");
});

test("the search, the shortcuts and the trend", async ({ browsers }) => {
  const records = await subjects();
  const page = await browsers.signedIn(demoPeople.doctor, `/orders/${records.order}`, { viewport });
  await settled(page);
  await page
    .getByRole("button", { name: /show the trend$/ })
    .first()
    .click();
  await settled(page);
  await take(page, "trend");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await shell(page).paletteField.fill("ma");
  await shell(page).paletteItems.nth(3).waitFor();
  await take(page, "search");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+?");
  await shell(page).shortcuts.waitFor();
  await take(page, "shortcuts");
});

test("the sample messages on the upload screen", async ({ browsers }) => {
  const samples = join(dataFolder ?? "", "samples");
  const files = readdirSync(samples).map((name) => ({ name, text: readFileSync(join(samples, name), "utf8") }));
  const page = await browsers.signedIn(demoPeople.lab_technician, "/", { viewport });
  await orderListPage(page).table.waitFor();
  await page.goto("/upload");
  const upload = uploadPage(page);
  await upload.drop(files);
  await upload.confirm.waitFor();
  await expect(upload.table.getByText("Checking")).toHaveCount(0);
  await take(page, "upload-checked");
  const faulty = files.find(({ name }) => name.includes("status"))?.name ?? "";
  await upload.toggle(faulty);
  await upload.message(faulty).scrollIntoViewIfNeeded();
  await take(page, "upload-problem");
});
