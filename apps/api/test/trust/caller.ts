import { type Permission, roles, rolesWith } from "@infirmary/shared/access";
import type { Answer, Api, Client } from "../harness.ts";
import type { Procedure } from "./inputs.ts";

export type Caller = (procedure: Procedure, input: unknown) => Promise<Answer>;

/** Calls a procedure over tRPC as somebody who may, so that the answer is about the input. */
export async function callerOf(api: Api): Promise<Caller> {
  const clients = new Map<string, Client>();
  for (const role of roles.options) clients.set(role, await api.as(role));
  return ({ name, meta }, input) => {
    const role =
      meta.access === "public" || meta.access === "signed-in" ? "doctor" : rolesWith(meta.access as Permission)[0];
    const client = meta.access === "public" ? api.anonymous : clients.get(role ?? "");
    if (!client) throw new Error(`Nobody may call ${name}.`);
    return client.call(name, input);
  };
}
