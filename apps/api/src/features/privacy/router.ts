import {
  outsideCare as outsideCareShape,
  patientReportInput,
  patientReport as patientReportShape,
  privacyOverview as privacyOverviewShape,
  reportPeriod,
} from "@infirmary/shared/privacy";
import { permitted, router } from "../../core/trpc.ts";
import { outsideCare, patientReport, privacyOverview } from "./reports.ts";

/** For who watches over looking: three reports out of the audit log. */
export const privacyRouter = router({
  overview: permitted("privacy.review")
    .input(reportPeriod)
    .output(privacyOverviewShape)
    .query(({ ctx, input }) => ctx.work((work) => privacyOverview(work, input))),
  outsideCare: permitted("privacy.review")
    .input(reportPeriod)
    .output(outsideCareShape)
    .query(({ ctx, input }) => ctx.work((work) => outsideCare(work, input))),
  patientReport: permitted("privacy.review", undefined, { budget: "search" })
    .input(patientReportInput)
    .output(patientReportShape)
    .query(({ ctx, input }) => ctx.work((work) => patientReport(work, input))),
});
