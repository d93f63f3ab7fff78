export { keepFile } from "./keep-file.ts";
export { attachmentRouter } from "./router.ts";
