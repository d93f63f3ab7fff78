export { notify } from "./notify.ts";
export { notificationRouter } from "./router.ts";
