import type { Role } from "@infirmary/shared/access";
import { hash } from "@node-rs/argon2";
import type pg from "pg";
import { newId } from "../src/core/id.ts";

/** The password of everybody in the tests. */
export const password = "a password for tests";

export type TenantSeed = { id: string; facilityId: string; secondFacilityId: string };
export type Person = { id: string; username: string; fullName: string; tenantId: string };
export type People = Record<Role | "otherAdmin" | "otherDoctor", Person>;

let passwordHash: Promise<string> | undefined;

/** Two organisations and a person of every role in the first; in the second an admin and a doctor. */
export async function seedTenants(owner: pg.Pool): Promise<{ home: TenantSeed; other: TenantSeed; people: People }> {
  const home = await seedTenant(owner, "home", "Home Hospital");
  const other = await seedTenant(owner, "other", "Other Hospital");
  const person = (tenant: TenantSeed, username: string, fullName: string, role: Role) =>
    seedPerson(owner, tenant, { username, fullName, roles: [role] });
  return {
    home,
    other,
    people: {
      admin: await person(home, "admin", "Ada Admin", "admin"),
      doctor: await person(home, "doctor", "Dora Doctor", "doctor"),
      nurse: await person(home, "nurse", "Nils Nurse", "nurse"),
      lab_technician: await person(home, "lab", "Lars Lab", "lab_technician"),
      billing_clerk: await person(home, "billing", "Bea Billing", "billing_clerk"),
      privacy_officer: await person(home, "privacy", "Pia Privacy", "privacy_officer"),
      otherAdmin: await person(other, "other.admin", "Olga Admin", "admin"),
      otherDoctor: await person(other, "other.doctor", "Otto Doctor", "doctor"),
    },
  };
}

async function seedTenant(owner: pg.Pool, slug: string, name: string): Promise<TenantSeed> {
  const seed = { id: newId(), facilityId: newId(), secondFacilityId: newId() };
  await owner.query("INSERT INTO tenant (id, slug, name) VALUES ($1, $2, $3)", [seed.id, slug, name]);
  await owner.query(
    "INSERT INTO facility (tenant_id, id, code, name, time_zone) VALUES ($1, $2, 'A', 'Site A', 'America/New_York'), ($1, $3, 'B', 'Site B', 'Europe/Berlin')",
    [seed.id, seed.facilityId, seed.secondFacilityId],
  );
  return seed;
}

/** Adds an active person with roles at the tenant's first facility. */
export async function seedPerson(
  owner: pg.Pool,
  tenant: TenantSeed,
  { username, fullName, roles }: { username: string; fullName: string; roles: Role[] },
): Promise<Person> {
  passwordHash ??= hash(password, { algorithm: 2, memoryCost: 8192, timeCost: 1, parallelism: 1 });
  const id = newId();
  await owner.query(
    "INSERT INTO user_account (tenant_id, id, username, full_name, email, password_hash, status) VALUES ($1, $2, $3, $4, $5, $6, 'ACTIVE')",
    [tenant.id, id, username, fullName, `${username}@example.org`, await passwordHash],
  );
  await owner.query("INSERT INTO login_name (username, tenant_id, user_id) VALUES ($1, $2, $3)", [
    username,
    tenant.id,
    id,
  ]);
  for (const role of roles)
    await owner.query("INSERT INTO membership (tenant_id, user_id, facility_id, role) VALUES ($1, $2, $3, $4)", [
      tenant.id,
      id,
      tenant.facilityId,
      role,
    ]);
  return { id, username, fullName, tenantId: tenant.id };
}
