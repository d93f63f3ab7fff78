import { randomBytes } from "node:crypto";
import { cutils } from "@infirmary/native";
import { AppError } from "../../core/app-error.ts";
import type { Platform } from "../../core/platform.ts";

/** How long a person may look for the key, seconds. */
const challengeSeconds = 300;

export type Purpose = "sign-in" | "add" | "prove";

/** A fresh challenge (base64url of 32 random bytes) for one purpose and, where there is one, one session. */
export async function newChallenge(platform: Platform, purpose: Purpose, sessionId: string | null): Promise<string> {
  const challenge = randomBytes(32).toString("base64url");
  await platform.database.pool.query({
    name: "passkey-challenge",
    text: "INSERT INTO passkey_challenge (challenge_hash, purpose, session_id, expires_at) VALUES ($1, $2, $3, $4)",
    values: [
      Buffer.from(cutils.sha256(challenge)),
      purpose,
      sessionId,
      new Date(platform.now().getTime() + challengeSeconds * 1000),
    ],
  });
  return challenge;
}

/**
 * Takes the challenge that a signed answer names, once.
 * @param clientData the answer's clientDataJSON, base64url
 * @throws AppError passkey-invalid for one that is not ours, used, too old or for something else
 */
export async function takeChallenge(
  platform: Platform,
  clientData: string,
  purpose: Purpose,
  sessionId: string | null,
): Promise<string> {
  const challenge = challengeIn(clientData);
  const { rowCount } = challenge
    ? await platform.database.pool.query({
        name: "passkey-challenge-take",
        text: "DELETE FROM passkey_challenge WHERE challenge_hash = $1 AND purpose = $2 AND session_id IS NOT DISTINCT FROM $3 AND expires_at > $4",
        values: [Buffer.from(cutils.sha256(challenge)), purpose, sessionId, platform.now()],
      })
    : { rowCount: 0 };
  if (!challenge || rowCount !== 1) throw new AppError("passkey-invalid");
  return challenge;
}

export async function deleteOldPasskeyChallenges({ database }: Platform): Promise<void> {
  await database.pool.query("DELETE FROM passkey_challenge WHERE expires_at < now()");
}

function challengeIn(clientData: string): string | null {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientData, "base64url").toString("utf8")) as { challenge?: unknown };
    return typeof challenge === "string" && challenge.length <= 100 ? challenge : null;
  } catch {
    return null;
  }
}
