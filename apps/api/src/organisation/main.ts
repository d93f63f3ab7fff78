import { parseArgs } from "node:util";
import { ZodError } from "zod";
import { buildPlatform } from "../core/build-platform.ts";
import { EnvError, readApiEnv } from "../core/env.ts";
import { addOrganisation, organisationInput } from "./add-organisation.ts";

/**
 * `node apps/api/src/organisation/main.ts --slug=… --name=… --facility-code=… --facility-name=… --time-zone=… --admin=… --admin-name=… --admin-email=…
 * [--starter-catalogue]`: adds an organisation and prints its administrator's password, once.
 */
try {
  const env = readApiEnv();
  const option = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      slug: option,
      name: option,
      "facility-code": option,
      "facility-name": option,
      "time-zone": option,
      admin: option,
      "admin-name": option,
      "admin-email": option,
      "starter-catalogue": { type: "boolean", default: false },
    },
  });
  const input = organisationInput.parse({
    slug: values.slug,
    name: values.name,
    facility: { code: values["facility-code"], name: values["facility-name"], timeZone: values["time-zone"] },
    admin: { username: values.admin, fullName: values["admin-name"], email: values["admin-email"] },
    hasStarterCatalogue: values["starter-catalogue"],
  });
  const platform = await buildPlatform(env, "infirmary-organisation");
  try {
    const password = await addOrganisation(platform, input);
    if (password === null) throw new EnvError(`There is an organisation ${input.slug} already. Nothing was changed.`);
    process.stdout.write(
      `${input.name} is there. Sign in at ${env.PUBLIC_URL} as ${input.admin.username} with the password\n\n  ${password}\n\n` +
        "It is shown this once and stored nowhere: change it under My account, and set up a second factor there.\n",
    );
  } finally {
    await platform.close();
  }
} catch (error) {
  const said = sentenceOf(error);
  if (said === null) throw error;
  console.error(said);
  process.exitCode = 1;
}

/** What the person at the terminal can do something about; null for what is our fault. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof EnvError) return error.message;
  if (error instanceof ZodError) {
    const names: Record<string, string> = { username: "admin", fullName: "admin-name", email: "admin-email" };
    return error.issues
      .map(({ path, message }) => {
        const [head, last] = [String(path[0]), String(path.at(-1))];
        const facility = { code: "facility-code", name: "facility-name", timeZone: "time-zone" }[last];
        return `--${(head === "facility" ? facility : names[last]) ?? last}: ${message.startsWith("Invalid input") ? "is missing" : message}`;
      })
      .join("\n");
  }
  const { code, message } = error as { code?: string; message?: string };
  return code?.startsWith("ERR_PARSE_ARGS") ? (message ?? null) : null;
}
