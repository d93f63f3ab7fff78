export { enterQueue, leaveQueue } from "./enter-leave.ts";
export { queueRouter } from "./router.ts";
