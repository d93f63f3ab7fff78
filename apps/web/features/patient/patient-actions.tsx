"use client";
import type { Patient } from "@infirmary/shared/patient";
import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { useShortcut } from "#ui/shortcut.tsx";

const RemovePatient = dynamic(() => import("./remove-patient.tsx").then((module) => module.RemovePatient));

/** What can be done with a patient's record from its chart, as far as the person may. */
export function PatientActions({ patient }: { patient: Patient }) {
  const { can } = useMe();
  const router = useRouter();
  const [isRemoving, setIsRemoving] = useState(false);
  const edit = `/patients/${patient.id}/edit`;
  const order = `/orders/new?patientId=${patient.id}`;
  const visit = `/encounters/new?patientId=${patient.id}`;
  useShortcut({ keys: "e", label: "Change details", group: "Chart" }, () => router.push(edit), can("patient.write"));
  useShortcut({ keys: "n", label: "Order a lab test", group: "Chart" }, () => router.push(order), can("order.create"));
  useShortcut({ keys: "v", label: "Plan a visit", group: "Chart" }, () => router.push(visit), can("encounter.write"));
  return (
    <>
      {can("patient.delete") && (
        <Button variant="default" onClick={() => setIsRemoving(true)}>
          Remove record
        </Button>
      )}
      {can("patient.write") && (
        <Button variant="default" component={Link} href={edit}>
          Change details
        </Button>
      )}
      {can("encounter.write") && (
        <Button variant="default" component={Link} href={visit}>
          New visit
        </Button>
      )}
      {can("order.create") && (
        <Button component={Link} href={order}>
          Order lab test
        </Button>
      )}
      {isRemoving && <RemovePatient patient={patient} onClose={() => setIsRemoving(false)} />}
    </>
  );
}
