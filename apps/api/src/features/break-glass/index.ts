export { breakGlassRouter } from "./router.ts";
