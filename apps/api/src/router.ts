import { router } from "./core/trpc.ts";
import { allergyRouter } from "./features/allergy/index.ts";
import { appointmentRouter } from "./features/appointment/index.ts";
import { attachmentRouter } from "./features/attachment/index.ts";
import { auditRouter } from "./features/audit/index.ts";
import { authRouter } from "./features/auth/index.ts";
import { breakGlassRouter } from "./features/break-glass/index.ts";
import { catalogRouter } from "./features/catalog/index.ts";
import { criticalCallRouter } from "./features/critical-call/index.ts";
import { diagnosisRouter } from "./features/diagnosis/index.ts";
import { documentRouter } from "./features/document/index.ts";
import { encounterRouter } from "./features/encounter/index.ts";
import { facilityRouter } from "./features/facility/index.ts";
import { factorRouter } from "./features/factor/index.ts";
import { hl7Router } from "./features/hl7/index.ts";
import { labResultRouter } from "./features/lab-result/index.ts";
import { liveRouter } from "./features/live/index.ts";
import { notificationRouter } from "./features/notification/index.ts";
import { orderRouter } from "./features/order/index.ts";
import { patientRouter } from "./features/patient/index.ts";
import { policyRouter } from "./features/policy/index.ts";
import { privacyRouter } from "./features/privacy/index.ts";
import { problemRouter } from "./features/problem/index.ts";
import { queueRouter } from "./features/queue/index.ts";
import { resultRouter } from "./features/result/index.ts";
import { roleRouter } from "./features/role/index.ts";
import { specimenRouter } from "./features/specimen/index.ts";
import { systemRouter } from "./features/system/index.ts";
import { timelineRouter } from "./features/timeline/index.ts";
import { unmatchedRouter } from "./features/unmatched/index.ts";
import { userRouter } from "./features/user/index.ts";
import { vitalsRouter } from "./features/vitals/index.ts";

/** The list of capabilities, one line each. */
export const appRouter = router({
  auth: authRouter,
  factor: factorRouter,
  policy: policyRouter,
  user: userRouter,
  role: roleRouter,
  facility: facilityRouter,
  patient: patientRouter,
  breakGlass: breakGlassRouter,
  catalog: catalogRouter,
  appointment: appointmentRouter,
  queue: queueRouter,
  encounter: encounterRouter,
  vitals: vitalsRouter,
  diagnosis: diagnosisRouter,
  problem: problemRouter,
  allergy: allergyRouter,
  document: documentRouter,
  attachment: attachmentRouter,
  timeline: timelineRouter,
  order: orderRouter,
  result: resultRouter,
  specimen: specimenRouter,
  labResult: labResultRouter,
  criticalCall: criticalCallRouter,
  hl7: hl7Router,
  unmatched: unmatchedRouter,
  audit: auditRouter,
  privacy: privacyRouter,
  notification: notificationRouter,
  live: liveRouter,
  system: systemRouter,
});

export type AppRouter = typeof appRouter;
