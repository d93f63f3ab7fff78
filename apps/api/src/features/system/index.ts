export { systemRouter } from "./router.ts";
