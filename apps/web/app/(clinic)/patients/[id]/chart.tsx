"use client";
import { PatientActions } from "#features/patient/patient-actions.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { PatientDetails } from "#features/patient/patient-details.tsx";
import { PatientLoader } from "#features/patient/patient-loader.tsx";
import { Section } from "#ui/section.tsx";
import classes from "./chart.module.css";

/** Everything about one patient: the banner above, the details at the side, orders and results in the middle. */
export function Chart({ id }: { id: string }) {
  return (
    <PatientLoader id={id}>
      {(patient) => (
        <>
          <PatientBanner patient={patient} actions={<PatientActions patient={patient} />} />
          <h1 className={classes.title}>Chart</h1>
          <div className={classes.chart}>
            <div className={classes.main} />
            <Section title="Details">
              <PatientDetails patient={patient} />
            </Section>
          </div>
        </>
      )}
    </PatientLoader>
  );
}
