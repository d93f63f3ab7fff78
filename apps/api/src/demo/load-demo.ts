import {
  demoFacilities,
  demoInvited,
  demoLocations,
  demoOrders,
  demoPatients,
  demoRiverLocations,
  demoTenant,
  demoUsers,
  type SampleFile,
  type SampleOrder,
  sampleFiles,
} from "@infirmary/db/seed";
import { mrnFromSequence } from "@infirmary/shared/patient";
import { newId } from "../core/id.ts";
import type { Platform } from "../core/platform.ts";
import { inWork, type Work } from "../core/unit-of-work.ts";
import { enqueueResetFor, hashPassword } from "../features/auth/index.ts";
import { firstMrnSequence, importPatients, setMrnSequence } from "../features/patient/index.ts";
import { insertAppointments } from "./appointment-store.ts";
import { appointmentsOf } from "./appointments.ts";
import { attachmentsOf, insertAttachments } from "./attachments.ts";
import { insertBench } from "./bench.ts";
import { clinicDayOf } from "./clinic-day.ts";
import type { NoteDeed } from "./clinic-day-rows.ts";
import { insertClinicDay } from "./clinic-day-store.ts";
import { documentsOf } from "./documents.ts";
import { insertDocuments } from "./documents-store.ts";
import { insertEmergencyAccess } from "./emergency-access.ts";
import { historyOf } from "./history.ts";
import type { History } from "./history-rows.ts";
import { insertHistory } from "./history-store.ts";
import { loadNeighbour } from "./load-neighbour.ts";
import { parkDemo } from "./park-demo.ts";
import { insertQueue } from "./queue.ts";
import { insertSpecimens } from "./specimens.ts";
import {
  ensurePartitions,
  insertAnalyser,
  insertHospital,
  insertLocations,
  insertTests,
  tenantExists,
} from "./store.ts";

const patientCount = 200;
const dayMs = 86_400_000;
/** Audit entries go back to the first registrations. */
const oldestDays = 45;

export type Loaded = { patients: number; orders: number; samples: SampleFile[] };

/**
 * Loads the demo hospital, all or nothing; null where it is loaded already. The past cannot be filed through the use cases, which
 * stamp the present time: its rows are written as those would have, by the same rules, with their own times and audit entries.
 */
export async function loadDemo(platform: Platform): Promise<Loaded | null> {
  if (await tenantExists(platform.database, demoTenant.slug)) return null;
  const now = new Date(Math.floor(platform.now().getTime() / 60_000) * 60_000);
  const tenantId = newId();
  const people = await Promise.all(
    demoUsers.map(async (user) => ({ ...user, id: newId(), passwordHash: await hashPassword(user.password) })),
  );
  const scope = { tenantId, actor: null, requestId: "demo", ip: null };
  const loaded = await inWork(platform, scope, async (work) => {
    const facilities = demoFacilities.map((facility) => ({ ...facility, id: newId() }));
    await ensurePartitions(work.connection, new Date(now.getTime() - oldestDays * dayMs));
    const invited = { ...demoInvited, id: newId(), passwordHash: null };
    await insertHospital(work.connection, { tenantId, tenant: demoTenant, facilities, people: [...people, invited] });
    await enqueueResetFor(work, invited.id);
    const analyser = { id: newId(), name: "Chemistry analyser" };
    await insertAnalyser(work.connection, { tenantId, ...analyser });
    await insertTests(work.connection, { tenantId });
    const [main, river] = facilities;
    const rooms = main
      ? await insertLocations(work.connection, { tenantId, facilityId: main.id, locations: demoLocations })
      : new Map<string, string>();
    if (river)
      await insertLocations(work.connection, { tenantId, facilityId: river.id, locations: demoRiverLocations });
    const patients = await registerPatients(work, now, main ? [main.id] : []);
    const history = historyOf({
      tenantId,
      now,
      orders: demoOrders(now, patientCount),
      patients,
      people,
      facilities,
      keys: platform.keys,
    });
    const note: NoteDeed = (person, at, facilityId, entry) =>
      void history.audits.push({ ...entry, at, person, facilityId });
    const rows = clinicDayOf({ tenantId, now, patients, people, facilities, keys: platform.keys, note });
    const appointments = appointmentsOf({ now, patients, people, facilities, rooms, visits: rows.visits, note });
    const documents = documentsOf({
      ...{ tenantId, now, patients, people, facilities, keys: platform.keys, note },
      organisation: demoTenant.name,
      visits: rows.visits,
    });
    const files = attachmentsOf({ now, patients, people, facilities, note });
    await insertEmergencyAccess(work.connection, {
      tenantId,
      now,
      patients,
      people,
      facilities,
      history,
      keys: platform.keys,
    });
    await insertHistory(work.connection, { tenantId, history, platform });
    await insertSpecimens(work.connection, { tenantId, now, orders: history.orders, people });
    await insertBench(work.connection, { tenantId, now, orders: history.orders, people });
    await insertClinicDay(work.connection, { tenantId, rows });
    await insertAppointments(work.connection, { tenantId, ...appointments });
    if (main) await insertQueue(work.connection, { tenantId, now, facility: main, patients, visits: rows.visits });
    await insertAttachments(work, files);
    await insertDocuments(work.connection, { tenantId, rows: documents });
    await parkDemo(work, { orders: history.orders, partner: analyser, now });
    return { patients: patients.length, orders: history.orders.length, samples: samplesOf(history, now) };
  });
  await loadNeighbour(platform);
  return loaded;
}

async function registerPatients({ connection, scope, platform }: Work, now: Date, facilityIds: readonly string[]) {
  const { tenantId } = scope;
  const patients = demoPatients(patientCount).map((patient, index) => ({
    ...patient,
    mrn: mrnFromSequence(firstMrnSequence + index),
    facilityIds,
    createdAt: new Date(now.getTime() - patient.registeredDaysAgo * dayMs + (index % 20) * 720_000),
  }));
  const ids = await importPatients(connection, { tenantId, keys: platform.keys, patients });
  await setMrnSequence(connection, { tenantId, taken: patients.length });
  return patients.map((patient, index) => ({ ...patient, id: ids[index] ?? "" }));
}

function samplesOf(history: History, now: Date): SampleFile[] {
  const orders = new Map<string, SampleOrder>();
  for (const { sample, orderNumber, testCode, patient } of history.orders) {
    if (sample) orders.set(sample, { orderNumber, testCode, patient });
  }
  return sampleFiles(orders, { now, timeZone: demoFacilities[0].timeZone });
}
