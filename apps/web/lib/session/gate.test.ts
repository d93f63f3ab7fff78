import { createTRPCClient, TRPCClientError } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppRouter } from "../trpc/app-router.ts";
import { gateLink } from "../trpc/gate-link.ts";
import { gate } from "./gate.ts";

const refusal = (code: string) =>
  TRPCClientError.from({ error: { code: -32000, message: code, data: { code, title: "Refused." } } } as never);

/** A client whose API answers from a list, one after the other, and remembers what it was sent. */
function clientOf(answers: (string | TRPCClientError<AppRouter>)[]) {
  const sent: unknown[] = [];
  const client = createTRPCClient<AppRouter>({
    links: [
      gateLink,
      () =>
        ({ op }) =>
          observable((observer) => {
            sent.push(op.input);
            const answer = answers.shift();
            if (answer instanceof TRPCClientError) observer.error(answer);
            else observer.next({ result: { type: "data", data: answer } });
          }),
    ],
  });
  return { client, sent };
}

let leave: () => void;
beforeEach(() => {
  leave = gate.keep();
});
afterEach(() => leave());
const asked = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("a call that needs a fresh proof", () => {
  it("waits for it and is sent again as it was", async () => {
    const { client, sent } = clientOf([refusal("reauthentication-required"), "done"]);
    const answer = client.auth.endSession.mutate({ id: "x" });
    await asked();
    expect(gate.state().kind).toBe("reauthenticate");
    gate.close(true);
    expect(await answer).toBe("done");
    expect(sent).toEqual([{ id: "x" }, { id: "x" }]);
    expect(gate.state().kind).toBeNull();
  });

  it("ends with its refusal where the person would not", async () => {
    const { client, sent } = clientOf([refusal("reauthentication-required"), "done"]);
    const answer = client.auth.endSession.mutate({ id: "x" });
    answer.catch(() => undefined);
    await asked();
    gate.close(false);
    await expect(answer).rejects.toMatchObject({ data: { code: "reauthentication-required" } });
    expect(sent).toHaveLength(1);
  });

  it("shares one question with the others, and is not asked twice", async () => {
    const { client } = clientOf([
      refusal("reauthentication-required"),
      refusal("reauthentication-required"),
      "one",
      "two",
    ]);
    const answers = Promise.all([
      client.auth.endSession.mutate({ id: "a" }),
      client.auth.endSession.mutate({ id: "b" }),
    ]);
    await asked();
    gate.close(true);
    expect(await answers).toEqual(["one", "two"]);
  });

  it("does not wait where no screen can ask, nor for other refusals", async () => {
    const { client } = clientOf([refusal("stale-version"), refusal("reauthentication-required")]);
    await expect(client.auth.endSession.mutate({ id: "a" })).rejects.toMatchObject({ data: { code: "stale-version" } });
    leave();
    await expect(client.auth.endSession.mutate({ id: "a" })).rejects.toBeInstanceOf(TRPCClientError);
    leave = gate.keep();
  });
});
