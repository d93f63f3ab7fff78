export { findTests } from "./definition-store.ts";
export { loadLoinc, loadUcum } from "./load-catalogues.ts";
export { readLoincFile, readUcumFile } from "./read-catalogue-file.ts";
export { catalogRouter } from "./router.ts";
export { findLabTest } from "./store.ts";
export { convertUnit } from "./unit.ts";
