// What the demo hospital is made of, as plain data: for the loader, for tests of the API, for the journeys.
export {
  type DemoAppointment,
  type DemoHours,
  type DemoKept,
  demoAppointments,
  demoHours,
  demoKept,
} from "./appointment.ts";
export { demoAttachments } from "./attachment.ts";
export { type DemoTest, demoTest, demoTests } from "./catalog.ts";
export { type DemoVisit, type DemoVitals, demoAllergies, demoProblems, demoVisits } from "./clinic-day.ts";
export { type DemoNote, demoNote, demoReferral } from "./document.ts";
export { demoContainerTypes, demoLabTests, demoSpecimenTypes } from "./lab-setup.ts";
export { type DemoOrder, demoOrders } from "./order.ts";
export { type OruPatient, oruText } from "./oru-text.ts";
export { type DemoPatient, demoPatients, story } from "./patient.ts";
export { demoQueue, demoServicePoints } from "./queue.ts";
export { randomFrom } from "./random.ts";
export { demoValues } from "./result.ts";
export { type SampleFile, type SampleOrder, sampleFiles } from "./sample.ts";
export {
  demoFacilities,
  demoLocations,
  demoRiverLocations,
  demoTenant,
  neighbourFacilities,
  neighbourTenant,
} from "./tenant.ts";
export { demoInvited, demoUsers, neighbourUsers } from "./user.ts";
