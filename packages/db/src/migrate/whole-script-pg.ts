import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import pg from "pg";

/**
 * Prisma's adapter with one method mended: its `executeScript` cuts a script at every semicolon, also inside function
 * bodies, strings and comments. Here the script goes to the server whole, which makes it one transaction as well.
 */
export class WholeScriptPg extends PrismaPg {
  override async connect(): Promise<Awaited<ReturnType<PrismaPg["connect"]>>> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        throw error instanceof pg.DatabaseError ? withPlace(error, script) : error;
      }
    };
    return adapter;
  }
}

/** The server gives an offset in characters (from 1); a person wants the line. */
function withPlace(error: pg.DatabaseError, script: string): DriverAdapterError {
  const offset = Number(error.position);
  const place = Number.isInteger(offset) ? ` (line ${script.slice(0, offset).split("\n").length})` : "";
  return new DriverAdapterError({
    kind: "postgres",
    code: error.code ?? "XX000",
    severity: error.severity ?? "ERROR",
    message: `${error.message}${place}`,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}
