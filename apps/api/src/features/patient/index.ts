export { importPatients } from "./import-patients.ts";
export { patientRouter } from "./router.ts";
export { firstMrnSequence, setMrnSequence } from "./store.ts";
