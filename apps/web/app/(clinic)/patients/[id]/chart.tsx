"use client";
import dynamic from "next/dynamic";
import { AllergyPanel } from "#features/allergy/allergy-panel.tsx";
import { AttachFiles } from "#features/attachment/attach-files.tsx";
import { AttachmentList } from "#features/attachment/attachment-list.tsx";
import { DocumentList } from "#features/document/document-list.tsx";
import { NewDocument } from "#features/document/new-document.tsx";
import { WithDocument } from "#features/document/with-document.tsx";
import { PatientEncounters } from "#features/encounter/patient-encounters.tsx";
import { PatientOrders } from "#features/order/patient-orders.tsx";
import { PatientActions } from "#features/patient/patient-actions.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { PatientDetails } from "#features/patient/patient-details.tsx";
import { PatientLoader } from "#features/patient/patient-loader.tsx";
import { ProblemList } from "#features/problem/problem-list.tsx";
import { PatientResults } from "#features/result/patient-results.tsx";
import { PatientTimeline } from "#features/timeline/patient-timeline.tsx";
import { VitalsPanel } from "#features/vitals/vitals-panel.tsx";
import { useMe } from "#lib/session/me.tsx";
import { Section } from "#ui/section.tsx";
import classes from "./chart.module.css";

const OutOfScope = dynamic(() => import("#features/break-glass/out-of-scope.tsx").then((module) => module.OutOfScope));

/** How many of a kind the chart shows before one asks for more. */
const recent = 5;

/** Everything about one patient: the banner above, what holds beyond a visit at the side, what happened in the middle. */
export function Chart({ id }: { id: string }) {
  const { can } = useMe();
  const maySeeVisits = can("encounter.read");
  return (
    <PatientLoader id={id} outOfScope={(error) => <OutOfScope error={error} />}>
      {(patient) => (
        <>
          <PatientBanner patient={patient} allergiesOf={id} actions={<PatientActions patient={patient} />} />
          <h1 className={classes.title}>Chart</h1>
          <WithDocument patientId={id}>
            <div className={classes.chart}>
              <div className={classes.main}>
                {maySeeVisits && (
                  <Section title="Visits">
                    <PatientEncounters patientId={id} limit={recent} />
                  </Section>
                )}
                {maySeeVisits && (
                  <Section title="Vital signs">
                    <VitalsPanel patient={patient} rows={recent} />
                  </Section>
                )}
                {can("result.read") && (
                  <Section title="Results">
                    <PatientResults patientId={id} banner={<PatientBanner patient={patient} isInDialog />} />
                  </Section>
                )}
                <Section title="Lab orders">
                  <PatientOrders patientId={id} />
                </Section>
                {can("document.read") && (
                  <Section title="Documents" actions={<NewDocument patientId={id} />}>
                    <DocumentList patientId={id} limit={recent} />
                  </Section>
                )}
                {can("document.read") && (
                  <Section title="Files" actions={<AttachFiles patientId={id} />}>
                    <AttachmentList patientId={id} />
                  </Section>
                )}
                {maySeeVisits && (
                  <Section title="Timeline">
                    <PatientTimeline patientId={id} />
                  </Section>
                )}
              </div>
              <div className={classes.side}>
                <Section title="Allergies">
                  <AllergyPanel patientId={id} />
                </Section>
                {maySeeVisits && (
                  <Section title="Problems">
                    <ProblemList patientId={id} />
                  </Section>
                )}
                <Section title="Details">
                  <PatientDetails patient={patient} />
                </Section>
              </div>
            </div>
          </WithDocument>
        </>
      )}
    </PatientLoader>
  );
}
