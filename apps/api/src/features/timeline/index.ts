export { timelineRouter } from "./router.ts";
