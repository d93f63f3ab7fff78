export { vitalsRouter } from "./router.ts";
