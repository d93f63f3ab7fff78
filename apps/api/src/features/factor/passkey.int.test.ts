import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Authenticator } from "../../../test/authenticator.ts";
import { type Answer, type Api, type Client, startApi } from "../../../test/harness.ts";
import { password, seedPerson } from "../../../test/tenants.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
afterEach(() => api.setClock(null));

const origin = "http://localhost:3000";
const dataOf = <T>(answer: Answer) => (answer.body.result as { data: T }).data;
const codeOf = (answer: Answer) => (answer.body.error as { data: { code: string } } | undefined)?.data.code;
const add = async (client: Client, key: Authenticator, name = "Work laptop") => {
  const options = dataOf<{ challenge: string; user: { id: string } }>(await client.call("factor.passkeyOptions"));
  return client.call("factor.addPasskey", { name, response: key.create(options) });
};
const challenge = async () => dataOf<{ challenge: string }>(await api.anonymous.call("auth.passkeyOptions"));
const enter = (answer: unknown) => api.anonymous.call("auth.openSessionWithPasskey", { answer });
const withKey = async (username: string) => {
  await seedPerson(api.owner, api.home, { username, fullName: "Test Person", roles: ["nurse"] });
  const client = await api.signIn(username);
  const key = new Authenticator(origin);
  const added = await add(client, key);
  expect(added.status).toBe(200);
  return { client, key, codes: dataOf<{ codes: string[] }>(added).codes };
};

describe("a passkey", () => {
  it("signs in without a name, is named, listed with its last use, and stands for two factors", async () => {
    const { client, key, codes } = await withKey("keyed");
    expect(codes).toHaveLength(10);
    const opened = await enter(key.get(await challenge()));
    expect(dataOf<{ user: { username: string } }>(opened).user.username).toBe("keyed");
    const { passkeys } = dataOf<{ passkeys: { id: string; name: string; lastUsedAt: string }[] }>(
      await client.call("factor.mine"),
    );
    expect(passkeys).toMatchObject([{ name: "Work laptop", lastUsedAt: expect.any(String) }]);
    expect((await client.call("factor.renamePasskey", { id: passkeys[0]?.id, name: "Old laptop" })).status).toBe(200);
    const asked = await api.anonymous.post("/auth/login/", { username: "keyed", password });
    expect(asked.body).toMatchObject({ challenge: { methods: ["passkey", "recovery-code"] } });
    const foreign = await api.as("doctor");
    expect((await foreign.call("factor.removePasskey", { id: passkeys[0]?.id })).status).toBe(404);
    expect((await foreign.call("factor.renamePasskey", { id: passkeys[0]?.id, name: "x" })).status).toBe(404);
    expect((await client.call("factor.removePasskey", { id: passkeys[0]?.id })).status).toBe(200);
    expect(codeOf(await enter(key.get(await challenge())))).toBe("passkey-invalid");
    expect((await api.anonymous.post("/auth/login/", { username: "keyed", password })).status).toBe(200);
  });

  it("is not taken for an answer that was used, is too old, was meant for something else, or was made up", async () => {
    const { client, key } = await withKey("replayed");
    const answer = key.get(await challenge());
    expect((await enter(answer)).status).toBe(200);
    expect(codeOf(await enter(answer))).toBe("passkey-invalid");
    expect(codeOf(await enter(key.get({ challenge: "bWFkZSB1cA" })))).toBe("passkey-invalid");
    const proof = dataOf<{ challenge: string }>(await client.call("factor.proofOptions"));
    expect(codeOf(await enter(key.get(proof)))).toBe("passkey-invalid");
    const late = await challenge();
    api.setClock(new Date(Date.now() + 301_000));
    expect(codeOf(await enter(key.get(late)))).toBe("passkey-invalid");
    await api.owner.query("DELETE FROM sign_in_failure");
  });

  it("is refused from another site, without a verified person, with a foreign signature or a count that went back", async () => {
    const { key } = await withKey("forged");
    const elsewhere = Object.assign(new Authenticator("http://evil.example"), {
      credentialId: key.credentialId,
      userHandle: key.userHandle,
    });
    expect(codeOf(await enter(elsewhere.get(await challenge())))).toBe("passkey-invalid");
    const impostor = Object.assign(new Authenticator(origin), {
      credentialId: key.credentialId,
      userHandle: key.userHandle,
    });
    expect(codeOf(await enter(impostor.get(await challenge())))).toBe("passkey-invalid");
    key.isVerified = false;
    expect(codeOf(await enter(key.get(await challenge())))).toBe("passkey-invalid");
    key.isVerified = true;
    expect((await enter(key.get(await challenge()))).status).toBe(200);
    key.counter = 0;
    expect(codeOf(await enter(key.get(await challenge())))).toBe("passkey-invalid");
    await api.owner.query("DELETE FROM sign_in_failure");
  });

  it("of one person opens nothing of another, nor of another organisation", async () => {
    const { key } = await withKey("owner.one");
    const { key: other } = await withKey("owner.two");
    const handle = other.userHandle;
    other.userHandle = key.userHandle;
    expect(codeOf(await enter(other.get(await challenge())))).toBe("passkey-invalid");
    const abroad = Buffer.from(handle, "base64url");
    abroad.write(api.other.id.replace(/-/g, ""), 0, "hex");
    other.userHandle = abroad.toString("base64url");
    expect(codeOf(await enter(other.get(await challenge())))).toBe("passkey-invalid");
    await api.owner.query("DELETE FROM sign_in_failure");
  });

  it("is a fresh proof for a sensitive step, in its own session", async () => {
    const { client, key } = await withKey("prover.key");
    const elsewhere = await withKey("other.prover");
    await api.owner.query("UPDATE session SET authenticated_at = 'epoch'");
    api.platform.sessions.forget(api.home.id);
    expect(codeOf(await client.call("factor.startTotp"))).toBe("reauthentication-required");
    const options = dataOf<{ challenge: string }>(await client.call("factor.proofOptions"));
    expect((await elsewhere.client.call("auth.reauthenticate", { passkey: key.get(options) })).status).toBe(401);
    const again = dataOf<{ challenge: string }>(await client.call("factor.proofOptions"));
    expect((await client.call("auth.reauthenticate", { passkey: key.get(again) })).status).toBe(200);
    expect((await client.call("factor.startTotp")).status).toBe(200);
  });

  it("is set up once, by the session that asked", async () => {
    const { client, key } = await withKey("twice");
    expect(codeOf(await add(client, key))).toBe("already-exists");
    const options = dataOf<{ challenge: string; user: { id: string } }>(await client.call("factor.passkeyOptions"));
    const nurse = await api.as("nurse");
    const fresh = new Authenticator(origin).create(options);
    expect(codeOf(await nurse.call("factor.addPasskey", { name: "Mine now", response: fresh }))).toBe(
      "passkey-invalid",
    );
  });
});

it("thirty failed passkeys from an address in a minute are enough", async () => {
  const key = new Authenticator(origin);
  key.userHandle = Buffer.alloc(32).toString("base64url");
  for (let i = 0; i < 30; i++) await enter(key.get({ challenge: "bm9uZQ" }));
  expect(codeOf(await enter(key.get({ challenge: "bm9uZQ" })))).toBe("too-many-attempts");
  await api.owner.query("DELETE FROM sign_in_failure");
});
