export { criticalCallRouter } from "./router.ts";
