import type { AuditEntry } from "@infirmary/shared/audit";

const dcm = "http://dicom.nema.org/resources/ontology/DCM";
const securityType = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
const ours = "urn:infirmary:audit-action";

/** C, R, U, D or E of FHIR's AuditEvent, from the verb of an action. */
function kindOf(action: string): "C" | "R" | "U" | "D" | "E" {
  const verb = action.split(".").at(-1) ?? "";
  if (/^(create|upload|add|record|place-hold)$/.test(verb)) return "C";
  if (/^(read|list|search|history|trend|messages|raw-message|reveal|duplicates|report|overview)$/.test(verb))
    return "R";
  if (/^(update|set-status|start|complete|review|cancel|restore|resolve|reopen|release-hold)$/.test(verb)) return "U";
  if (/^(remove|delete|deactivate)$/.test(verb)) return "D";
  return "E";
}

const outcomes = { success: "0", refused: "8", failed: "4" } as const;

/**
 * An entry as a FHIR R4 AuditEvent, with the fields IHE BALP asks for: who (agent), from where (network), in what role, which
 * patient, which record or query (entity), when, how it ended, and by which request.
 */
export function toAuditEvent(entry: AuditEntry) {
  const name = entry.username ?? "nobody signed in";
  const subtype = { system: ours, code: entry.action };
  return {
    resourceType: "AuditEvent" as const,
    id: entry.id,
    type: /^auth\./.test(entry.action)
      ? { system: dcm, code: "110114", display: "User Authentication" }
      : {
          system: "http://terminology.hl7.org/CodeSystem/audit-event-type",
          code: "rest",
          display: "RESTful Operation",
        },
    subtype: [subtype],
    action: kindOf(entry.action),
    recorded: entry.at,
    outcome: outcomes[entry.outcome],
    ...(entry.reason ? { outcomeDesc: entry.reason } : {}),
    purposeOfEvent: [
      { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActReason", code: purposeOf(entry) }] },
    ],
    agent: [
      {
        type: { coding: [{ system: dcm, code: "110153", display: "Source Role ID" }] },
        role: (entry.role ?? "")
          .split(",")
          .filter(Boolean)
          .map((code) => ({ coding: [{ system: "urn:infirmary:role", code }] })),
        who: entry.userId ? { reference: `Practitioner/${entry.userId}`, display: name } : { display: name },
        requestor: true,
        ...(entry.facilityId ? { location: { reference: `Location/${entry.facilityId}` } } : {}),
        ...(entry.ip ? { network: { address: entry.ip, type: "2" } } : {}),
      },
    ],
    source: {
      observer: { display: "Infirmary" },
      type: [{ system: "http://terminology.hl7.org/CodeSystem/security-source-type", code: "4" }],
    },
    entity: [
      ...(entry.patientId
        ? [
            {
              what: { reference: `Patient/${entry.patientId}` },
              type: { system: "http://terminology.hl7.org/CodeSystem/audit-entity-type", code: "1" },
              role: { system: "http://terminology.hl7.org/CodeSystem/object-role", code: "1" },
            },
          ]
        : []),
      {
        what: { identifier: { system: `urn:infirmary:${entry.entity}`, value: entry.entityId ?? entry.entity } },
        type: { system: "http://terminology.hl7.org/CodeSystem/audit-entity-type", code: "2" },
        role: {
          system: "http://terminology.hl7.org/CodeSystem/object-role",
          code: entry.after?.patientIds ? "24" : "4",
        },
        ...(entry.after?.patientIds ? { query: Buffer.from(JSON.stringify(entry.after)).toString("base64") } : {}),
        lifecycle: { system: securityType, code: kindOf(entry.action) === "R" ? "access" : "amend" },
      },
      {
        what: { identifier: { system: "urn:infirmary:request", value: entry.requestId } },
        type: { system: "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", code: "XrequestId" },
      },
    ],
  };
}

/** Break-glass is emergency treatment; what administrators and privacy officers look at is operations, the rest treatment. */
function purposeOf({ action, role }: AuditEntry): string {
  if (/break-glass/.test(action)) return "BTG";
  return /admin|privacy_officer|billing/.test(role ?? "") ? "HOPERAT" : "TREAT";
}
