"use client";
import { PatientOrders } from "#features/order/patient-orders.tsx";
import { PatientActions } from "#features/patient/patient-actions.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { PatientDetails } from "#features/patient/patient-details.tsx";
import { PatientLoader } from "#features/patient/patient-loader.tsx";
import { PatientResults } from "#features/result/patient-results.tsx";
import { useMe } from "#lib/session/me.tsx";
import { Section } from "#ui/section.tsx";
import classes from "./chart.module.css";

/** Everything about one patient: the banner above, the details at the side, orders and results in the middle. */
export function Chart({ id }: { id: string }) {
  const { can } = useMe();
  return (
    <PatientLoader id={id}>
      {(patient) => (
        <>
          <PatientBanner patient={patient} actions={<PatientActions patient={patient} />} />
          <h1 className={classes.title}>Chart</h1>
          <div className={classes.chart}>
            <div className={classes.main}>
              {can("result.read") && (
                <Section title="Results">
                  <PatientResults patientId={id} banner={<PatientBanner patient={patient} isInDialog />} />
                </Section>
              )}
              <Section title="Lab orders">
                <PatientOrders patientId={id} />
              </Section>
            </div>
            <Section title="Details">
              <PatientDetails patient={patient} />
            </Section>
          </div>
        </>
      )}
    </PatientLoader>
  );
}
