/** The type of the API's router: the one thing of the API that the portal names. */
export type { AppRouter } from "@infirmary/api/client-types";
