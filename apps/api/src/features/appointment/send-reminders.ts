import { formatDateTime } from "@infirmary/shared/core";
import { AppError } from "../../core/app-error.ts";
import { eachTenant } from "../../core/each-tenant.ts";
import { newId } from "../../core/id.ts";
import type { Mailer } from "../../core/mail.ts";
import type { Platform } from "../../core/platform.ts";
import { inWork, type Work } from "../../core/unit-of-work.ts";
import { loadPatient } from "../patient/index.ts";
import { claimDue, type Due, giveUpStuck, settleReminder } from "./reminder-store.ts";

const batchMax = 20;
const attemptsMax = 3;
/** A mail that was not handed over is tried again after as many times this. */
const againMs = 10 * 60_000;
const stuckMs = 15 * 60_000;

type Claimed = Due & { tenantId: string; email: string };

/**
 * The job: mails the reminders that are due. Each is taken in a transaction of its own before it goes out and settled afterwards, so that
 * of any number of workers one sends it, and one that dies in between sends it no second time.
 */
export async function sendReminders(platform: Platform, mailer: Mailer): Promise<void> {
  const claimed: Claimed[] = [];
  await eachTenant(platform, async (work) => void claimed.push(...(await claim(work))));
  for (const reminder of claimed) await sendOne(platform, mailer, reminder);
}

async function claim(work: Work): Promise<Claimed[]> {
  const { connection, scope, now, audit } = work;
  const { tenantId } = scope;
  const before = new Date(now.getTime() - stuckMs);
  for (const { appointmentId, patientId } of await giveUpStuck(connection, { tenantId, before }))
    audit({ ...entryOf({ appointmentId, patientId }), outcome: "failed", reason: "the worker stopped while sending" });
  const claimed: Claimed[] = [];
  for (const due of await claimDue(connection, { tenantId, now, limit: batchMax })) {
    const email = await addressOf(work, due.patientId);
    if (email) claimed.push({ ...due, tenantId, email });
    else await settleReminder(connection, { tenantId, id: due.appointmentId, status: "NO_ADDRESS", now, dueAt: null });
  }
  return claimed;
}

/** The patient's e-mail; null where there is none, or the record was removed. */
async function addressOf(work: Work, id: string): Promise<string | null> {
  try {
    return (await loadPatient(work, { id })).email;
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return null;
    throw error;
  }
}

async function sendOne(platform: Platform, mailer: Mailer, reminder: Claimed): Promise<void> {
  const { tenantId, appointmentId: id, attempts } = reminder;
  const settle = (status: "SENT" | "DUE" | "FAILED", reason: string | null) =>
    inWork(platform, { tenantId, actor: null, requestId: newId(), ip: null }, async ({ connection, now, audit }) => {
      const dueAt = status === "DUE" ? new Date(now.getTime() + attempts * againMs) : null;
      await settleReminder(connection, { tenantId, id, status, now, dueAt });
      audit({ ...entryOf(reminder), outcome: status === "SENT" ? "success" : "failed", reason });
    });
  try {
    await mailer.send(letterOf(reminder));
  } catch (error) {
    const { name } = error instanceof Error ? error : { name: "Error" };
    platform.log.warn({ error: name, attempts }, "reminder not handed over");
    return settle(attempts < attemptsMax ? "DUE" : "FAILED", "the mail was not handed over");
  }
  await settle("SENT", null);
}

const entryOf = ({ appointmentId, patientId }: Pick<Due, "appointmentId" | "patientId">) => ({
  action: "appointment.remind",
  entity: "appointment",
  entityId: appointmentId,
  patientId,
});

/** Says where and when, and neither who nor what for: a mail is read by others too. */
function letterOf({ email, startsAt, timeZone, facilityName, facilityAddress }: Claimed) {
  const when = formatDateTime(startsAt, timeZone);
  return {
    to: email,
    subject: `Your appointment on ${when}`,
    text: `Hello,

this is a reminder of your appointment:

${when}, local time
${facilityName}${facilityAddress ? `\n${facilityAddress}` : ""}

If you cannot come, please call us, so that somebody else can have the time.
`,
  };
}
