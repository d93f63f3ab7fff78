import type { AnyTRPCRouter } from "@trpc/server";
import type { z } from "zod";
import type { ProcedureMeta } from "../trpc.ts";
import type { RestFace } from "./face.ts";

/** A procedure that has a REST face, with what the adapter and the documentation need of it. */
export type Endpoint = {
  procedure: string;
  type: "query" | "mutation";
  access: ProcedureMeta["access"];
  face: RestFace;
  input: z.ZodType | null;
  output: z.ZodType | null;
};

/** All REST endpoints of a router, in the order they are declared. */
export function endpointsOf(router: AnyTRPCRouter): Endpoint[] {
  return Object.entries(router._def.procedures as Record<string, { _def: ProcedureDef }>).flatMap(
    ([procedure, { _def: def }]) => {
      const face = def.meta?.rest;
      if (!face || !def.meta || def.type === "subscription") return [];
      return [
        {
          procedure,
          type: def.type,
          access: def.meta.access,
          face,
          input: def.inputs[0] ?? null,
          output: def.output ?? null,
        },
      ];
    },
  );
}

type ProcedureDef = {
  type: "query" | "mutation" | "subscription";
  meta?: ProcedureMeta;
  inputs: z.ZodType[];
  output?: z.ZodType;
};
