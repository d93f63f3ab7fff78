export { liveRouter } from "./router.ts";
