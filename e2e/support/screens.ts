import type { Role } from "@infirmary/shared/access";

/** A screen somebody can open, by the name it has in the gallery. `{patient}` and `{order}` stand for ids. */
export type Screen = { name: string; path: string };

/** Ids that addresses are filled in with. */
export type Records = { patient: string; order: string; person: string; encounter: string };

const home: Screen = { name: "home", path: "/" };
const inbox: Screen = { name: "inbox", path: "/inbox" };
const patients: Screen = { name: "patients", path: "/patients" };
const register: Screen = { name: "register-patient", path: "/patients/new" };
const chart: Screen = { name: "chart", path: "/patients/{patient}" };
const edit: Screen = { name: "edit-patient", path: "/patients/{patient}/edit" };
const encounters: Screen = { name: "visits", path: "/encounters" };
const newEncounter: Screen = { name: "new-visit", path: "/encounters/new?patientId={patient}" };
const encounter: Screen = { name: "visit", path: "/encounters/{encounter}" };
const appointments: Screen = { name: "appointments", path: "/appointments" };
const queue: Screen = { name: "queue", path: "/queue" };
const queueSetup: Screen = { name: "service-points", path: "/queue/setup" };
const orders: Screen = { name: "orders", path: "/orders" };
const newOrder: Screen = { name: "new-order", path: "/orders/new?patientId={patient}" };
const order: Screen = { name: "order", path: "/orders/{order}" };
const bench: Screen = { name: "bench", path: "/bench" };
const entry: Screen = { name: "result-entry", path: "/bench/{order}" };
const criticals: Screen = { name: "criticals", path: "/criticals" };
const specimens: Screen = { name: "specimens", path: "/specimens" };
const upload: Screen = { name: "upload", path: "/upload" };
const unmatched: Screen = { name: "unmatched", path: "/unmatched" };
const people: Screen = { name: "people", path: "/people" };
const person: Screen = { name: "person", path: "/people/{person}" };
const addPerson: Screen = { name: "add-person", path: "/people/new" };
const signInRules: Screen = { name: "sign-in-rules", path: "/people/sign-in-rules" };
const rolesScreen: Screen = { name: "roles", path: "/people/roles" };
const breakGlass: Screen = { name: "emergency-access", path: "/break-glass" };
const catalogue: Screen = { name: "catalogue", path: "/catalogue" };
const test: Screen = { name: "test", path: "/catalogue/2823-3" };
const facilities: Screen = { name: "facilities", path: "/facilities" };
const system: Screen = { name: "system", path: "/system" };
const audit: Screen = { name: "audit", path: "/audit" };
const privacy: Screen = { name: "privacy", path: "/privacy" };
const account: Screen = { name: "account", path: "/account" };

/** Every screen each role can open. */
export const screensOf: Record<Role, readonly Screen[]> = {
  doctor: [
    inbox,
    patients,
    register,
    chart,
    edit,
    appointments,
    queue,
    encounters,
    newEncounter,
    encounter,
    orders,
    newOrder,
    order,
    account,
  ],
  nurse: [
    home,
    patients,
    register,
    chart,
    edit,
    appointments,
    queue,
    encounters,
    newEncounter,
    encounter,
    orders,
    order,
    account,
  ],
  lab_technician: [
    home,
    patients,
    chart,
    orders,
    order,
    bench,
    entry,
    specimens,
    criticals,
    upload,
    unmatched,
    account,
  ],
  billing_clerk: [home, account],
  privacy_officer: [privacy, breakGlass, patients, audit, account],
  admin: [
    home,
    patients,
    register,
    chart,
    edit,
    appointments,
    queue,
    queueSetup,
    orders,
    order,
    people,
    person,
    addPerson,
    signInRules,
    rolesScreen,
    catalogue,
    test,
    facilities,
    system,
    breakGlass,
    audit,
    account,
  ],
};

export const addressOf = ({ path }: Screen, records: Records) =>
  path.replace(/\{(\w+)\}/g, (_, name: keyof Records) => records[name]);
