// libauthz against the access libraries of the registry: `node packages/native/bench/authz.ts`.
// Thirty rules over ten permissions, 2,048 requests of 8 people about 256 records; all candidates decide the same, which is
// checked before anything is measured.
import { authz } from "../js/index.ts";
import { installPeers, requirePeer } from "./peers.ts";
import { type Candidate, measure, type Result, report } from "./rounds.ts";

installPeers();

interface Person {
  readonly id: string;
  readonly roles: string[];
  readonly facilities: string[];
}
interface Item {
  readonly id: string;
  readonly facility: string;
  readonly careTeam: string[];
  readonly status: string;
}

const permissions = Array.from({ length: 10 }, (_, i) => `record.p${i}`);
const people: Person[] = Array.from({ length: 8 }, (_, i) => {
  return { id: `u${i}`, roles: [i % 2 ? "nurse" : "doctor"], facilities: [`f${i % 4}`, `f${(i + 1) % 4}`] };
});
const items: Item[] = Array.from({ length: 256 }, (_, i) => ({
  id: `r${i}`,
  facility: `f${i % 5}`,
  careTeam: [`u${i % 8}`, `u${(i * 3) % 8}`],
  status: i % 11 === 0 ? "locked" : "open",
}));
const requests = Array.from({ length: 2_048 }, (_, i) => ({
  permission: permissions[i % 10] as string,
  person: people[(i >> 3) % 8] as Person,
  item: items[(i * 7) % 256] as Item,
}));
type Question = (typeof requests)[number];

const policy = authz.compile(
  [
    `role doctor, nurse\npermission ${permissions.join(", ")}`,
    "attribute subject.id: text\nattribute subject.facilities: set",
    "attribute resource.facility: text\nattribute resource.careTeam: set\nattribute resource.status: text",
    ...permissions.flatMap((name) => [
      `allow "doctor ${name}" doctor to ${name} when resource.facility in subject.facilities`,
      `allow "nurse ${name}" nurse to ${name} when all(resource.facility in subject.facilities, subject.id in resource.careTeam)`,
      `deny "locked ${name}" anyone to ${name} when resource.status is "locked"`,
    ]),
  ].join("\n"),
);
const subjects = new Map(
  people.map((person) => [person, policy.subject({ roles: person.roles, subject: person })] as const),
);
const packedItems = new Map(items.map((item) => [item, policy.resources([item])] as const));
const packed = ({ permission, person, item }: Question): boolean =>
  subjects.get(person)?.decide(permission, packedItems.get(item)).allowed ?? false;
const ours = ({ permission, person, item }: Question) =>
  policy.decide({ permission, roles: person.roles, subject: person, resource: item }).allowed;

const { createMongoAbility, AbilityBuilder, subject } = requirePeer("@casl/ability");
const abilities = new Map(
  people.map((person) => {
    const { can, cannot, build } = new AbilityBuilder(createMongoAbility);
    const facility = { $in: person.facilities };
    for (const permission of permissions) {
      can(permission, "Item", person.roles.includes("doctor") ? { facility } : { facility, careTeam: person.id });
      cannot(permission, "Item", { status: "locked" });
    }
    return [person, build()] as const;
  }),
);
const caslItems = new Map(items.map((item) => [item, subject("Item", { ...item })]));
const casl = ({ permission, person, item }: Question): boolean =>
  abilities.get(person)?.can(permission, caslItems.get(item)) ?? false;

const cedar = requirePeer("@cedar-policy/cedar-wasm/nodejs");
cedar.preparsePolicySet("bench", {
  staticPolicies: permissions
    .map(
      (name) => `permit(principal, action == Action::"${name}", resource) when
        { principal.roles.contains("doctor") && principal.facilities.contains(resource.facility) };
      permit(principal, action == Action::"${name}", resource) when
        { principal.roles.contains("nurse") && principal.facilities.contains(resource.facility) && resource.careTeam.contains(principal.pid) };
      forbid(principal, action == Action::"${name}", resource) when { resource.status == "locked" };`,
    )
    .join("\n"),
});
function cedarDecides({ permission, person, item }: Question): boolean {
  const principal = { type: "User", id: person.id };
  const resource = { type: "Item", id: item.id };
  const { roles, facilities } = person;
  const { facility, careTeam, status } = item;
  const answer = cedar.statefulIsAuthorized({
    principal,
    action: { type: "Action", id: permission },
    resource,
    context: {},
    preparsedPolicySetId: "bench",
    entities: [
      { uid: principal, attrs: { roles, facilities, pid: person.id }, parents: [] },
      { uid: resource, attrs: { facility, careTeam, status }, parents: [] },
    ],
  });
  return answer.type === "success" && answer.response.decision === "allow";
}

const { newEnforcer, newModelFromString } = requirePeer("casbin");
const enforcer = await newEnforcer(
  newModelFromString(`
[request_definition]
r = sub, obj, act
[policy_definition]
p = role, act, rule, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.act == p.act && has(r.sub.roles, p.role) && eval(p.rule)`),
);
await enforcer.addFunction("has", (list: string[], one: string) => one === "any" || list.includes(one));
for (const name of permissions) {
  await enforcer.addPolicy("doctor", name, "has(r.sub.facilities, r.obj.facility)", "allow");
  await enforcer.addPolicy(
    "nurse",
    name,
    "has(r.sub.facilities, r.obj.facility) && has(r.obj.careTeam, r.sub.id)",
    "allow",
  );
  await enforcer.addPolicy("any", name, 'r.obj.status == "locked"', "deny");
}
const casbin = ({ permission, person, item }: Question): boolean => enforcer.enforceSync(person, item, permission);

