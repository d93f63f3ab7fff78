"use client";
import { isClosed } from "@infirmary/shared/encounter";
import dynamic from "next/dynamic";
import { AllergyPanel } from "#features/allergy/allergy-panel.tsx";
import { DiagnosisList } from "#features/diagnosis/diagnosis-list.tsx";
import { DocumentList } from "#features/document/document-list.tsx";
import { NewDocument } from "#features/document/new-document.tsx";
import { WithDocument } from "#features/document/with-document.tsx";
import { ClinicalText } from "#features/encounter/clinical-text.tsx";
import { EncounterActions } from "#features/encounter/encounter-actions.tsx";
import { EncounterLoader } from "#features/encounter/encounter-loader.tsx";
import { EncounterSteps } from "#features/encounter/encounter-steps.tsx";
import { PatientOrders } from "#features/order/patient-orders.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { ProblemList } from "#features/problem/problem-list.tsx";
import { EncounterTimeline } from "#features/timeline/encounter-timeline.tsx";
import { VitalsPanel } from "#features/vitals/vitals-panel.tsx";
import { useMe } from "#lib/session/me.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import classes from "./encounter-screen.module.css";

const CloseEncounter = dynamic(() =>
  import("#features/encounter/close-encounter.tsx").then((module) => module.CloseEncounter),
);

/** One visit: who it is about, the vital signs, what the doctor finds and decides, and the gate at its end. */
export function EncounterScreen({ id }: { id: string }) {
  const { can } = useMe();
  return (
    <EncounterLoader id={id}>
      {(encounter) => {
        const { patient, patientId, status } = encounter;
        const dialogBanner = <PatientBanner patient={patient} isInDialog />;
        const hasArrived = status !== "PLANNED" && status !== "CANCELLED";
        return (
          <>
            <PatientBanner patient={patient} patientId={patientId} allergiesOf={patientId} />
            <PageHeader
              title={encounter.reason}
              description={`Visit at ${encounter.facilityName}`}
              actions={<EncounterActions encounter={encounter} banner={dialogBanner} />}
            />
            <WithDocument patientId={patientId}>
              <div className={classes.encounter}>
                <div className={classes.main}>
                  <Section title="Vital signs">
                    <VitalsPanel
                      patient={{ id: patientId, dateOfBirth: patient.dateOfBirth }}
                      encounterId={id}
                      isOpen={hasArrived && !isClosed(status)}
                    />
                  </Section>
                  <Section title="Diagnoses">
                    <DiagnosisList encounter={encounter} />
                  </Section>
                  <Section title="Assessment">
                    <ClinicalText encounter={encounter} field="assessment" />
                  </Section>
                  <Section title="Plan">
                    <ClinicalText encounter={encounter} field="plan" />
                  </Section>
                  {can("document.read") && (
                    <Section
                      title="Documents"
                      actions={isClosed(status) ? undefined : <NewDocument patientId={patientId} encounterId={id} />}
                    >
                      <DocumentList patientId={patientId} encounterId={id} limit={10} />
                    </Section>
                  )}
                  {can("order.read") && (
                    <Section title="Lab orders">
                      <PatientOrders patientId={patientId} />
                    </Section>
                  )}
                </div>
                <div className={classes.side}>
                  <Section title="State">
                    <EncounterSteps encounter={encounter} />
                  </Section>
                  {status === "IN_CONSULT" && can("encounter.consult") && (
                    <Section title="Close the visit">
                      <CloseEncounter encounter={encounter} />
                    </Section>
                  )}
                  <Section title="Allergies">
                    <AllergyPanel patientId={patientId} />
                  </Section>
                  <Section title="Problems">
                    <ProblemList patientId={patientId} />
                  </Section>
                  <Section title="Timeline">
                    <EncounterTimeline encounterId={id} />
                  </Section>
                </div>
              </div>
            </WithDocument>
          </>
        );
      }}
    </EncounterLoader>
  );
}
