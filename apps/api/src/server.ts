import cookie from "@fastify/cookie";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { learnProcedures } from "./core/access/procedures.ts";
import { AppError } from "./core/app-error.ts";
import { createContext } from "./core/context.ts";
import { toAppError } from "./core/error-shape.ts";
import { limitHandlers } from "./core/handler-timeout.ts";
import { newId } from "./core/id.ts";
import { serveMetrics } from "./core/meter/serve-metrics.ts";
import type { Platform } from "./core/platform.ts";
import { endpointsOf } from "./core/rest/endpoint.ts";
import { openApiOf } from "./core/rest/openapi.ts";
import { registerRest } from "./core/rest/plugin.ts";
import { sendProblem } from "./core/rest/problem.ts";
import { addSecurityHeaders, setSecurityHeaders } from "./core/security-headers.ts";
import { cutStreamsAt, handOverWhileDraining } from "./core/stop-server.ts";
import { registerCspReports } from "./features/csp-report/index.ts";
import { appRouter } from "./router.ts";

const bodyBytesMax = 1024 * 1024;
/** A preview or upload carries one file of at most 5 MB in base64. */
const trpcBodyBytesMax = 8 * 1024 * 1024;
const batchMax = 10;

/** Builds the server without listening, so that tests can inject requests. */
export async function buildServer(platform: Platform): Promise<FastifyInstance> {
  const isHttps = platform.settings.publicOrigin.startsWith("https:");
  learnProcedures(appRouter._def.procedures as unknown as Parameters<typeof learnProcedures>[0]);
  const app = Fastify({
    loggerInstance: platform.log as FastifyBaseLogger,
    trustProxy: platform.settings.trustProxy,
    genReqId: () => newId(),
    bodyLimit: bodyBytesMax,
    requestTimeout: 30_000,
    connectionTimeout: 35_000,
    keepAliveTimeout: 65_000,
    http: { maxHeaderSize: 16 * 1024 },
    // A request that still arrives while the process closes is answered like any other.
    return503OnClosing: false,
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
    // Its own lines would hold addresses with queries in them; the hook below says what is needed.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    // An address that cannot be read never reaches the error handler.
    frameworkErrors: (_error, _request, reply) => {
      setSecurityHeaders(reply, isHttps);
      reply.header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
      return sendProblem(reply, new AppError("not-found", { detail: "There is nothing at this address." }));
    },
  });
  await app.register(cookie);
  cutStreamsAt(platform.readiness.stopping, app);
  handOverWhileDraining(platform.readiness, app);
  addSecurityHeaders(app, { isHttps });
  serveMetrics(app, platform);
  // Ids and codes only: an address can hold a query, a query a name.
  app.addHook("onResponse", async (request, reply) => {
    platform.meter.request(request.method, request.routeOptions.url ?? "none", reply.statusCode);
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      "request",
    );
  });
  app.setErrorHandler((error, request, reply) => {
    const appError = fastifyError(error) ?? toAppError(error);
    if (appError.http >= 500) request.log.error({ err: error }, "request failed");
    return sendProblem(reply, appError);
  });
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new AppError("not-found", { detail: "There is nothing at this address." })),
  );

  await app.register(
    async (rest) => {
      limitHandlers(rest);
      registerRest(rest, platform, appRouter);
      await rest.register(async (reports) => registerCspReports(reports, platform));
      const document = openApiOf(endpointsOf(appRouter), "/api/v1");
      rest.get("/openapi.json", async () => document);
      await rest.register(swagger, { mode: "static", specification: { document: document as never } });
      await rest.register(swaggerUi, {
        routePrefix: "/docs",
        staticCSP: true,
        uiConfig: { docExpansion: "list", persistAuthorization: false },
      });
    },
    { prefix: "/api/v1" },
  );
  // The plugin replaces the JSON parser of its scope: it gets one of its own.
  await app.register(async (trpc) => {
    limitHandlers(trpc);
    trpc.addHook("onRoute", (route) => {
      route.bodyLimit = trpcBodyBytesMax;
    });
    // Forms and plain text need no preflight of a browser: nothing here takes them.
    trpc.addHook("onRequest", async (request) => {
      const type = request.headers["content-type"];
      if (type !== undefined && !/^application\/json\b/i.test(type)) throw new AppError("unsupported-media-type");
    });
    await trpc.register(fastifyTRPCPlugin, {
      prefix: "/trpc",
      trpcOptions: {
        router: appRouter,
        createContext: ({
          req,
          info,
        }: {
          req: Parameters<typeof createContext>[1];
          info: { connectionParams: { [name: string]: string | undefined } | null };
        }) => createContext(platform, req, info.connectionParams ?? {}),
        allowMethodOverride: true,
        allowBatching: true,
        maxBatchSize: batchMax,
        onError({
          error,
          ctx,
          path,
        }: {
          error: Error;
          ctx: { request: { id: string } } | undefined;
          path: string | undefined;
        }) {
          const appError = toAppError(error);
          if (appError.http >= 500)
            platform.log.error({ err: appError.cause ?? error, path, requestId: ctx?.request.id }, "procedure failed");
        },
      },
    });
  });
  return app;
}

/** Fastify's own refusals (body too large, not JSON, unknown type) in the catalogue's words. */
function fastifyError(error: unknown): AppError | null {
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (error instanceof AppError) return error;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE" || statusCode === 413) return new AppError("too-large");
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE" || statusCode === 415) return new AppError("unsupported-media-type");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new AppError("validation-failed", { detail: "The request could not be read.", cause: error });
  return null;
}
