import { demoPatients, neighbourFacilities, neighbourTenant, neighbourUsers } from "@infirmary/db/seed";
import { mrnFromSequence } from "@infirmary/shared/patient";
import { newId } from "../core/id.ts";
import type { Platform } from "../core/platform.ts";
import { inWork } from "../core/unit-of-work.ts";
import { hashPassword } from "../features/auth/index.ts";
import { firstMrnSequence, importPatients, setMrnSequence } from "../features/patient/index.ts";
import { insertHospital, insertTests, tenantExists } from "./store.ts";

const [from, to] = [200, 214];

/** Loads the second organisation, all or nothing: its own people, patients and catalogue, with MRNs that are the first one's too. */
export async function loadNeighbour(platform: Platform): Promise<void> {
  if (await tenantExists(platform.database, neighbourTenant.slug)) return;
  const tenantId = newId();
  const now = platform.now();
  const people = await Promise.all(
    neighbourUsers.map(async (user) => ({ ...user, id: newId(), passwordHash: await hashPassword(user.password) })),
  );
  await inWork(platform, { tenantId, actor: null, requestId: "demo", ip: null }, async ({ connection }) => {
    const facilities = neighbourFacilities.map((facility) => ({ ...facility, id: newId() }));
    await insertHospital(connection, { tenantId, tenant: neighbourTenant, facilities, people });
    await insertTests(connection, { tenantId });
    const patients = demoPatients(to)
      .slice(from)
      .map((patient, index) => ({
        ...patient,
        mrn: mrnFromSequence(firstMrnSequence + index),
        facilityIds: facilities.map(({ id }) => id),
        createdAt: new Date(now.getTime() - (20 - index) * 86_400_000),
      }));
    await importPatients(connection, { tenantId, keys: platform.keys, patients });
    await setMrnSequence(connection, { tenantId, taken: patients.length });
  });
}
