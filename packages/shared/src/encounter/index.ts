export {
  assessmentInput,
  type Blocker,
  blocker,
  type Encounter,
  type EncounterCreate,
  type EncounterList,
  encounter,
  encounterCancel,
  encounterClose,
  encounterCreate,
  encounterList,
  encounterStep,
  planInput,
} from "./encounter.ts";
export {
  type EncounterStatus,
  encounterMoves,
  encounterStatuses,
  encounterStatusNames,
  isClosed,
  nextEncounterStatuses,
  permissionOfMove,
} from "./status.ts";
