export { registerPatient } from "./create-patient.ts";
export { nameWordsOf, sortNameOf, variantsOf } from "./name-words.ts";
export { patientRouter } from "./router.ts";
export { sealFields } from "./sealed-fields.ts";
