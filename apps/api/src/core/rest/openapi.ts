import { errorCodes } from "@infirmary/shared/core";
import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";

const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string", enum: Object.keys(errorCodes) },
    requestId: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["path", "message"],
        properties: {
          path: { type: "string" },
          message: { type: "string" },
          severity: { type: "string", enum: ["error", "warning", "info"] },
        },
      },
    },
  },
};

/** The OpenAPI 3.1 document of the endpoints, from the same schemas that check them. */
export function openApiOf(endpoints: readonly Endpoint[], serverUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = paths[endpoint.face.path] ?? {};
    path[endpoint.face.method.toLowerCase()] = operation(endpoint);
    paths[endpoint.face.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Infirmary REST API",
      version: "1",
      description:
        "JSON in camelCase. Lists answer {items, nextCursor} and take limit and cursor. Errors are application/problem+json with a stable code. Writes take an Idempotency-Key.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: serverUrl }],
    security: [{ bearer: [] }],
    tags: [...new Set(endpoints.map(({ face }) => face.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      schemas: { Problem: problemSchema },
    },
  };
}

const accessText = (access: Endpoint["access"]) =>
  access === "public"
    ? "Open to anybody."
    : access === "signed-in"
      ? "For every signed-in person."
      : `Needs the permission \`${access}\`.`;

function operation({ operationId, access, stepUp, face, input, output }: Endpoint) {
  const parameterNames = [...face.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const inputSchema = input ? jsonSchema(input, "input") : null;
  const properties = Object.entries((inputSchema?.properties ?? {}) as Record<string, object>);
  const required = new Set((inputSchema?.required as string[] | undefined) ?? []);
  const isBodyless = face.method === "GET" || face.method === "DELETE";
  const inQuery = isBodyless ? properties.filter(([name]) => !parameterNames.includes(name)) : [];
  const example = face.example?.request as Record<string, unknown> | undefined;
  return {
    operationId,
    tags: [face.tag],
    summary: face.summary,
    description: `${accessText(access)}${stepUp ? " Needs a sign-in or `POST /auth/reauthenticate/` at most 5 minutes old." : ""}`,
    ...(access === "public" ? { security: [] } : {}),
    parameters: [
      ...parameterNames.map((name) => ({
        name,
        in: "path",
        required: true,
        schema: { type: "string", format: "uuid" },
        example: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11",
      })),
      ...inQuery.map(([name, schema]) => ({
        name,
        in: "query",
        required: required.has(name) && !("default" in schema),
        schema,
        ...(example?.[name] === undefined ? {} : { example: example[name] }),
      })),
      ...(face.method === "POST" || face.method === "PUT"
        ? [
            {
              name: "Idempotency-Key",
              in: "header",
              required: false,
              schema: { type: "string", maxLength: 255 },
              description: "Makes a repeat of the same request give the same answer, once.",
            },
          ]
        : []),
    ],
    ...(isBodyless || (!input && face.body !== "hl7")
      ? {}
      : { requestBody: requestBody(face, inputSchema, parameterNames) }),
    responses: responses(face, output),
  };
}

function requestBody(
  face: Endpoint["face"],
  schema: Record<string, unknown> | null,
  parameterNames: readonly string[],
) {
  const example = face.example?.request;
  if (face.body === "hl7") {
    const message = String((example as { hl7Message?: unknown } | undefined)?.hl7Message ?? "");
    const bytes = { schema: { type: "string", format: "binary" }, example: message };
    return {
      required: true,
      content: {
        "application/hl7-v2": bytes,
        "text/plain": bytes,
        "application/json": {
          schema: { type: "object", required: ["hl7Message"], properties: { hl7Message: { type: "string" } } },
          example,
        },
      },
    };
  }
  const keep = (name: string) => !parameterNames.includes(name);
  const body = {
    ...schema,
    properties: Object.fromEntries(Object.entries((schema?.properties ?? {}) as object).filter(([name]) => keep(name))),
    required: ((schema?.required as string[] | undefined) ?? []).filter(keep),
  };
  return {
    required: true,
    content: { "application/json": { schema: body, ...(example === undefined ? {} : { example }) } },
  };
}

function responses(face: Endpoint["face"], output: Endpoint["output"]) {
  const problem = {
    description: "Refused; `code` says why.",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
  const statuses = face.statuses ?? [typeof face.status === "number" ? face.status : 200];
  const content =
    face.produces === "csv"
      ? { "text/csv": { schema: { type: "string" }, example: face.example?.response ?? "" } }
      : face.produces === "file"
        ? { "application/octet-stream": { schema: { type: "string", format: "binary" } } }
        : {
            "application/json": {
              schema: output ? jsonSchema(output, "output") : {},
              ...(face.example?.response === undefined ? {} : { example: face.example.response }),
            },
          };
  return {
    ...Object.fromEntries(
      statuses.map((status) => [
        String(status),
        status === 204 ? { description: "Done." } : { description: "Done.", content },
      ]),
    ),
    default: problem,
  };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    target: "draft-2020-12",
  }) as Record<string, unknown>;
  return rest;
}
