// From objects and strings to the numbers that C decides by.
import { type Description, layout, words } from "./authz-native.ts";
import { TextNumbers } from "./authz-texts.ts";

/** Who wants to do what with which thing. Attributes are looked up by their name in the policy: `resource.facility` is
 * `request.resource.facility`. What the policy does not ask for is not looked at. */
export interface AuthzRequest {
  readonly permission: string;
  /** The roles the subject has; names that the policy does not declare count for nothing. */
  readonly roles: readonly string[];
  readonly [group: string]: unknown;
}

const TEXT = 1;
export const SET = 2;
const NUMBER = 3;
const FLAG = 4;
const TIME = 5;
/** The type of a value that is none: whoever asks for it gets `wrong-type`. */
const INVALID = 7;
export const MEMBERS_MAX = 1024;

interface Attribute {
  readonly group: string | undefined;
  readonly key: string;
  readonly type: number;
}

/** Numbers of attributes. */
interface Asked {
  readonly all: readonly number[];
  readonly ofResource: readonly number[];
  readonly others: readonly number[];
}

const nothingAsked: Asked = { all: [], ofResource: [], others: [] };

/** Where members of sets are written, one set behind the other. */
interface Pool {
  readonly at: number;
  readonly words: number;
  len: number;
}

/** Writes requests for one policy into the buffer. */
export class Packer {
  readonly attributes: readonly Attribute[];
  readonly texts: TextNumbers;
  /** All attributes of resources, and all others. */
  readonly ofResource: readonly number[];
  readonly others: readonly number[];
  readonly pool: Pool = { at: layout.poolAt, words: layout.poolWords, len: 0 };
  readonly members: Pool = { at: layout.membersAt, words: layout.membersWords, len: 0 };
  readonly #asked: readonly Asked[];
  readonly #permissions: ReadonlyMap<string, number>;
  readonly #roles: ReadonlyMap<string, number>;

  constructor(description: Description) {
    this.attributes = description.attributes.map((name, i) => {
      const dot = name.indexOf(".");
      const type = description.types[i] ?? INVALID;
      return dot < 0
        ? { group: undefined, key: name, type }
        : { group: name.slice(0, dot), key: name.slice(dot + 1), type };
    });
    const isOfResource = (number: number) => this.attributes[number]?.group === "resource";
    const numbers = this.attributes.map((_, i) => i);
    this.ofResource = numbers.filter(isOfResource);
    this.others = numbers.filter((number) => !isOfResource(number));
    this.#asked = description.asks.map((all) => ({
      all,
      ofResource: all.filter(isOfResource),
      others: all.filter((number) => !isOfResource(number)),
    }));
    this.#permissions = new Map(description.permissions.map((name, i) => [name, i]));
    this.#roles = new Map(description.roles.map((name, i) => [name, i]));
    this.texts = new TextNumbers(description.symbols);
  }

  /** The number of a permission; -1 for what is none. */
  permission(name: unknown): number {
    return this.#permissions.get(name as string) ?? -1;
  }

  /** The attributes that are asked for this permission. */
  asked(permission: number): Asked {
    return this.#asked[permission] ?? nothingAsked;
  }

  /** Writes the roles. False when they are no list. */
  writeRoles(roles: unknown): boolean {
    if (!Array.isArray(roles)) return false;
    let low = 0;
    let high = 0;
    for (let i = 0; i < roles.length; i++) {
      const role = this.#roles.get(roles[i]);
      if (role === undefined) continue;
      if (role < 32) low |= 1 << role;
      else high |= 1 << (role - 32);
    }
    words[layout.rolesAt] = low;
    words[layout.rolesAt + 1] = high;
    return true;
  }

  /** Writes the attributes of these numbers, and how many words their sets take. */
  writeValues(source: Readonly<Record<string, unknown>>, numbers: readonly number[]): void {
    this.pool.len = 0;
    let group: string | undefined;
    let holder: unknown = source;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] as number;
      const attribute = this.attributes[number] as Attribute;
      if (attribute.group !== group) {
        group = attribute.group;
        holder = group === undefined ? source : source[group];
      }
      this.writeValue(attribute.type, attributeOf(holder, attribute.key), layout.valuesAt + 2 * number, this.pool);
    }
    words[layout.poolLenAt] = this.pool.len;
  }

  /** Writes these attributes of one resource behind what was written of its subject, whose sets take `taken` words. */
  writeResource(resource: unknown, numbers: readonly number[], taken: number): void {
    this.pool.len = taken;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] as number;
      const { key, type } = this.attributes[number] as Attribute;
      this.writeValue(type, attributeOf(resource, key), layout.valuesAt + 2 * number, this.pool);
    }
    words[layout.poolLenAt] = this.pool.len;
  }

  /** Writes which attributes resources give. */
  writeList(numbers: readonly number[]): void {
    for (let i = 0; i < numbers.length; i++) words[layout.listAt + i] = numbers[i] as number;
    words[layout.widthAt] = numbers.length;
  }

  /**
   * Writes these attributes of resources, from number `start` on; answers how many found room. With no attribute asked for,
   * one resource is like any other.
   */
  writeRows(resources: readonly unknown[], start: number, numbers: readonly number[]): number {
    const width = numbers.length;
    const { members } = this;
    members.len = 0;
    const lastFit = members.words - width * (MEMBERS_MAX + 1);
    const rows = width === 0 ? layout.batchMax : Math.floor(layout.rowsWords / (2 * width));
    const countMax = Math.min(resources.length - start, layout.batchMax, rows);
    let count = 0;
    for (; count < countMax && members.len <= lastFit; count++) {
      const resource = resources[start + count];
      const at = layout.rowsAt + count * 2 * width;
      for (let i = 0; i < width; i++) {
        const { key, type } = this.attributes[numbers[i] as number] as Attribute;
        this.writeValue(type, attributeOf(resource, key), at + 2 * i, members);
      }
    }
    words[layout.countAt] = count;
    words[layout.membersLenAt] = members.len;
    return count;
  }

  /** Writes one value as its type and its number. */
  writeValue(type: number, value: unknown, at: number, pool: Pool): void {
    if (value === undefined || value === null) {
      words[at] = 0;
      return;
    }
    let number = -1;
    if (type === TEXT) number = typeof value === "string" ? this.texts.number(value) : -1;
    else if (type === SET) number = Array.isArray(value) ? this.#set(value, pool) : -1;
    else if (type === FLAG) number = typeof value === "boolean" ? Number(value) : -1;
    else if (type === TIME) number = isWhole(value, 0, 1439) ? value : -1;
    else if (type === NUMBER && isWhole(value, -(2 ** 31), 2 ** 31 - 1)) number = value >>> 0;
    words[at] = number < 0 ? INVALID : type;
    words[at + 1] = number;
  }

  #set(texts: readonly unknown[], pool: Pool): number {
    const start = pool.len;
    const count = texts.length;
    if (count > MEMBERS_MAX || start + count >= pool.words) return -1;
    const at = pool.at + start;
    for (let i = 0; i < count; i++) {
      const text = texts[i];
      if (typeof text !== "string") return -1;
      words[at + 1 + i] = this.texts.number(text);
    }
    words[at] = count;
    pool.len = start + count + 1;
    return start;
  }
}

function attributeOf(holder: unknown, key: string): unknown {
  return holder === undefined || holder === null ? undefined : (holder as Record<string, unknown>)[key];
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
