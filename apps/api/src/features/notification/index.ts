export { type Notice, notify, notifyEach } from "./notify.ts";
export { notificationRouter } from "./router.ts";
