export { roleRouter } from "./router.ts";
