export { confirmReset } from "./confirm.ts";
export { enqueueReset, sendResetTask } from "./job.ts";
export { requestReset } from "./request.ts";
export { sendResetLinks } from "./send.ts";
export { deleteOldResets } from "./store.ts";
