export { importPatients } from "./import-patients.ts";
export { loadPatient } from "./patient.ts";
export { patientRouter } from "./router.ts";
export { firstMrnSequence, setMrnSequence } from "./store.ts";
