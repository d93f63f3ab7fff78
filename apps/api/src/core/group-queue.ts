import { AppError } from "./app-error.ts";

/** What became of one member of a group. */
export type Settled<Answer> = { answer: Answer } | { error: unknown };

export type GroupQueueOptions<Item, Answer> = {
  /** Does the work of a group, all of one tenant, in one transaction; answers in the same order. */
  run(tenantId: string, items: readonly Item[]): Promise<Settled<Answer>[]>;
  /** What must not be worked on by two groups at once, such as an order's number; items of one key keep their order. */
  keyOf(item: Item): string;
  /** Members of a group at most; default 64. */
  groupSizeMax?: number;
  /** Groups of one tenant at work at the same time; default 1: two halves cost more than one whole, and keep nobody waiting less. */
  groupsMax?: number;
};

type Waiting<Item, Answer> = {
  item: Item;
  key: string;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};
type Lane<Item, Answer> = { waiting: Waiting<Item, Answer>[]; busy: Set<string>; groups: number; isStarting: boolean };

/**
 * Lets what arrives together share a transaction and its commit. Nobody waits for company: a lone item starts as soon as what has
 * arrived already is read, and only what comes while groups are at work is gathered into the next one. A group that fails as a whole is run again one by one, so that a
 * bad member harms nobody but itself.
 */
export class GroupQueue<Item, Answer> {
  private readonly lanes = new Map<string, Lane<Item, Answer>>();
  private readonly options: Required<GroupQueueOptions<Item, Answer>>;

  constructor(options: GroupQueueOptions<Item, Answer>) {
    this.options = { groupSizeMax: 64, groupsMax: 1, ...options };
  }

  /** Settles when the item's group is durable, or when the item is refused. */
  add(tenantId: string, item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const lane = this.lanes.get(tenantId) ?? { waiting: [], busy: new Set(), groups: 0, isStarting: false };
      this.lanes.set(tenantId, lane);
      lane.waiting.push({ item, key: this.options.keyOf(item), resolve, reject });
      this.startSoon(tenantId, lane);
    });
  }

  /** After everything that this turn of the event loop has read: senders that were answered together come back together. */
  private startSoon(tenantId: string, lane: Lane<Item, Answer>): void {
    if (lane.isStarting || lane.groups >= this.options.groupsMax) return;
    lane.isStarting = true;
    setImmediate(() => {
      lane.isStarting = false;
      this.startNext(tenantId, lane);
    });
  }

  private startNext(tenantId: string, lane: Lane<Item, Answer>): void {
    while (lane.groups < this.options.groupsMax) {
      const group = this.takeGroup(lane);
      if (group.length === 0) break;
      void this.work(tenantId, lane, group);
    }
    if (lane.groups === 0 && lane.waiting.length === 0 && !lane.isStarting) this.lanes.delete(tenantId);
  }

  /** The next items in order, leaving out those whose key is at work elsewhere. */
  private takeGroup(lane: Lane<Item, Answer>): Waiting<Item, Answer>[] {
    const group: Waiting<Item, Answer>[] = [];
    const left: Waiting<Item, Answer>[] = [];
    for (const one of lane.waiting) {
      if (group.length < this.options.groupSizeMax && !lane.busy.has(one.key)) group.push(one);
      else left.push(one);
    }
    lane.waiting = left;
    for (const { key } of group) lane.busy.add(key);
    return group;
  }

  private async work(tenantId: string, lane: Lane<Item, Answer>, group: Waiting<Item, Answer>[]): Promise<void> {
    lane.groups++;
    try {
      await this.settle(tenantId, group);
    } finally {
      lane.groups--;
      for (const { key } of group) lane.busy.delete(key);
      if (lane.waiting.length > 0) this.startSoon(tenantId, lane);
      else this.startNext(tenantId, lane);
    }
  }

  private async settle(tenantId: string, group: Waiting<Item, Answer>[]): Promise<void> {
    try {
      const settled = await this.options.run(
        tenantId,
        group.map(({ item }) => item),
      );
      for (const [index, one] of group.entries()) {
        const outcome = settled[index] ?? { error: new Error("A group left one of its members without an answer.") };
        if ("error" in outcome) one.reject(outcome.error);
        else one.resolve(outcome.answer);
      }
    } catch (error) {
      // Where the database is away, asking once for each would not bring it back.
      const isAway = error instanceof AppError && error.code === "unavailable";
      if (group.length === 1 || isAway) for (const one of group) one.reject(error);
      else for (const one of group) await this.settle(tenantId, [one]);
    }
  }
}
