export { policyRouter } from "./router.ts";
