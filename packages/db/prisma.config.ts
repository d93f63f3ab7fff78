import { defineConfig } from "prisma/config";

/** For Prisma's own command line; the product itself generates and migrates through scripts/ without fetching an engine. */
export default defineConfig({ schema: "schema", migrations: { path: "migrations" } });
