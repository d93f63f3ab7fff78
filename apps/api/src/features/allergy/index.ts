export { allergyRouter } from "./router.ts";
