/** The only thing the portal may name of the API: the type of its router. */
export type { AppRouter } from "./router.ts";
