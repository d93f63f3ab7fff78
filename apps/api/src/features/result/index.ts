export { resultRouter } from "./router.ts";
export { type Upload, type Uploaded, uploadResult } from "./upload-result.ts";
