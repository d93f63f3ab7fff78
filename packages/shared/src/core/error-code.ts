/** One thing wrong with one field of the input; `path` is dotted (`address.city`) or an HL7 location (`OBX[3]-5`). */
export type FieldError = { path: string; message: string; severity?: "error" | "warning" | "info" };

/**
 * Every error the API can answer, its HTTP status and the sentence a person on the ward can act on.
 * Nothing outside this list reaches a client; `docs/api.md` lists the same codes and a test compares the two.
 */
export const errorCodes = {
  "validation-failed": { http: 400, title: "Some fields need correcting." },
  "not-signed-in": { http: 401, title: "Sign in to continue." },
  "sign-in-failed": { http: 401, title: "The user name or password is not right." },
  "second-factor-required": { http: 401, title: "The password is right. Confirm with your second factor." },
  "code-invalid": { http: 401, title: "This code is not right, or it was used already." },
  "passkey-invalid": { http: 401, title: "This passkey is not known here, or it did not confirm." },
  "account-inactive": { http: 401, title: "This account is not active. Ask an administrator." },
  "token-invalid": { http: 401, title: "The session has ended. Sign in again." },
  "reset-link-void": {
    http: 410,
    title: "This link is no longer good: it was used, it is too old, or a newer one was sent.",
  },
  "reauthentication-required": { http: 401, title: "Confirm that it is you to go on." },
  "not-allowed": { http: 403, title: "Your role does not permit this. Ask an administrator if you need it." },
  "factor-missing": {
    http: 403,
    title: "Your organisation asks administrators for a second factor. Set one up to go on.",
  },
  "out-of-scope": { http: 403, title: "This patient is not in your care here." },
  "not-a-member": { http: 403, title: "You do not work at this facility. Ask an administrator." },
  "cross-site-request": { http: 403, title: "The request did not come from the portal and was refused." },
  "not-found": { http: 404, title: "This record was not found." },
  "method-not-allowed": { http: 405, title: "This address does not take that method." },
  "stale-version": { http: 409, title: "Someone changed this record since you opened it. Reload and compare." },
  "wrong-transition": { http: 409, title: "This step is not possible in the present state." },
  "already-exists": { http: 409, title: "A record with this identifier exists already." },
  "possible-duplicate": {
    http: 409,
    title: "A patient like this is registered already. Check before registering again.",
  },
  "patient-mismatch": {
    http: 409,
    title: "The message is about a different patient than the order. Nothing was stored.",
  },
  "order-mismatch": { http: 409, title: "The message names a different order. Nothing was stored." },
  "result-superseded": {
    http: 409,
    title: "The message would replace a final result with an older or preliminary one. Nothing was stored.",
  },
  "control-id-reused": {
    http: 409,
    title: "This sender used the same message number for a different message. Nothing was stored.",
  },
  "second-person-needed": { http: 409, title: "A second person has to do this. Nothing was changed." },
  "code-unknown": { http: 409, title: "This code does not belong here. Nothing was changed." },
  "encounter-closed": { http: 409, title: "This visit is closed. Nothing was changed." },
  "close-blocked": { http: 409, title: "Something is still open. The visit was not closed." },
  "slot-taken": { http: 409, title: "This time is taken. Choose another one." },
  "needs-confirmation": { http: 409, title: "A value is unlikely. Check it and confirm." },
  "session-locked": { http: 423, title: "The screen is locked. Unlock it to go on." },
  "request-in-progress": { http: 409, title: "The same request is still being worked on. Try again in a moment." },
  "too-large": { http: 413, title: "This is larger than can be taken." },
  "unsupported-media-type": { http: 415, title: "This type of content is not taken here." },
  "message-invalid": { http: 422, title: "The HL7 message has faults that prevent filing. Nothing was stored." },
  "idempotency-mismatch": { http: 422, title: "This Idempotency-Key was used for a different request." },
  "too-many-attempts": { http: 429, title: "Too many attempts. Wait a little and try again." },
  "too-many-requests": { http: 429, title: "Too many requests in a short time. Wait a moment and go on." },
  "internal-error": {
    http: 500,
    title: "Something went wrong on our side. Nothing you typed is lost; quote the number to support.",
  },
  unavailable: { http: 503, title: "The database cannot be reached. Infirmary recovers by itself; try again shortly." },
} as const satisfies Record<string, { http: number; title: string }>;

export type ErrorCode = keyof typeof errorCodes;
