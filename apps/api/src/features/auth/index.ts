export { endSessions, sessionsOf } from "./end-session.ts";
export { hashPassword } from "./password.ts";
export { requireGoodPassword } from "./password-rules.ts";
export { purgeSessions } from "./purge-sessions.ts";
export { enqueueResetFor, sendResetLinks, sendResetTask, voidLinks } from "./reset/index.ts";
export { authRouter } from "./router.ts";
export { findHomeTenant } from "./store.ts";
export { hashOfToken, newToken, tenantOfToken } from "./token.ts";
