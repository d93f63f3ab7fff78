export { type ErrorCode, errorCodes, type FieldError } from "./error-code.ts";
export { flag, isoDate, optionalText, text, uuid } from "./field.ts";
export { foldName } from "./fold-name.ts";
export { type Page, pageInput, pageOf } from "./page.ts";
export { ageInYears, formatDate, formatDateTime } from "./time.ts";
export { wallMs } from "./wall-time.ts";
