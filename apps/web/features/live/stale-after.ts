/** A procedure or a whole capability, as the start of its query key. */
export type StalePath = readonly string[];

const results: StalePath[] = [["result"], ["order"], ["notification"], ["criticalCall"]];
const table: Record<string, readonly StalePath[]> = {
  "result.filed": results,
  "result.corrected": results,
  "order.created": [["order"], ["notification"]],
  "order.changed": [["order"], ["notification"]],
  "specimen.changed": [["specimen"], ["labResult", "bench"], ["notification"]],
  "critical-call.logged": [["criticalCall"]],
  "lab-result.changed": [["labResult"]],
  "patient.changed": [["patient"], ["appointment", "list"]],
  "appointment.booked": [["appointment"], ["timeline"]],
  "appointment.changed": [["appointment"], ["timeline"]],
  "encounter.created": [["encounter"], ["timeline"]],
  "encounter.changed": [["encounter"], ["timeline"], ["queue"]],
  "encounter.overridden": [["encounter"]],
  "vitals.recorded": [["vitals"], ["encounter"], ["timeline"], ["queue", "list"]],
  "diagnosis.added": [["encounter"], ["timeline"]],
  "diagnosis.withdrawn": [["encounter"]],
  "allergy.changed": [["allergy"], ["encounter", "blockers"]],
  "attachment.added": [["attachment"], ["timeline"]],
  "attachment.removed": [["attachment"], ["timeline"]],
  "attachment.restored": [["attachment"], ["timeline"]],
  "document.created": [["document", "list"], ["timeline"], ["encounter", "blockers"]],
  "document.signed": [["document"], ["timeline"], ["encounter", "blockers"]],
  "document.discarded": [["document"], ["timeline"], ["encounter", "blockers"]],
  "document.restored": [["document"], ["timeline"], ["encounter", "blockers"]],
  "document.amending": [["document"], ["timeline"], ["encounter", "blockers"]],
  "notification.created": [["notification"]],
  "user.changed": [["user"]],
  "role.changed": [["role"], ["user"]],
  "catalog.changed": [["catalog"]],
  "facility.changed": [["facility"], ["user"], ["appointment"]],
  "break-glass.opened": [["breakGlass"]],
  "break-glass.ended": [["breakGlass"]],
  "break-glass.reviewed": [["breakGlass"]],
};

/** What a live event makes stale; an event this version does not know makes its whole capability stale. */
export function staleAfter(name: string): readonly StalePath[] {
  return table[name] ?? [[name.split(".")[0] ?? name]];
}
