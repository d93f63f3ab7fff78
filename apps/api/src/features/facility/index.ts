export { facilityRouter } from "./router.ts";
