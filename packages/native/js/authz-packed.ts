// What is packed once and asked about many times: who asks, and lists of what is asked about.
import { layout, loaded, words } from "./authz-native.ts";
import { type AuthzRequest, MEMBERS_MAX, type Packer, SET } from "./authz-request.ts";

const { valuesAt, poolAt, poolLenAt } = layout;

/** Copies a piece of the buffer back into it; short ones faster than by `set`. */
function restore(piece: Uint32Array, at: number): void {
  if (piece.length > 64) words.set(piece, at);
  else for (let i = 0; i < piece.length; i++) words[at + i] = piece[i] as number;
}

/** A list is remembered as it was: what the caller does to it afterwards changes nothing. */
function copyOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return Array.from({ length: Math.min(value.length, MEMBERS_MAX + 1) }, (_, i) => value[i]);
}

/** Roles and attributes of who asks. */
export class PackedSubject {
  readonly #packer: Packer;
  readonly #source: Record<string, unknown> = Object.create(null);
  readonly #roles: readonly unknown[] | undefined;
  #head = new Uint32Array(0);
  #pool = new Uint32Array(0);
  #epoch = -1;

  constructor(packer: Packer, request: Omit<AuthzRequest, "permission">) {
    this.#packer = packer;
    const { roles } = request;
    this.#roles = Array.isArray(roles) ? Array.from(roles) : undefined;
    for (const number of packer.others) {
      const { group, key } = packer.attributes[number] ?? { group: undefined, key: "" };
      if (group === undefined) {
        this.#source[key] = copyOf(request[key]);
        continue;
      }
      const from = request[group] as Record<string, unknown> | undefined | null;
      if (this.#source[group] === undefined) this.#source[group] = Object.create(null);
      const to = this.#source[group] as Record<string, unknown>;
      to[key] = copyOf(from?.[key]);
    }
    this.#pack();
  }

  /** Sees to it that the subject is in the buffer. False for one without a list of roles, who is allowed nothing. */
  load(): boolean {
    if (loaded.subject === this && this.#epoch === this.#packer.texts.epoch) return true;
    if (this.#roles === undefined) return false;
    if (this.#epoch !== this.#packer.texts.epoch) this.#pack();
    restore(this.#head, layout.subjectAt);
    restore(this.#pool, layout.poolAt);
    loaded.subject = this;
    return true;
  }

  /** How many words the members of the subject's sets take. */
  get poolLen(): number {
    return this.#pool.length;
  }

  #pack(): void {
    loaded.subject = undefined;
    const packer = this.#packer;
    this.#epoch = packer.texts.epoch;
    words.fill(0, layout.subjectAt, layout.listAt);
    packer.writeRoles(this.#roles);
    packer.writeValues(this.#source, packer.others);
    this.#head = words.slice(layout.subjectAt, layout.valuesAt + 2 * packer.attributes.length);
    this.#pool = words.slice(layout.poolAt, layout.poolAt + packer.pool.len);
  }
}

/** So many resources as fit into the buffer at once. */
interface Block {
  readonly rows: Uint32Array;
  readonly members: Uint32Array;
  readonly count: number;
}

/** Resources packed for one policy: the attributes it names, as they were. */
export class PackedResources {
  readonly length: number;
  readonly #packer: Packer;
  readonly #values: readonly Readonly<Record<string, unknown>>[];
  #blocks: readonly Block[] = [];
  #epoch = -1;

  constructor(packer: Packer, resources: readonly unknown[]) {
    this.#packer = packer;
    this.length = resources.length;
    const keys = packer.ofResource.map((number) => packer.attributes[number]?.key ?? "");
    this.#values = Array.from({ length: resources.length }, (_, i) => {
      const resource = resources[i] as Record<string, unknown> | undefined | null;
      return Object.fromEntries(keys.map((key) => [key, copyOf(resource?.[key])]));
    });
    this.#pack();
  }

  /** The pieces to decide about one after the other. */
  get blocks(): readonly Block[] {
    if (this.#epoch !== this.#packer.texts.epoch) this.#pack();
    return this.#blocks;
  }

  isOf(packer: Packer): boolean {
    return packer === this.#packer;
  }

  /** Sees to it that the block is in the buffer. */
  load(block: Block): void {
    if (loaded.resources === block) return;
    restore(block.rows, layout.rowsAt);
    restore(block.members, layout.membersAt);
    words[layout.countAt] = block.count;
    words[layout.membersLenAt] = block.members.length;
    loaded.resources = block;
    const list = this.#packer.ofResource;
    if (loaded.list === list) return;
    this.#packer.writeList(list);
    loaded.list = list;
  }

  /** Lays the only resource over the subject in the buffer, its sets behind the `taken` words of the subject's. */
  layOver(taken: number): void {
    const { rows, members } = this.blocks[0] as Block;
    const { ofResource } = this.#packer;
    for (let i = 0; i < ofResource.length; i++) {
      const at = valuesAt + 2 * (ofResource[i] as number);
      const type = rows[2 * i] as number;
      words[at] = type;
      words[at + 1] = (rows[2 * i + 1] as number) + (type === SET ? taken : 0);
    }
    restore(members, poolAt + taken);
    words[poolLenAt] = taken + members.length;
  }

  #pack(): void {
    loaded.resources = undefined;
    const { ofResource, members, texts } = this.#packer;
    this.#epoch = texts.epoch;
    const blocks: Block[] = [];
    for (let start = 0; start < this.length; start += blocks.at(-1)?.count ?? this.length) {
      const count = this.#packer.writeRows(this.#values, start, ofResource);
      blocks.push({
        rows: words.slice(layout.rowsAt, layout.rowsAt + 2 * ofResource.length * count),
        members: words.slice(layout.membersAt, layout.membersAt + members.len),
        count,
      });
    }
    this.#blocks = blocks;
  }
}
