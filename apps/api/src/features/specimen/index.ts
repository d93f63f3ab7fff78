export { specimenRouter } from "./router.ts";
