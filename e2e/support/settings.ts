import { existsSync } from "node:fs";

/** Where the portal is, and the API behind it; the test command sets both. */
export const baseUrl = process.env.BASE_URL ?? "http://localhost:3000";
export const apiUrl = process.env.API_URL ?? "http://localhost:4000";

/** Where analysers send to. */
export const mllpPort = Number(process.env.MLLP_PORT ?? 2575);

/** The running product's data folder, which tells its processes from others; undefined for a product elsewhere. */
export const dataFolder = process.env.INFIRMARY_DATA;

/** The browser to test in; undefined leaves the choice to Playwright. */
export const chromium = [process.env.PLAYWRIGHT_CHROMIUM, "/usr/bin/chromium"].find((path) => path && existsSync(path));

/** Chromium refuses its sandbox to root, and calls home unless told not to. */
export const chromiumFlags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The people of the demo hospital, one of each role. */
export const demoPeople = {
  admin: { username: "admin", password: "admin123!" },
  doctor: { username: "dr.smith", password: "doctor123!" },
  nurse: { username: "nurse.jane", password: "nurse123!" },
  lab_technician: { username: "lab.tech", password: "lab123!" },
  billing_clerk: { username: "billing.clerk", password: "billing123!" },
  privacy_officer: { username: "privacy.officer", password: "privacy123!" },
} as const;
