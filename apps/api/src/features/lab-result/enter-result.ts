import type { LabResult, LabResultEnter } from "@infirmary/shared/lab-result";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findTests } from "../catalog/index.ts";
import { judgeResult, type Written } from "./judge-result.ts";
import { loadResult } from "./read-results.ts";
import { reportValues } from "./report-values.ts";
import { type Asked, findResult, insertResult, listAsked, listOfOrder, listPrevious, rewriteResult } from "./store.ts";

/** Writes a value at the bench. What is there and not released is written anew, by who changes it, and has to be verified again. */
export async function enterResult(work: Work, input: LabResultEnter): Promise<LabResult> {
  const { connection, scope } = work;
  const { tenantId } = scope;
  const asked = await findAsked(work, input.orderItemId);
  const known = (await listOfOrder(connection, { tenantId, orderId: asked.orderId })).find(
    ({ orderItemId }) => orderItemId === asked.itemId,
  );
  if (known?.status === "RELEASED")
    throw new AppError("wrong-transition", { detail: "This value was released. Correct it, with a reason." });
  if (known && input.version !== undefined && input.version !== known.version)
    throw new AppError("stale-version", { current: await loadResult(work, known.id) });
  const id = known?.id ?? newId();
  const row = await rowOf(work, asked, id, input);
  const noteSealed = sealText(
    work.platform.keys,
    { tenantId, table: "lab_result", id },
    "note_sealed",
    input.note ?? null,
  );
  const whole = { ...row, noteSealed, isPreliminary: input.isPreliminary, correctsId: null, reasonSealed: null };
  if (known) await rewriteResult(connection, whole);
  else await insertResult(connection, whole);
  work.audit({
    action: known ? "lab-result.change" : "lab-result.enter",
    entity: "lab-result",
    entityId: id,
    patientId: asked.patientId,
    after: { orderId: asked.orderId, code: asked.code, flag: row.flag, isPreliminary: input.isPreliminary },
  });
  work.emit({ name: "lab-result.changed", orderId: asked.orderId, patientId: asked.patientId, subjectId: id });
  const result = await loadResult(work, id);
  if (input.isPreliminary) await reportValues(work, asked, [result], "P");
  return result;
}

/** Writes what a released value should have been: a value of its own, verified and released like every other, with the reason beside it. */
export async function correctResult(work: Work, input: Written & { id: string; reason: string }): Promise<LabResult> {
  const { connection, scope, platform } = work;
  const { tenantId } = scope;
  const released = await findResult(connection, { tenantId, id: input.id });
  if (!released) throw new AppError("not-found");
  if (released.status !== "RELEASED")
    throw new AppError("wrong-transition", { detail: "This value was not released yet. Change it as it is." });
  const asked = await findAsked(work, released.orderItemId);
  const latest = (await listOfOrder(connection, { tenantId, orderId: asked.orderId })).find(
    ({ orderItemId }) => orderItemId === released.orderItemId,
  );
  if (latest?.id !== released.id)
    throw new AppError("wrong-transition", { detail: "This value is being corrected, or was corrected already." });
  const id = newId();
  const seal = (column: string, text: string) =>
    sealText(platform.keys, { tenantId, table: "lab_result", id }, column, text);
  await insertResult(connection, {
    ...(await rowOf(work, asked, id, input)),
    isPreliminary: false,
    noteSealed: null,
    correctsId: released.id,
    reasonSealed: seal("reason_sealed", input.reason),
  });
  work.audit({
    action: "lab-result.correct",
    entity: "lab-result",
    entityId: id,
    patientId: asked.patientId,
    before: { id: released.id },
    after: { orderId: asked.orderId, code: asked.code },
  });
  work.emit({ name: "lab-result.changed", orderId: asked.orderId, patientId: asked.patientId, subjectId: id });
  return loadResult(work, id);
}

async function findAsked({ connection, scope }: Work, itemId: string): Promise<Asked> {
  const [asked] = await listAsked(connection, { tenantId: scope.tenantId, itemId });
  if (!asked) throw new AppError("not-found", { detail: "No order asks for this." });
  if (asked.orderStatus === "CANCELLED") throw new AppError("wrong-transition", { detail: "The order was cancelled." });
  return asked;
}

async function rowOf({ connection, scope }: Work, asked: Asked, id: string, written: Written) {
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const [test] = await findTests(connection, { tenantId, codes: [asked.code] });
  if (!test || test.isPanel)
    throw new AppError("validation-failed", {
      errors: [
        { path: "orderItemId", message: "The catalogue does not define this test, so no value can be entered." },
      ],
    });
  const [previous] = await listPrevious(connection, {
    tenantId,
    patientId: asked.patientId,
    orderId: asked.orderId,
    codes: [asked.code],
  });
  return {
    tenantId,
    id,
    orderItemId: asked.itemId,
    orderId: asked.orderId,
    patientId: asked.patientId,
    code: asked.code,
    panelCode: asked.panelCode,
    ...judgeResult(written, test, asked, previous ?? null),
    enteredById: actor.userId,
  };
}
