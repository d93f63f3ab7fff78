export { messageBytes } from "./message-bytes.ts";
export { hl7Router } from "./router.ts";
