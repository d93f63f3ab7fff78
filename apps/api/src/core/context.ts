import type { FastifyRequest } from "fastify";
import { AppError } from "./app-error.ts";
import type { Platform } from "./platform.ts";
import { sha256Of } from "./request-hash.ts";
import { atFacility, type Scope, type Session } from "./scope.ts";
import { authenticate } from "./session/authenticate.ts";
import { inRead, inWork, type Work } from "./unit-of-work.ts";

/** What every procedure gets: who asks, from where, and the one way to the database. */
export type Context = {
  platform: Platform;
  request: {
    id: string;
    ip: string;
    userAgent: string | null;
    idempotencyKey: string | null;
    isActive: boolean;
    bytes: number;
  };
  session: Session | null;
  /** Why a shown credential does not hold; a public procedure does not care. */
  sessionError: AppError | null;
};

/** The context once a person is known. `work` opens the request's transaction in that person's name: a query's can change nothing. */
export type ActorContext = Context & {
  session: Session;
  scope: Scope;
  work<T>(fn: (work: Work) => Promise<T>): Promise<T>;
  /** A look beforehand, in a transaction of its own: not what an Idempotency-Key repeats. */
  look<T>(fn: (work: Work) => Promise<T>): Promise<T>;
};

/** What a body counts as that does not say how long it is. */
const unsaidBytes = 1024 * 1024;

/** Reads the credential and the address of a request; throws only where the database cannot be asked. */
export async function createContext(
  platform: Platform,
  request: FastifyRequest,
  /** What an event stream says instead of headers, which a browser cannot add to one. */
  stream: { [name: string]: string | undefined } = {},
): Promise<Context> {
  const found = await authenticate(platform, request);
  const key = request.headers["idempotency-key"];
  if (Array.isArray(key) || (key !== undefined && (key.length < 1 || key.length > 255))) {
    throw new AppError("validation-failed", {
      errors: [{ path: "Idempotency-Key", message: "Use 1 to 255 characters." }],
    });
  }
  const session = found instanceof AppError || !found ? found : workingAt(found, { ...stream, ...request.headers });
  return {
    platform,
    request: {
      id: request.id,
      ip: request.ip,
      userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
      idempotencyKey: key ?? null,
      isActive: request.headers["x-infirmary-active"] === "1",
      bytes: Number(request.headers["content-length"] ?? unsaidBytes),
    },
    session: session instanceof AppError ? null : session,
    sessionError: session instanceof AppError ? session : null,
  };
}

/**
 * The session at the facility the request names in X-Facility-ID; without one, where the person works now. X-Tenant-ID must name the
 * session's organisation. What the person is no member of is refused, whether it exists or not.
 */
function workingAt(session: Session, named: FastifyRequest["headers"]): Session | AppError {
  const { "x-tenant-id": tenantId, "x-facility-id": facilityId } = named;
  if (tenantId !== undefined && tenantId !== session.tenantId) return new AppError("not-a-member");
  if (facilityId === undefined) return session;
  return (typeof facilityId === "string" && atFacility(session, facilityId)) || new AppError("not-a-member");
}

/** Narrows the context to a signed-in person, once, so that nobody downstream asks again. */
export function actorContext(
  context: Context,
  procedure: { path: string; type: "query" | "mutation" | "subscription"; input: unknown },
): ActorContext {
  const { session, platform, request } = context;
  if (!session) throw context.sessionError ?? new AppError("not-signed-in");
  const scope: Scope = { tenantId: session.tenantId, actor: session, requestId: request.id, ip: request.ip };
  // Hashed when work begins: by then the input was checked, so it is neither too deep nor too large to walk through.
  const idempotency = () =>
    request.idempotencyKey
      ? { key: request.idempotencyKey, procedure: procedure.path, requestHash: sha256Of(procedure.input) }
      : undefined;
  return {
    ...context,
    session,
    scope,
    work: (fn) =>
      procedure.type === "mutation" ? inWork(platform, scope, fn, idempotency()) : inRead(platform, scope, fn),
    look: (fn) => inWork(platform, scope, fn),
  };
}
