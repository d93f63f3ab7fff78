export { confirmReset } from "./confirm.ts";
export { enqueueResetFor, sendResetTask } from "./job.ts";
export { requestReset } from "./request.ts";
export { sendResetLinks } from "./send.ts";
export { deleteOldResets, voidLinks } from "./store.ts";
