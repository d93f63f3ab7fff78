import { messageBytesMax } from "@infirmary/shared/hl7";
import { type AnyTRPCRouter, callTRPCProcedure } from "@trpc/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../app-error.ts";
import { createContext } from "../context.ts";
import { toAppError } from "../error-shape.ts";
import type { Platform } from "../platform.ts";
import { type Endpoint, endpointsOf } from "./endpoint.ts";
import { sendProblem } from "./problem.ts";

/** JSON around a message of the largest size: escapes can double it, base64 of a file adds a third, the rest is slack. */
const hl7BodyBytesMax = messageBytesMax * 2 + 1024;

/** Serves every procedure that has a REST face: path, query and body become its input, its output the answer. */
export function registerRest(app: FastifyInstance, platform: Platform, router: AnyTRPCRouter): void {
  app.addContentTypeParser(
    ["application/hl7-v2", "application/hl7-v2+er7", "text/plain", "application/octet-stream"],
    { parseAs: "buffer", bodyLimit: hl7BodyBytesMax },
    (_request, body, done) => done(null, body),
  );
  // Many clients name a content type on every request: an empty body of it is no body.
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) =>
    body === "" ? done(null, undefined) : parseJson(request, String(body), done),
  );
  for (const endpoint of endpointsOf(router)) {
    const { face } = endpoint;
    app.route({
      method: face.method,
      url: face.path.replace(/\{(\w+)\}/g, ":$1"),
      ...(face.body === "hl7" || face.body === "file" ? { bodyLimit: hl7BodyBytesMax } : {}),
      handler: (request, reply) => answer(platform, router, endpoint, request, reply),
    });
  }
  refuseOtherMethods(app, endpointsOf(router));
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** An address that is there answers a method it does not take with 405 and those it does (RFC 9110, 15.5.6), not as if it were not there. */
function refuseOtherMethods(app: FastifyInstance, endpoints: readonly Endpoint[]): void {
  const taken = new Map<string, { url: string; methods: Set<string> }>();
  for (const { face } of endpoints) {
    const address = face.path.replace(/\{\w+\}/g, ":");
    const known = taken.get(address) ?? { url: face.path.replace(/\{(\w+)\}/g, ":$1"), methods: new Set<string>() };
    taken.set(address, known);
    known.methods.add(face.method);
  }
  for (const { url, methods: known } of taken.values()) {
    const allow = [...known].join(", ");
    app.route({
      method: methods.filter((method) => !known.has(method)),
      url,
      handler: async (_request, reply) => sendProblem(reply.header("allow", allow), new AppError("method-not-allowed")),
    });
  }
}

async function answer(
  platform: Platform,
  router: AnyTRPCRouter,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { face } = endpoint;
  try {
    const ctx = await createContext(platform, request);
    const output = await callTRPCProcedure({
      router,
      path: endpoint.procedure,
      type: endpoint.type,
      ctx,
      // Read when it is asked for: who may not call this is told so before what is wrong with the body.
      getRawInput: async () => inputOf(endpoint, request),
      signal: undefined,
      batchIndex: 0,
    });
    reply.header("cache-control", "no-store");
    const status = typeof face.status === "function" ? face.status(output as never) : (face.status ?? 200);
    if (face.produces === "csv") {
      const { csv, fileName } = output as { csv: string; fileName: string };
      return reply
        .code(status)
        .header("content-type", "text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="${fileName}"`)
        .send(csv);
    }
    if (face.produces === "file") return sendFile(reply.code(status), output as FileOutput);
    if (status === 204) return reply.code(204).send();
    return reply.code(status).header("content-type", "application/json; charset=utf-8").send(JSON.stringify(output));
  } catch (error) {
    const appError = toAppError(error);
    if (appError.http >= 500)
      request.log.error({ err: appError.cause ?? appError, code: appError.code }, "request failed");
    return sendProblem(reply, appError);
  }
}

type FileOutput = { fileName: string; mediaType: string; contentBase64: string };

/** Answers bytes to be saved: a browser neither shows them on this origin, nor guesses what they are, nor runs what is in them. */
function sendFile(reply: FastifyReply, { fileName, mediaType, contentBase64 }: FileOutput) {
  const plain = fileName.replace(/[^\w.-]/g, "_");
  return reply
    .header("content-type", mediaType)
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
    .header("content-disposition", `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .send(Buffer.from(contentBase64, "base64"));
}

/** Path parameters win over the body, so that an id in the body never redirects a write. Null where the procedure takes nothing. */
function inputOf({ face, input, output }: Endpoint, request: FastifyRequest): unknown {
  const params = request.params as Record<string, string>;
  if (face.method === "GET" || face.method === "DELETE") {
    const query = request.query as Record<string, unknown>;
    return input ? { ...query, ...params } : undefined;
  }
  if (face.body === "hl7") return { ...messageInput(request), ...params };
  if (!input) return undefined;
  if (request.body instanceof Buffer)
    throw new AppError("unsupported-media-type", { detail: "Send application/json." });
  if (
    request.body !== undefined &&
    request.body !== null &&
    (typeof request.body !== "object" || Array.isArray(request.body))
  ) {
    throw new AppError("validation-failed", { detail: "The body must be a JSON object." });
  }
  const body = { ...(request.body as Record<string, unknown> | null | undefined) };
  if (face.method === "PUT") for (const key of readOnlyKeys(input, output)) delete body[key];
  return { ...body, ...params };
}

/** What a record shows and a write does not take: a client may send back the record as it read it, and these have no effect. */
function readOnlyKeys(input: z.ZodType, output: z.ZodType | null): string[] {
  if (!(input instanceof z.ZodObject) || !(output instanceof z.ZodObject)) return [];
  return Object.keys(output.shape).filter((key) => !(key in input.shape));
}

/** The bytes of a message, sent bare or as the text in JSON; JSON is Unicode, so its bytes are UTF-8. */
function messageInput(request: FastifyRequest): { contentBase64: string } {
  if (request.body instanceof Buffer) return inBase64(request.body);
  const text = (request.body as { hl7Message?: unknown } | null | undefined)?.hl7Message;
  if (typeof text !== "string" || text === "")
    throw new AppError("validation-failed", {
      errors: [{ path: "hl7Message", message: "Required: the text of one HL7 message." }],
    });
  return inBase64(Buffer.from(text, "utf8"));
}

function inBase64(bytes: Buffer): { contentBase64: string } {
  if (bytes.length > messageBytesMax) throw new AppError("too-large", { detail: "A message may have at most 5 MB." });
  return { contentBase64: bytes.toString("base64") };
}
