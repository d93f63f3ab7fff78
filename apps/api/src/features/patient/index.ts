export { registerPatient } from "./create-patient.ts";
export { nameWordsOf, sortNameOf, variantsOf } from "./name-words.ts";
export { patientRouter } from "./router.ts";
