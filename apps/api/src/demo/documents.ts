import { demoNote, demoReferral, demoVisits } from "@infirmary/db/seed";
import type { DocumentKind, VersionKind } from "@infirmary/shared/document";
import type { AuditInput } from "../core/audit.ts";
import { newId } from "../core/id.ts";
import type { Platform } from "../core/platform.ts";
import { type Content, hashOf, newContent, sealContent } from "../features/document/index.ts";
import type { VisitRow } from "./clinic-day-rows.ts";
import type { DocumentRows } from "./documents-store.ts";
import type { DemoFacility, DemoPerson } from "./store.ts";

type Patient = { id: string; mrn: string; firstName: string; lastName: string; dateOfBirth: string; gender: string };
type Input = {
  tenantId: string;
  organisation: string;
  now: Date;
  keys: Platform["keys"];
  patients: readonly Patient[];
  people: readonly DemoPerson[];
  facilities: readonly DemoFacility[];
  /** In the order of `demoVisits`. */
  visits: readonly VisitRow[];
  note(person: DemoPerson, at: Date, facilityId: string, entry: AuditInput): void;
};

const minuteMs = 60_000;
const kind = "SOAP";
const templateVersion = 1;

/** The notes of the demo's visits: signed where the visit is over, one of them amended, one still being written; and a letter to sign. */
export function documentsOf(input: Input): DocumentRows {
  const rows: DocumentRows = { documents: [], versions: [], drafts: [], events: [] };
  const doctor = input.people.find(({ role }) => role === "doctor");
  if (!doctor) throw new Error("The demo has no doctor.");
  const write = writer(input, doctor, rows);
  for (const [index, visit] of demoVisits().entries()) {
    const note = demoNote(visit);
    const row = input.visits[index];
    if (!note || !row) continue;
    const begunAt = row.consultStartedAt ?? input.now;
    const document = write.begin(kind, row.patientId, { encounterId: row.id, at: begunAt });
    if (!row.completedAt) {
      write.draft(document, newContent(note.sections, null), new Date(begunAt.getTime() + 3 * minuteMs));
      continue;
    }
    write.sign(document, newContent(note.sections, null), row.completedAt);
    if (note.amended) {
      const { reason, assessment } = note.amended;
      const amended = newContent({ ...note.sections, assessment }, reason);
      write.sign(document, amended, new Date(row.completedAt.getTime() + 25 * minuteMs));
    }
  }
  const patientId = input.patients[demoReferral.patient]?.id;
  if (patientId) {
    const at = new Date(input.now.getTime() - 75 * minuteMs);
    const letter = write.begin("REFERRAL", patientId, { encounterId: null, at });
    write.draft(letter, newContent(demoReferral.sections, null), new Date(at.getTime() + 6 * minuteMs));
  }
  return rows;
}

type Begun = { id: string; patientId: string; encounterId: string | null; kind: DocumentKind; hashes: Buffer[] };

function writer(
  { tenantId, keys, facilities, note, organisation, patients }: Input,
  doctor: DemoPerson,
  rows: DocumentRows,
) {
  const [facility] = facilities;
  if (!facility) throw new Error("The demo has no facility.");
  const tell = (document: Begun, at: Date, name: string, detail: object) => {
    const { id, patientId, encounterId } = document;
    rows.events.push({
      id: newId(at.getTime()),
      at,
      name,
      actorId: doctor.id,
      patientId,
      encounterId,
      subjectId: id,
      detail,
    });
    const action = name === "document.signed" ? "document.sign" : "document.create";
    note(doctor, at, facility.id, { action, entity: "document", entityId: id, patientId, after: { ...detail } });
  };
  const begin = (
    of: DocumentKind,
    patientId: string,
    { encounterId, at }: { encounterId: string | null; at: Date },
  ) => {
    const document: Begun = { id: newId(at.getTime()), patientId, encounterId, kind: of, hashes: [] };
    const { id } = document;
    rows.documents.push({
      ...{ id, patientId, encounterId, facilityId: facility.id, kind: of, templateVersion },
      ...{ status: "DRAFT", number: 0, createdById: doctor.id, createdAt: at },
    });
    tell(document, at, "document.created", { kind: of });
    return document;
  };
  const draft = ({ id: documentId, patientId }: Begun, content: Content, savedAt: Date) => {
    const id = newId(savedAt.getTime());
    const sealed = sealContent(keys, { tenantId, table: "document_draft", id }, content).toString("base64");
    rows.drafts.push({ id, documentId, patientId, contentSealed: sealed, savedById: doctor.id, savedAt });
  };
  const sign = (document: Begun, written: Content, signedAt: Date) => {
    const patient = patients.find(({ id }) => id === document.patientId);
    if (!patient) throw new Error("A document has a patient.");
    const { lastName, firstName, mrn, dateOfBirth, gender } = patient;
    const content: Content = {
      ...written,
      letterhead: {
        organisation,
        facility: facility.name,
        timeZone: facility.timeZone,
        patient: { name: `${lastName}, ${firstName}`, mrn, dateOfBirth, gender },
        signer: doctor.fullName,
      },
    };
    const number = document.hashes.length + 1;
    const version: VersionKind = number === 1 ? "original" : "amendment";
    const hash = hashOf(
      {
        tenantId,
        documentId: document.id,
        patientId: document.patientId,
        documentKind: document.kind,
        templateVersion,
        number,
        kind: version,
        previousHash: document.hashes.at(-1)?.toString("hex") ?? null,
        meaning: "author",
        signedById: doctor.id,
        signedAt: signedAt.toISOString(),
      },
      content,
    );
    document.hashes.push(hash);
    const id = newId(signedAt.getTime());
    rows.versions.push({
      ...{
        id,
        documentId: document.id,
        patientId: document.patientId,
        number,
        kind: version,
        signedById: doctor.id,
        signedAt,
      },
      contentSealed: sealContent(keys, { tenantId, table: "document_version", id }, content).toString("base64"),
      hash: hash.toString("hex"),
    });
    const head = rows.documents.find(({ id: known }) => known === document.id);
    if (head) Object.assign(head, { status: "SIGNED", number });
    tell(document, signedAt, "document.signed", { kind: document.kind, version, number });
  };
  return { begin, draft, sign };
}
