import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AuthzError, type AuthzRequest, authz } from "../../js/index.ts";

// The same files are run against the C library by test/c/authz_cases.c.
function casesOf(file: string): { title: string; block: string }[] {
  const text = readFileSync(new URL(`../cases/authz/${file}`, import.meta.url), "utf8");
  return [...text.matchAll(/^## (.+)\n\n```\n([^`]+)```$/gm)].map(([, title = "", block = ""]) => ({ title, block }));
}

function compiled(text: string): string {
  try {
    authz.compile(text).dispose();
    return "ok";
  } catch (error) {
    if (error instanceof AuthzError) return `${error.code} ${error.line}:${error.column}`;
    throw error;
  }
}

describe("golden policies", () => {
  it.each(casesOf("compile.md"))("$title", ({ block }) => {
    const [text = "", expected = ""] = block.split("=> ");
    expect(compiled(text)).toBe(expected.trim());
  });
});

const [first, ...requests] = casesOf("decisions.md");
const policy = authz.compile(first?.block ?? "");

function readValue(text: string): unknown {
  const time = /^(\d\d):(\d\d)$/.exec(text);
  return time ? Number(time[1]) * 60 + Number(time[2]) : JSON.parse(text);
}

function requestOf(lines: readonly string[]): AuthzRequest {
  const [permission = "", roles = ""] = lines[0]?.split(" ") ?? [];
  const groups: Record<string, Record<string, unknown>> = {};
  for (const line of lines.slice(1)) {
    const [, group = "", key = "", value = ""] = /^(\w+)\.(\w+): (.*)$/.exec(line) ?? [];
    groups[group] = { ...groups[group], [key]: readValue(value) };
  }
  return { permission, roles: roles === "" ? [] : roles.split(","), ...groups };
}

describe("golden decisions", () => {
  it.each(requests)("$title", ({ block }) => {
    const [lines = "", expected = ""] = block.split("\n=> ");
    const request = requestOf(lines.split("\n"));
    const decision = policy.decide(request);
    const shown = [decision.reason, decision.rule, decision.attribute].filter((part) => part !== undefined).join(" | ");
    expect(shown).toBe(expected.trim());
    expect(decision.allowed).toBe(decision.reason === "allowed");
    expect(policy.explain(request)).toMatchObject(decision);
    const { resource, ...common } = request;
    expect(policy.decideMany(common as AuthzRequest, [resource, resource])).toEqual([decision, decision]);

    const subject = policy.subject(common as AuthzRequest);
    expect(subject.decide(request.permission, resource)).toBe(decision);
    expect(subject.decide(request.permission, policy.resources([resource]))).toBe(decision);
    expect(subject.decideMany(request.permission, [resource, {}, resource])[2]).toBe(decision);
    expect(subject.decideMany(request.permission, policy.resources([resource, {}, resource]))[2]).toBe(decision);
  });
});
