// Columns and fields that C has prepared for a ring (their bytes of additional data, their derived keys), by name.
import { badArgument } from "./cutils-arguments.ts";
import { check, layout, native, TOO_LONG, writeText } from "./cutils-native.ts";

const NAME_BYTES_MAX = 255;
/** When so many are prepared, all are forgotten and made again as they come: names may be without end. */
const PREPARED_MAX = 1024;

/** The prepared columns and fields of one ring. Ids stay good until the next call of `trim`. */
export class Prepared {
  /** The ring's number in C. */
  readonly ring: number;
  readonly #columns = new Map<string, Map<string, Map<string, number>>>();
  readonly #fields = new Map<string, Map<string, number>>();
  #count = 0;
  // The column and the field of the last call: most calls are for the same one, and comparing is cheaper than looking up.
  #tenant = "";
  #table = "";
  #column = "";
  #columnId = -1;
  #fieldTenant = "";
  #field = "";
  #fieldId = -1;

  constructor(ring: number) {
    this.ring = ring;
  }

  /** Makes room. To be called before an operation, never between preparing a column and using it. */
  trim(): void {
    if (this.#count < PREPARED_MAX) return;
    check(native.forget(this.ring));
    this.#columns.clear();
    this.#fields.clear();
    this.#columnId = -1;
    this.#fieldId = -1;
    this.#count = 0;
  }

  column(tenant: string, table: string, column: string): number {
    if (this.#columnId >= 0 && column === this.#column && table === this.#table && tenant === this.#tenant) {
      return this.#columnId;
    }
    const tables = entry(this.#columns, tenant, newMap<string, Map<string, number>>);
    const columns = entry(tables, table, newMap<string, number>);
    const id = columns.get(column) ?? this.#makeColumn(columns, [tenant, table, column]);
    this.#tenant = tenant;
    this.#table = table;
    this.#column = column;
    this.#columnId = id;
    return id;
  }

  field(tenant: string, field: string): number {
    if (this.#fieldId >= 0 && field === this.#field && tenant === this.#fieldTenant) return this.#fieldId;
    const fields = entry(this.#fields, tenant, newMap<string, number>);
    const id = fields.get(field) ?? this.#makeField(fields, tenant, field);
    this.#fieldTenant = tenant;
    this.#field = field;
    this.#fieldId = id;
    return id;
  }

  #makeColumn(columns: Map<string, number>, [tenant, table, column]: [string, string, string]): number {
    const tenantLen = writeName(tenant, "tenant", 0);
    const tableLen = writeName(table, "table", tenantLen);
    const columnLen = writeName(column, "column", tenantLen + tableLen);
    const id = check(native.makeColumn(this.ring, tenantLen, tableLen, columnLen));
    columns.set(column, id);
    this.#count++;
    return id;
  }

  #makeField(fields: Map<string, number>, tenant: string, field: string): number {
    const tenantLen = writeName(tenant, "tenant", 0);
    const fieldLen = writeName(field, "field", tenantLen);
    const id = check(native.makeField(this.ring, tenantLen, fieldLen));
    fields.set(field, id);
    this.#count++;
    return id;
  }
}

function writeName(text: string, name: string, offset: number): number {
  const length = writeText(text, layout.namesAt + offset, NAME_BYTES_MAX);
  if (length === TOO_LONG || length === 0) throw badArgument(name, `1 to ${NAME_BYTES_MAX} bytes long`);
  return length;
}

function newMap<Key, Value>(): Map<Key, Value> {
  return new Map();
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
