import type { PasskeyAnswer, PasskeyRegistration } from "@infirmary/shared/factor";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import type { Platform } from "../../core/platform.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { newChallenge, type Purpose, takeChallenge } from "./passkey-challenge.ts";
import { findPasskey, insertPasskey, listPasskeys, notePasskeyUse } from "./passkey-store.ts";
import { renewCodes } from "./set-up-totp.ts";
import { countUnusedCodes } from "./store.ts";

const passkeysMax = 20;

/** Passkeys belong to the host name people type; the party that relies on them is that name. */
const partyOf = ({ settings }: Platform) => new URL(settings.publicOrigin).hostname;

/** What the browser needs to make a passkey for the person. It has to check a finger, a face or a PIN: it stands for two factors. */
export async function addOptions({ platform, session, look }: ActorContext) {
  const { tenantId, userId } = session;
  const known = await look(({ tx }) => listPasskeys(tx, { tenantId, userId }));
  if (known.length >= passkeysMax)
    throw new AppError("validation-failed", { detail: `An account takes at most ${passkeysMax} passkeys.` });
  return generateRegistrationOptions({
    rpName: "Infirmary",
    rpID: partyOf(platform),
    userName: session.username,
    userDisplayName: session.fullName,
    userID: handleOf(tenantId, userId),
    challenge: Buffer.from(await newChallenge(platform, "add", session.id), "base64url"),
    attestationType: "none",
    excludeCredentials: known.map((passkey) => descriptorOf(passkey)),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** Takes a passkey that the browser made into use. Somebody without recovery codes gets ten. */
export async function addPasskey(
  { platform, session, look }: ActorContext,
  { name, response }: { name: string; response: PasskeyRegistration },
): Promise<{ codes: string[] | null }> {
  const { tenantId, userId } = session;
  const expectedChallenge = await takeChallenge(platform, response.response.clientDataJSON, "add", session.id);
  const { registrationInfo } = await verifyRegistrationResponse({
    response: {
      ...response,
      response: { ...response.response, transports: response.response.transports },
    },
    expectedChallenge,
    expectedOrigin: platform.settings.publicOrigin,
    expectedRPID: partyOf(platform),
    requireUserVerification: true,
  }).catch(refuse);
  if (!registrationInfo) throw new AppError("passkey-invalid");
  const { credential, credentialBackedUp } = registrationInfo;
  return look(async (work) => {
    const id = newId();
    const isNew = await insertPasskey(work.tx, {
      tenantId,
      userId,
      id,
      credentialId: bytesOf(credential.id),
      publicKey: new Uint8Array(credential.publicKey),
      counter: BigInt(credential.counter),
      transports: credential.transports ?? [],
      name,
      isBackedUp: credentialBackedUp,
    });
    if (!isNew) throw new AppError("already-exists", { detail: "This passkey is set up already." });
    work.audit({ action: "factor.add", entity: "user", entityId: userId, after: { method: "passkey", passkeyId: id } });
    work.afterCommit(() => platform.sessions.forget(tenantId, session.id));
    const hasCodes = (await countUnusedCodes(work.tx, { tenantId, userId })) > 0;
    return { codes: hasCodes ? null : await renewCodes(work, userId) };
  });
}

/** What the browser needs to ask for a passkey: any that it has for this place, or one of those named. */
export async function askOptions(
  platform: Platform,
  purpose: Exclude<Purpose, "add">,
  sessionId: string | null,
  allowed: readonly { credentialId: Uint8Array; transports: string[] }[] = [],
) {
  return generateAuthenticationOptions({
    rpID: partyOf(platform),
    challenge: Buffer.from(await newChallenge(platform, purpose, sessionId), "base64url"),
    userVerification: "required",
    allowCredentials: allowed.map(descriptorOf),
  });
}

/** Whose passkey an answer says it is: we wrote it into the key when it was made. Null where it does not say. */
export function ownerOf({ response }: PasskeyAnswer): { tenantId: string; userId: string } | null {
  const hex = Buffer.from(response.userHandle ?? "", "base64url").toString("hex");
  return hex.length === 64 ? { tenantId: uuidOf(hex.slice(0, 32)), userId: uuidOf(hex.slice(32)) } : null;
}

/**
 * Checks a passkey's answer and notes its use. The challenge must have been taken before.
 * @throws AppError passkey-invalid: unknown key, wrong signature, other place, nobody verified, or a count that went backwards
 */
export async function checkPasskey(
  { tx, scope, platform, now }: Work,
  { userId, answer, expectedChallenge }: { userId: string; answer: PasskeyAnswer; expectedChallenge: string },
): Promise<void> {
  const { tenantId } = scope;
  const passkey = await findPasskey(tx, { tenantId, userId, credentialId: bytesOf(answer.id) });
  if (!passkey) throw new AppError("passkey-invalid");
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { ...answer, response: { ...answer.response } },
    expectedChallenge,
    expectedOrigin: platform.settings.publicOrigin,
    expectedRPID: partyOf(platform),
    requireUserVerification: true,
    credential: { id: answer.id, publicKey: new Uint8Array(passkey.publicKey), counter: Number(passkey.counter) },
  }).catch(refuse);
  const counter = BigInt(authenticationInfo.newCounter);
  if (!verified || !(await notePasskeyUse(tx, { tenantId, id: passkey.id, counter, at: now })))
    throw new AppError("passkey-invalid");
}

/** The library throws for every answer that does not hold; why is for the log of the attacker only. */
function refuse(cause: unknown): never {
  throw new AppError("passkey-invalid", { cause });
}

const bytesOf = (base64url: string) => new Uint8Array(Buffer.from(base64url, "base64url"));
const handleOf = (tenantId: string, userId: string) =>
  new Uint8Array(Buffer.from(`${tenantId}${userId}`.replace(/-/g, ""), "hex"));
const uuidOf = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
const descriptorOf = ({ credentialId, transports }: { credentialId: Uint8Array; transports: string[] }) => ({
  id: Buffer.from(credentialId).toString("base64url"),
  transports: transports,
});
