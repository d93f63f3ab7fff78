export { labResultRouter } from "./router.ts";
