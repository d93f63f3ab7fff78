export { watchInstallation } from "./installation-gauges.ts";
export { systemRouter } from "./router.ts";