const { Engine } = requirePeer("json-rules-engine");
const engine = new Engine();
for (const name of permissions) {
  const permission = { fact: "permission", operator: "equal", value: name };
  const facility = { fact: "facility", operator: "in", value: { fact: "facilities" } };
  const role = (value: string) => ({ fact: "roles", operator: "contains", value });
  const inTeam = { fact: "careTeam", operator: "contains", value: { fact: "subjectId" } };
  const locked = { fact: "status", operator: "equal", value: "locked" };
  engine.addRule({ conditions: { all: [permission, role("doctor"), facility] }, event: { type: "allow" } });
  engine.addRule({ conditions: { all: [permission, role("nurse"), facility, inTeam] }, event: { type: "allow" } });
  engine.addRule({ conditions: { all: [permission, locked] }, event: { type: "deny" } });
}
async function jsonRules({ permission, person, item }: Question): Promise<boolean> {
  const { roles, facilities, id: subjectId } = person;
  const { facility, careTeam, status } = item;
  const { events } = await engine.run({ permission, roles, facilities, subjectId, facility, careTeam, status });
  const types = events.map(({ type }: { type: string }) => type);
  return types.includes("allow") && !types.includes("deny");
}

const deciders: [string, (question: Question) => boolean | Promise<boolean>][] = [
  ["authz, kept per user and item", packed],
  ["authz, plain objects", ours],
  ["@casl/ability, kept per user", casl],
  ["@cedar-policy/cedar-wasm", cedarDecides],
  ["casbin", casbin],
  ["json-rules-engine", jsonRules],
];
let allowed = 0;
for (const question of requests) {
  const expected = ours(question);
  allowed += Number(expected);
  for (const [name, decide] of deciders) {
    if ((await decide(question)) !== expected)
      throw new Error(`${name} decides differently: ${JSON.stringify(question)}`);
  }
}
process.stdout.write(`${requests.length} requests, ${allowed} allowed, all candidates agree\n`);

const at = (i: number): Question => requests[i & 2_047] as Question;
const oneByOne = deciders.map(([name, decide]): Candidate => {
  return {
    name,
    run: (count) => {
      if (name === "json-rules-engine")
        return (async () => {
          for (let i = 0; i < count; i++) await decide(at(i));
        })();
      for (let i = 0; i < count; i++) decide(at(i));
      return undefined;
    },
  };
});
const results: Result[] = await measure({
  title: "one decision, 30 rules",
  mustReach: {
    "@casl/ability, kept per user": 2,
    "@cedar-policy/cedar-wasm": 150,
    casbin: 150,
  },
  candidates: oneByOne as [Candidate, ...Candidate[]],
});

// The same requests as lists: what one person may do with each record of a page.
const lists = Map.groupBy(requests, ({ person, permission }) => `${person.id} ${permission}`);
const pages = [...lists.values()].map((list) => {
  const { person, permission } = list[0] as Question;
  const page = list.map(({ item }) => item);
  return { person, permission, page, subject: subjects.get(person), packedPage: policy.resources(page) };
});
const expectAllowed = (count: number) => {
  if (count !== allowed) throw new Error(`${count} were allowed instead of ${allowed}`);
};
results.push(
  ...(await measure({
    title: `the same ${requests.length} as ${pages.length} lists (per decision)`,
    mustReach: { "@casl/ability, kept per user": 12 },
    per: requests.length,
    candidates: [
      {
        name: "authz, kept per user and list",
        run: (count) => {
          for (let i = 0; i < count; i++) {
            let yes = 0;
            for (const { permission, subject, packedPage } of pages) {
              for (const decision of subject?.decideMany(permission, packedPage) ?? []) yes += Number(decision.allowed);
            }
            expectAllowed(yes);
          }
        },
      },
      {
        name: "authz, plain objects",
        run: (count) => {
          for (let i = 0; i < count; i++) {
            let yes = 0;
            for (const { person, permission, page } of pages) {
              const decisions = policy.decideMany({ permission, roles: person.roles, subject: person }, page);
              for (const decision of decisions) yes += Number(decision.allowed);
            }
            expectAllowed(yes);
          }
        },
      },
      {
        name: "@casl/ability, kept per user",
        run: (count) => {
          for (let i = 0; i < count; i++) {
            let yes = 0;
            for (const { person, permission, page } of pages) {
              for (const item of page) yes += Number(casl({ permission, person, item }));
            }
            expectAllowed(yes);
          }
        },
      },
    ],
  })),
  ...(await measure({
    title: "explaining one decision",
    mustStayUnder: 5_000,
    candidates: [
      {
        name: "authz explain",
        run: (count) => {
          for (let i = 0; i < count; i++) {
            const { permission, person, item } = at(i);
            policy.explain({ permission, roles: person.roles, subject: person, resource: item });
          }
        },
      },
    ],
  })),
);
report(results);
