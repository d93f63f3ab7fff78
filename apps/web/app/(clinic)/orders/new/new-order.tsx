"use client";
import type { Order } from "@infirmary/shared/order";
import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { OrderForm } from "#features/order/order-form.tsx";
import { Ordered } from "#features/order/ordered.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { PatientLoader } from "#features/patient/patient-loader.tsx";
import { PickPatient } from "#features/patient/pick-patient.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** Orders lab tests: first for whom, then what. The patient's banner stands above from the moment the patient is known. */
export function NewOrder({ firstPatientId }: { firstPatientId: string | null }) {
  const router = useRouter();
  const [patientId, setPatientId] = useState(firstPatientId);
  const [placed, setPlaced] = useState<Order[]>([]);
  const [isDone, setIsDone] = useState(false);
  if (!patientId) {
    return (
      <>
        <PageHeader title="Order a lab test" />
        <PickPatient onPick={setPatientId} />
      </>
    );
  }
  const another = () => {
    setPatientId(null);
    setPlaced([]);
    setIsDone(false);
  };
  return (
    <PatientLoader id={patientId}>
      {(patient) => (
        <>
          <PatientBanner
            patient={patient}
            patientId={patientId}
            allergiesOf={patientId}
            actions={
              <Button variant="default" onClick={another}>
                Other patient
              </Button>
            }
          />
          <PageHeader title="Order a lab test" />
          {isDone ? (
            <Ordered orders={placed} onAnother={() => setIsDone(false)} />
          ) : (
            <OrderForm
              patientId={patientId}
              onOrdered={(order) => {
                setPlaced((before) => [order, ...before]);
                setIsDone(true);
              }}
              onCancel={() => router.back()}
            />
          )}
        </>
      )}
    </PatientLoader>
  );
}
