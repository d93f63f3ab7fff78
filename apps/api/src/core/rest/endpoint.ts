import type { AnyTRPCRouter } from "@trpc/server";
import type { z } from "zod";
import type { ProcedureMeta } from "../trpc.ts";
import type { RestFace } from "./face.ts";

/** A procedure that has a REST face, with what the adapter and the documentation need of it. */
export type Endpoint = {
  procedure: string;
  /** Names the operation in the documentation; a procedure with several faces is several operations. */
  operationId: string;
  type: "query" | "mutation";
  access: ProcedureMeta["access"];
  stepUp: boolean;
  face: RestFace;
  input: z.ZodType | null;
  output: z.ZodType | null;
};

/** All REST endpoints of a router, in the order they are declared. */
export function endpointsOf(router: AnyTRPCRouter): Endpoint[] {
  return Object.entries(router._def.procedures as Record<string, { _def: ProcedureDef }>).flatMap(
    ([procedure, { _def: def }]) => {
      const { meta, type } = def;
      if (!meta?.rest || type === "subscription") return [];
      const name = procedure.replace(".", "_");
      return [meta.rest, ...(meta.rest.also ?? [])].map((face, index) => ({
        procedure,
        operationId: index === 0 ? name : `${name}_${index + 1}`,
        type,
        access: meta.access,
        stepUp: meta.stepUp ?? false,
        face,
        input: def.inputs[0] ?? null,
        output: def.output ?? null,
      }));
    },
  );
}

type ProcedureDef = {
  type: "query" | "mutation" | "subscription";
  meta?: ProcedureMeta;
  inputs: z.ZodType[];
  output?: z.ZodType;
};
