export { problemRouter } from "./router.ts";
