export { appointmentRouter } from "./router.ts";
