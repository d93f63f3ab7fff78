import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inProject } from "../setup/project.ts";
import { readDockerfile } from "./dockerfile.ts";

describe("docker/Dockerfile", () => {
  const stages = readDockerfile(readFileSync(inProject("docker/Dockerfile"), "utf8"));
  const images = stages.filter(({ name }) => name === "api" || name === "portal");

  it("makes two images that run unprivileged, on a slim Node 24, with a health check and nothing to build with", () => {
    expect(images.map(({ name }) => name)).toEqual(["api", "portal"]);
    for (const { from, user, healthCheck, command, steps } of images) {
      expect(from).toBe("node:24-bookworm-slim");
      expect(user).toBe("node");
      expect(healthCheck?.[0]).toBe("node");
      expect(command?.[0]).toBe("node");
      expect(steps.filter(({ kind }) => kind === "run")).toEqual([]);
    }
  });

  it("starts, checks and copies files that are there", () => {
    for (const { command, healthCheck } of images) {
      for (const file of [command?.[1], healthCheck?.[1]]) expect(existsSync(inProject(file ?? "none"))).toBe(true);
    }
    const names = stages.map(({ name }) => name);
    for (const step of stages.flatMap(({ steps }) => steps)) {
      if (step.kind === "copy" && step.fromStage !== null) expect(names).toContain(step.fromStage);
    }
  });

  it("installs what the lock file says, and lets no package run scripts of its own", () => {
    const runs = stages.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === "run" ? [step.command] : [])));
    const installs = runs.filter((command) => /\bnpm\b/.test(command));
    expect(installs.length).toBeGreaterThan(0);
    for (const command of installs) expect(command).toMatch(/^npm ci --ignore-scripts /);
  });
});

describe("readDockerfile", () => {
  it.each([
    ["FROM node:24", "line 1"],
    ["FROM node:24 AS api\nADD x y", "line 2"],
    ["FROM node:24 AS api\nCMD node main.js", "line 2"],
    ["FROM node:24 AS api\nWORKDIR /elsewhere", "line 2"],
    ["RUN true", "line 1"],
  ])("says which line it does not understand: %j", (text, where) => {
    expect(() => readDockerfile(text)).toThrow(where);
  });
});
