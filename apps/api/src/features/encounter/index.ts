export { createEncounter } from "./create-encounter.ts";
export { loadEncounter } from "./encounter.ts";
export { encounterExample } from "./example.ts";
export { moveEncounter } from "./move-encounter.ts";
export { changingEncounter, holdEncounter } from "./open-encounter.ts";
export { encounterRouter } from "./router.ts";
export { withdrawCheckIn } from "./steps.ts";
export { changeEncounter } from "./store.ts";
