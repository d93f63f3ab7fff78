import { env } from "../env.ts";

/** Whether browsers reach the portal by https; the cookie is then secure and bound to this host. */
export const isSecure = () => env().PUBLIC_URL.startsWith("https://");

/** The name of the one cookie that signs a browser in; the API reads the same. */
export const sessionCookieName = () => (isSecure() ? "__Host-infirmary.session" : "infirmary.session");
