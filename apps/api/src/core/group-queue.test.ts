import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "./app-error.ts";
import { GroupQueue } from "./group-queue.ts";

/** A queue whose groups end when told to; keeps what each held. */
function queueOf(options: { groupSizeMax?: number; groupsMax?: number } = {}) {
  const groups: { items: string[]; finish(): void }[] = [];
  const queue = new GroupQueue<string, string>({
    keyOf: (item) => item.slice(0, 1),
    run: (_, items) =>
      new Promise((resolve) => {
        groups.push({ items: [...items], finish: () => resolve(items.map((item) => ({ answer: `${item}!` }))) });
      }),
    ...options,
  });
  return { queue, groups };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Long enough for a group that ended to be followed by the next. */
const turns = async () => {
  await turn();
  await turn();
};

describe("a group queue", () => {
  it("starts with what one turn of the event loop brought and gathers only what comes while groups are at work", async () => {
    const { queue, groups } = queueOf({ groupsMax: 1 });
    const answers = [queue.add("t", "a1"), queue.add("t", "b1")];
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([["a1", "b1"]]);
    answers.push(queue.add("t", "c1"), queue.add("t", "d1"));
    await turns();
    expect(groups).toHaveLength(1);
    groups[0]?.finish();
    await turns();
    expect(groups[1]?.items).toEqual(["c1", "d1"]);
    groups[1]?.finish();
    expect(await Promise.all(answers)).toEqual(["a1!", "b1!", "c1!", "d1!"]);
  });

  it("keeps the order of one key: the next waits while a group holds it, others pass", async () => {
    const { queue, groups } = queueOf({ groupsMax: 2 });
    const answers = [queue.add("t", "a1")];
    await turn();
    for (const item of ["a2", "b1"]) answers.push(queue.add("t", item));
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([["a1"], ["b1"]]);
    groups[0]?.finish();
    await turns();
    expect(groups[2]?.items).toEqual(["a2"]);
    for (const group of groups) group.finish();
    await Promise.all(answers);
  });

  it("never mixes tenants", async () => {
    const { queue, groups } = queueOf({ groupsMax: 1 });
    for (const tenant of ["x", "y"]) for (const item of ["a1", "b1"]) void queue.add(tenant, `${item}${tenant}`);
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([
      ["a1x", "b1x"],
      ["a1y", "b1y"],
    ]);
  });

  it("runs a group that fails as a whole one by one, so that only the bad one fails", async () => {
    const queue = new GroupQueue<string, string>({
      keyOf: (item) => item,
      groupsMax: 1,
      run: async (_, items) => {
        await turn();
        if (items.includes("bad")) throw new Error("broken");
        return items.map((item) => ({ answer: item }));
      },
    });
    const settled = await Promise.allSettled(["first", "a", "bad", "b"].map((item) => queue.add("t", item)));
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  });

  it("asks once where the database is away", async () => {
    let runs = 0;
    const queue = new GroupQueue<string, string>({
      keyOf: (item) => item,
      groupsMax: 1,
      run: async () => {
        runs++;
        await turn();
        throw new AppError("unavailable");
      },
    });
    const settled = await Promise.allSettled(["a", "b", "c"].map((item) => queue.add("t", item)));
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
    expect(runs).toBe(1);
  });

  it("answers everybody exactly once, in the order of their key, whatever arrives", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.nat(3)), { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        async (arrivals, groupSizeMax, groupsMax) => {
          const done: string[] = [];
          const queue = new GroupQueue<string, string>({
            keyOf: (item) => item.slice(0, 1),
            groupSizeMax,
            groupsMax,
            run: async (_, items) => {
              for (let i = Math.random() * 3; i > 0; i--) await turn();
              done.push(...items);
              return items.map((item) => ({ answer: item }));
            },
          });
          const answers: Promise<string>[] = [];
          const sent: string[] = [];
          for (const [index, [key, pause]] of arrivals.entries()) {
            sent.push(`${key}${index}`);
            answers.push(queue.add("t", `${key}${index}`));
            for (let i = 0; i < pause; i++) await turn();
          }
          expect(await Promise.all(answers)).toEqual(sent);
          for (const key of ["a", "b", "c"])
            expect(done.filter((item) => item.startsWith(key))).toEqual(sent.filter((item) => item.startsWith(key)));
        },
      ),
      { numRuns: 50 },
    );
  });
});
