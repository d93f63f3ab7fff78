import type { ResultPreview } from "@infirmary/shared/result";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type UploadApi, UploadStore } from "./upload-store.ts";

const order = { id: "o1", orderNumber: "L1", testCode: "2823-3", testName: "Potassium", status: "ORDERED" } as const;
const preview = (changes: Partial<ResultPreview> = {}): ResultPreview => ({
  type: "ORU^R01",
  version: "2.5.1",
  controlId: "M1",
  disposition: "take",
  issues: [],
  text: "MSH|\u00e5",
  saysPatient: null,
  patient: null,
  order,
  candidates: [],
  observations: [],
  blockers: [],
  alreadyFiled: false,
  ...changes,
});

/** An API at the network's edge that answers with what it is given and remembers what it was asked. */
function answering(messages: ResultPreview[], failures = 0) {
  const filed: { orderId: string; contentBase64: string; fileName: string }[] = [];
  const previewed: (string | undefined)[] = [];
  let left = failures;
  const api: UploadApi = {
    preview: async ({ orderId }) => {
      previewed.push(orderId);
      return { messages: orderId ? [preview({ order: { ...order, id: orderId } })] : messages };
    },
    upload: async (input) => {
      if (left-- > 0) throw new Error("gone");
      filed.push(input);
      return { alreadyFiled: false, orderStatus: "COMPLETED" };
    },
  };
  return { api, filed, previewed };
}
const file = (name: string, text = "MSH|x") => new File([text], name);
const kinds = (store: UploadStore) => store.snapshot().rows.map(({ stage }) => stage.kind);

beforeEach(() => {
  const listeners = new Set<unknown>();
  vi.stubGlobal("window", {
    btoa,
    addEventListener: (_: string, listener: unknown) => listeners.add(listener),
    removeEventListener: (_: string, listener: unknown) => listeners.delete(listener),
    listeners,
  });
});

describe("dropping files", () => {
  it("makes one row a message and files nothing", async () => {
    const store = new UploadStore();
    const { api, filed } = answering([preview(), preview({ controlId: "M2" })]);
    await store.add([file("two.hl7"), file("letter.txt", "Dear lab")], api, null);
    expect(store.snapshot().rows.map(({ part, stage }) => [part, stage.kind])).toEqual([
      ["1 of 2", "checked"],
      ["2 of 2", "checked"],
      [null, "refused"],
    ]);
    expect(filed).toEqual([]);
  });
  it("keeps a file it could not check, and checks it again", async () => {
    const store = new UploadStore();
    const { api } = answering([preview()]);
    const down: UploadApi = { ...api, preview: () => Promise.reject(new Error("gone")) };
    await store.add([file("a.hl7")], down, null);
    expect(kinds(store)).toEqual(["unchecked"]);
    await store.recheck(store.snapshot().rows[0]?.id ?? "", api, null);
    expect(kinds(store)).toEqual(["checked"]);
  });
  it("takes the order one came from for a message that names none, and only where it is the patient's", async () => {
    const unnamed = { order: null, blockers: [{ code: "order-mismatch", message: "Choose one." }] };
    const candidates = [{ ...order, id: "mine", orderedAt: "2026-11-22T08:00:00Z" }];
    const store = new UploadStore();
    const { api, previewed } = answering([preview({ ...unnamed, candidates })]);
    await store.add([file("a.hl7")], api, "mine");
    expect(previewed).toEqual([undefined, "mine"]);
    const other = answering([
      preview({ ...unnamed, candidates: [{ ...candidates[0], id: "x" } as (typeof candidates)[0]] }),
    ]);
    await new UploadStore().add([file("a.hl7")], other.api, "mine");
    expect(other.previewed).toEqual([undefined]);
  });
});

describe("confirming", () => {
  it("files the very bytes of every wanted message and leaves the others", async () => {
    const store = new UploadStore();
    const { api, filed } = answering([
      preview(),
      preview({ blockers: [{ code: "patient-mismatch", message: "no" }] }),
      preview(),
    ]);
    await store.add([file("three.hl7")], api, null);
    store.want(store.snapshot().rows[2]?.id ?? "", false);
    await store.confirm(api);
    expect(kinds(store)).toEqual(["filed", "checked", "checked"]);
    expect(filed).toEqual([{ orderId: "o1", contentBase64: btoa("MSH|\u00e5"), fileName: "three.hl7" }]);
  });
  it("goes on after a failure, keeps what failed and files it on the next try", async () => {
    const store = new UploadStore();
    const { api, filed } = answering([preview(), preview()], 1);
    await store.add([file("two.hl7")], api, null);
    await store.confirm(api);
    expect(kinds(store)).toEqual(["failed", "filed"]);
    await store.confirm(api);
    expect(kinds(store)).toEqual(["filed", "filed"]);
    expect(filed).toHaveLength(2);
  });
});

it("has the browser ask before closing a tab with unfiled messages, and no longer once they are filed", async () => {
  const store = new UploadStore();
  const { api } = answering([preview()]);
  const listeners = (window as unknown as { listeners: Set<unknown> }).listeners;
  await store.add([file("a.hl7")], api, null);
  expect(listeners.size).toBe(1);
  await store.confirm(api);
  expect(listeners.size).toBe(0);
});
