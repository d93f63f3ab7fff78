import type { LabTestCreate, LabTestDetail, LabTestUpdate, RangeWrite } from "@infirmary/shared/catalog";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import {
  changeRanges,
  type Definition,
  insertTest,
  insertVersion,
  readSetup,
  storeMembers,
  updateTest,
} from "./definition-store.ts";
import { getTest } from "./read-tests.ts";
import { isUcumUnit } from "./unit.ts";

/** Adds a test or a panel to the catalogue. */
export async function createTest(work: Work, input: LabTestCreate): Promise<LabTestDetail> {
  const { members, ranges, ...test } = input;
  await check(work, test);
  const added = await insertTest(work.connection, { tenantId: work.scope.tenantId, test, isPanel: members.length > 0 });
  if (!added) throw new AppError("already-exists", { detail: "The catalogue has a test of this code." });
  return settle(work, { code: input.code, members, ranges, before: null });
}

/** Changes a definition: a new version of it. Ranges that are not given any more end today; those that judged a value stay readable. */
export async function changeTest(work: Work, input: LabTestUpdate): Promise<LabTestDetail> {
  const before = await getTest(work, input);
  if (before.version !== input.version) throw new AppError("stale-version", { current: before });
  const { version, members, ranges, ...given } = input;
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const test: Definition = { ...before, ...said };
  await check(work, test);
  const isPanel = members ? members.length > 0 : before.isPanel;
  if (!(await updateTest(work.connection, { tenantId: work.scope.tenantId, version, test, isPanel })))
    throw new AppError("stale-version", { current: await getTest(work, input) });
  return settle(work, { code: input.code, members, ranges, before });
}

async function check({ connection, scope }: Work, test: Definition): Promise<void> {
  const setup = await readSetup(connection, { tenantId: scope.tenantId });
  const errors = [
    ...(test.unit !== null && !isUcumUnit(test.unit)
      ? [{ path: "unit", message: "This is no unit of UCUM, as mmol/L or 10*3/uL." }]
      : []),
    ...(test.specimenType !== null && !setup.specimenTypes.some(({ code }) => code === test.specimenType)
      ? [{ path: "specimenType", message: "There is no such specimen." }]
      : []),
    ...(test.containerType !== null && !setup.containerTypes.some(({ code }) => code === test.containerType)
      ? [{ path: "containerType", message: "There is no such container." }]
      : []),
    ...(test.valueType === "CODED" && test.answers.length === 0
      ? [{ path: "answers", message: "A choice needs answers to choose from." }]
      : []),
  ];
  if (errors.length > 0) throw new AppError("validation-failed", { errors });
}

type Parts = {
  code: string;
  members: readonly string[] | undefined;
  ranges: readonly RangeWrite[] | undefined;
  before: LabTestDetail | null;
};

/** Stores what hangs on the definition, keeps the version it is now, and says so. */
async function settle(work: Work, { code, members, ranges, before }: Parts): Promise<LabTestDetail> {
  const { connection, scope, now, audit, emit } = work;
  const { tenantId } = scope;
  const by = scope.actor?.userId ?? null;
  const unlike = members && members.join() !== before?.members.map((member) => member.code).join();
  if (unlike && !(await storeMembers(connection, { tenantId, code, members })))
    throw new AppError("validation-failed", {
      errors: [{ path: "members", message: "A panel holds tests of the catalogue, each once, and no panels." }],
    });
  if (ranges) {
    const today = now.toISOString().slice(0, 10);
    const inForce = (before?.ranges ?? []).filter(({ validTo }) => validTo === null || validTo > today);
    const contentOf = ({ id: _, ...range }: RangeWrite & { id?: string }) =>
      JSON.stringify(Object.entries(range).sort());
    const wanted = new Set(ranges.map(contentOf));
    const kept = new Set(inForce.map(contentOf));
    const ended = inForce.filter((range) => !wanted.has(contentOf(range))).map(({ id }) => id);
    const added = ranges.filter((range) => !kept.has(contentOf(range))).map((range) => ({ ...range, id: newId() }));
    await changeRanges(connection, { tenantId, code, ended, added, on: today, by });
  }
  const after = await getTest(work, { code });
  const changed = changedOf(before, after);
  await insertVersion(connection, { tenantId, code, definition: after, changed, by });
  audit({
    action: before ? "catalog.change" : "catalog.add",
    entity: "lab-test",
    entityId: code,
    after: { version: after.version, changed },
  });
  emit({ name: "catalog.changed" });
  return after;
}

/** The names of the fields that differ. */
function changedOf(before: LabTestDetail | null, after: LabTestDetail): string[] {
  if (!before) return [];
  return (Object.keys(after) as (keyof LabTestDetail)[]).filter(
    (key) => key !== "version" && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}
