const proofs: Record<string, string> = {
  password: "by password",
  "password+totp": "by password and app",
  "password+recovery-code": "by password and recovery code",
  passkey: "by passkey",
};

/** How a session was opened: `by password and app`. */
export const proofText = (proof: string) => proofs[proof] ?? "in a way not known here";

/**
 * The address a session came from. What an address says of a place is a guess unless it is this machine or a private network, so
 * no town is made up.
 */
export function placeText(ip: string | null): string {
  if (!ip) return "Not known";
  if (/^(127\.|::1$|::ffff:127\.)/.test(ip)) return `${ip} (this computer)`;
  if (/^(::ffff:)?(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^f[cd][0-9a-f]{2}:|^fe80:/i.test(ip))
    return `${ip} (your network)`;
  return ip;
}
