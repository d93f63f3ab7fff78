export { addon } from "./addon.ts";
