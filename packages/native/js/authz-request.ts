// From a request of objects and strings to the numbers that C decides by.
import { type Description, layout, words } from "./authz-native.ts";

/** Who wants to do what with which thing. Attributes are looked up by their name in the policy: `resource.facility` is
 * `request.resource.facility`. What the policy does not ask for is not looked at. */
export interface AuthzRequest {
  readonly permission: string;
  /** The roles the subject has; names that the policy does not declare count for nothing. */
  readonly roles: readonly string[];
  readonly [group: string]: unknown;
}

const TEXT = 1;
const SET = 2;
const NUMBER = 3;
const FLAG = 4;
const TIME = 5;
/** The type of a value that is none: whoever asks for it gets `wrong-type`. */
const INVALID = 7;
const MEMBERS_MAX = 1024;
/** So many texts that no policy names are remembered from call to call before they are dropped. */
const TEXTS_MAX = 8192;

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

/** Writes requests for one policy into the buffer. */
export class Packer {
  readonly attributes: readonly Attribute[];
  readonly #asked: readonly Asked[];
  readonly #permissions: ReadonlyMap<string, number>;
  readonly #roles: ReadonlyMap<string, number>;
  /** Numbers of texts: the policy's own first, then those of requests as they come. */
  readonly #texts = new Map<string, number>();
  readonly #symbols: readonly string[];
  #poolLen = 0;

  constructor(description: Description) {
    this.attributes = description.attributes.map((name, i) => {
      const dot = name.indexOf(".");
      const type = description.types[i] ?? INVALID;
      return dot < 0
        ? { group: undefined, key: name, type }
        : { group: name.slice(0, dot), key: name.slice(dot + 1), type };
    });
    this.#asked = description.asks.map((all) => ({
      all,
      ofResource: all.filter((number) => this.attributes[number]?.group === "resource"),
      others: all.filter((number) => this.attributes[number]?.group !== "resource"),
    }));
    this.#permissions = new Map(description.permissions.map((name, i) => [name, i]));
    this.#roles = new Map(description.roles.map((name, i) => [name, i]));
    this.#symbols = description.symbols;
    this.#forgetTexts();
  }

  /** How many words of the pool the members of sets take. */
  get poolLen(): number {
    return this.#poolLen;
  }

  /** The attributes that are asked for this permission: those of the resource, and all others. */
  asked(permission: string): Asked {
    return this.#asked[this.#permissions.get(permission) ?? -1] ?? { all: [], ofResource: [], others: [] };
  }

  /** Writes permission and roles. False: no such permission, or roles that are no list; nobody is allowed that. */
  writeHead(permission: unknown, roles: unknown): boolean {
    if (this.#texts.size > this.#symbols.length + TEXTS_MAX) this.#forgetTexts();
    this.#poolLen = 0;
    const number = this.#permissions.get(permission as string);
    if (number === undefined || !Array.isArray(roles)) return false;
    let low = 0;
    let high = 0;
    for (let i = 0; i < roles.length; i++) {
      const role = this.#roles.get(roles[i]);
      if (role === undefined) continue;
      if (role < 32) low |= 1 << role;
      else high |= 1 << (role - 32);
    }
    words[layout.permissionAt] = number;
    words[layout.permissionAt + 1] = low;
    words[layout.permissionAt + 2] = high;
    return true;
  }

  /** Writes the attributes of these numbers, each where it belongs from `at` on. */
  writeValues(source: AuthzRequest, numbers: readonly number[], at: number): void {
    let group: string | undefined;
    let holder: unknown = source;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] as number;
      const attribute = this.attributes[number] as Attribute;
      if (attribute.group !== group) {
        group = attribute.group;
        holder = group === undefined ? source : source[group];
      }
      const value =
        holder === undefined || holder === null ? undefined : (holder as Record<string, unknown>)[attribute.key];
      this.writeValue(attribute.type, value, at + 2 * number);
    }
  }

  /**
   * Writes resources, from number `start` on, and which attributes they give; answers how many found room. With no
   * attribute asked for, one resource is like any other.
   */
  writeResources(resources: readonly unknown[], start: number, numbers: readonly number[]): number {
    const width = numbers.length;
    for (let i = 0; i < width; i++) words[layout.listAt + i] = numbers[i] as number;
    const resourceWords = Math.max(1, 2 * width);
    const poolWords = layout.poolWords - width * (MEMBERS_MAX + 1);
    const countMax = Math.min(
      resources.length - start,
      layout.batchMax,
      Math.floor(layout.resourcesWords / resourceWords),
    );
    let count = 0;
    for (; count < countMax && this.#poolLen <= poolWords; count++) {
      const resource = resources[start + count] as Record<string, unknown> | undefined | null;
      const at = layout.resourcesAt + count * 2 * width;
      for (let i = 0; i < width; i++) {
        const { key, type } = this.attributes[numbers[i] as number] as Attribute;
        this.writeValue(type, resource?.[key], at + 2 * i);
      }
    }
    return count;
  }

  /** Writes one value as its type and its number. */
  writeValue(type: number, value: unknown, at: number): void {
    if (value === undefined || value === null) {
      words[at] = 0;
      return;
    }
    let number = -1;
    if (type === TEXT) number = typeof value === "string" ? this.#text(value) : -1;
    else if (type === SET) number = Array.isArray(value) ? this.#set(value) : -1;
    else if (type === FLAG) number = typeof value === "boolean" ? Number(value) : -1;
    else if (type === TIME) number = isWhole(value, 0, 1439) ? value : -1;
    else if (type === NUMBER && isWhole(value, -(2 ** 31), 2 ** 31 - 1)) number = value >>> 0;
    words[at] = number < 0 ? INVALID : type;
    words[at + 1] = number;
  }

  #text(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.size + 1;
    this.#texts.set(text, number);
    return number;
  }

  #set(members: readonly unknown[]): number {
    const start = this.#poolLen;
    const count = members.length;
    if (count > MEMBERS_MAX || start + count >= layout.poolWords) return -1;
    const at = layout.poolAt + start;
    for (let i = 0; i < count; i++) {
      const member = members[i];
      if (typeof member !== "string") return -1;
      words[at + 1 + i] = this.#text(member);
    }
    words[at] = count;
    this.#poolLen = start + count + 1;
    return start;
  }

  #forgetTexts(): void {
    this.#texts.clear();
    for (const symbol of this.#symbols) this.#text(symbol);
  }
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
