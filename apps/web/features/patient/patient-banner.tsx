"use client";
import { formatMrn, genderNames, type Patient } from "@infirmary/shared/patient";
import Link from "next/link";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { birthAndAge, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { BannerAllergies } from "./banner-allergies.tsx";
import classes from "./patient-banner.module.css";

/** What identifies a patient on every screen, dialog and print. */
export type BannerPatient = Pick<Patient, "mrn" | "firstName" | "lastName" | "dateOfBirth" | "gender">;
type Props = {
  patient: BannerPatient;
  /** With it the name leads to the chart. */
  patientId?: string;
  /** The patient whose allergies it says; without it the line is left out. */
  allergiesOf?: string;
  /** In a dialog the banner stands still and leaves the page's alone. */
  isInDialog?: boolean;
  actions?: ReactNode;
};

/**
 * Who this is about, after the NHS common user interface: identical everywhere, never scrolls away, the value stronger
 * than its label. Allergies have three states: not asked, none known, the list.
 */
export function PatientBanner({ patient, patientId, allergiesOf, isInDialog = false, actions }: Props) {
  const { timeZone } = useMe();
  const ref = useRef<HTMLElement>(null);
  useBannerHeight(ref, !isInDialog);
  const name = <bdi>{patientName(patient)}</bdi>;
  return (
    <section
      ref={ref}
      className={classes.banner}
      data-dialog={isInDialog || undefined}
      aria-label={isInDialog ? "Patient of this dialog" : "Patient"}
    >
      <strong className={classes.name}>{patientId ? <Link href={`/patients/${patientId}`}>{name}</Link> : name}</strong>
      <dl className={classes.facts}>
        <Fact label="Born">{birthAndAge(patient.dateOfBirth, todayIn(timeZone))}</Fact>
        <Fact label="Sex">{genderNames[patient.gender]}</Fact>
        <Fact label="MRN">{formatMrn(patient.mrn)}</Fact>
        {allergiesOf && (
          <Fact label="Allergies">
            <BannerAllergies patientId={allergiesOf} />
          </Fact>
        )}
      </dl>
      {actions && <div className={`${classes.actions} no-print`}>{actions}</div>}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Tells the sticky heads of tables below how much of the top is taken, also when the banner wraps. */
function useBannerHeight(ref: RefObject<HTMLElement | null>, isOn: boolean) {
  useEffect(() => {
    const banner = ref.current;
    if (!isOn || !banner) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty("--banner-height", `${banner.offsetHeight}px`));
    observer.observe(banner);
    return () => {
      observer.disconnect();
      style.removeProperty("--banner-height");
    };
  }, [ref, isOn]);
}
