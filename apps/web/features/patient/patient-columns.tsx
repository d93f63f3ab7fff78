import { formatMrn, genderNames, type Patient } from "@infirmary/shared/patient";
import Link from "next/link";
import { birthAndAge, patientName } from "#lib/patient-name.ts";
import type { Column } from "#ui/data-table.tsx";

/** The columns of a list of patients; `today` is a calendar date, for the ages. */
export function patientColumns(today: string): Column<Patient>[] {
  return [
    {
      key: "name",
      header: "Name",
      sortKey: "name",
      cell: (patient) => (
        <Link href={`/patients/${patient.id}`} data-row-main>
          <bdi>{patientName(patient)}</bdi>
        </Link>
      ),
    },
    {
      key: "born",
      header: "Born",
      sortKey: "dateOfBirth",
      width: "180px",
      nowrap: true,
      cell: (patient) => birthAndAge(patient.dateOfBirth, today),
    },
    { key: "sex", header: "Sex", width: "100px", nowrap: true, cell: (patient) => genderNames[patient.gender] },
    {
      key: "mrn",
      header: "MRN",
      sortKey: "mrn",
      width: "120px",
      nowrap: true,
      cell: (patient) => formatMrn(patient.mrn),
    },
    {
      key: "phone",
      header: "Phone",
      width: "180px",
      yields: "second",
      cell: (patient) => patient.phone ?? "Not known",
    },
    {
      key: "address",
      header: "Address",
      yields: "first",
      nowrap: true,
      cell: ({ address }) =>
        address ? <span title={address}>{address.replace(/\s*\n\s*/g, ", ")}</span> : "Not known",
    },
  ];
}
