import type { PasskeyAnswer, PasskeyRegistration } from "@infirmary/shared/factor";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";

/** Options as the API hands them through. */
type Options = Record<string, unknown>;

/** A passkey that did not come about, in words for the person; the browser says little, and says it to developers. */
export class PasskeyError extends Error {
  override name = "PasskeyError";
}

/** Has the browser make a passkey. @throws PasskeyError */
export async function createPasskey(options: Options): Promise<PasskeyRegistration> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const { id, rawId, response } = await startRegistration({ optionsJSON }).catch(explain);
  const { clientDataJSON, attestationObject, transports = [] } = response;
  return {
    id,
    rawId,
    type: "public-key",
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, transports },
  };
}

/** Has the browser use a passkey. @throws PasskeyError */
export async function askForPasskey(options: Options): Promise<PasskeyAnswer> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const { id, rawId, response } = await startAuthentication({ optionsJSON }).catch(explain);
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return {
    id,
    rawId,
    type: "public-key",
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) },
  };
}

function explain(error: unknown): never {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") throw new PasskeyError("This device holds a passkey for this account already.");
  if (name === "NotAllowedError" || name === "AbortError")
    throw new PasskeyError("No passkey was used: the request was cancelled, took too long, or this device has none.");
  if (name === "SecurityError")
    throw new PasskeyError(
      "Passkeys do not work at this address: they need a host name, and https outside this machine.",
    );
  throw new PasskeyError("This browser cannot use passkeys.");
}
