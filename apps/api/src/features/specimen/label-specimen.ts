import { formatDate, formatDateTime } from "@infirmary/shared/core";
import { formatMrn } from "@infirmary/shared/patient";
import type { SpecimenLabel } from "@infirmary/shared/specimen";
import bwip from "bwip-js/node";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { record } from "./move-specimen.ts";
import { findSpecimen } from "./store.ts";

/** The label of a tube, for printing; each printing is in the tube's history. */
export async function labelSpecimen(work: Work, { id }: { id: string }): Promise<SpecimenLabel> {
  const row = await findSpecimen(work.connection, { tenantId: work.scope.tenantId, id });
  if (!row) throw new AppError("not-found");
  await record(
    work,
    { id, patientId: row.patientId, orderIds: row.orders.map((order) => order.id) },
    { kind: "LABELLED", at: work.now },
  );
  const { patient } = row;
  const tests = row.orders.map(({ testName }) => testName).join(", ");
  return {
    barcode: row.barcode,
    ...codesOf(row.barcode),
    lines: [
      `${patient.lastName.toUpperCase()}, ${patient.firstName}`,
      `${formatDate(patient.dateOfBirth)}  ${patient.gender.slice(0, 1).toUpperCase()}  MRN ${formatMrn(patient.mrn)}`,
      tests.length > 44 ? `${tests.slice(0, 43)}…` : tests,
      [row.containerName, formatDateTime(row.collectedAt.toISOString(), row.timeZone)].filter(Boolean).join("  "),
    ],
  };
}

/** A code as bars of Code 128 and dots of a QR code, in modules, as paths of an SVG. */
export function codesOf(text: string): Pick<SpecimenLabel, "bars" | "dots"> {
  const [bars] = bwip.raw({ bcid: "code128", text });
  const [dots] = bwip.raw({ bcid: "qrcode", text });
  if (!bars || !("sbs" in bars) || !dots || !("pixs" in dots)) throw new Error("The code could not be drawn.");
  let x = 0;
  let path = "";
  for (const [index, width] of bars.sbs.entries()) {
    if (index % 2 === 0) path += `M${x} 0h${width}v1h-${width}z`;
    x += width;
  }
  const size = dots.pixx;
  const squares = [...dots.pixs]
    .map((dark, at) => (dark ? `M${at % size} ${Math.floor(at / size)}h1v1h-1z` : ""))
    .join("");
  return { bars: { width: x, path }, dots: { size, path: squares } };
}
