import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { Meter } from "./meter.ts";

type Rule = { alert: string; expr: string; annotations: { summary: string; runbook: string } };
const inProject = (path: string) => new URL(`../../../../../${path}`, import.meta.url);
const read = (path: string) => readFileSync(inProject(path), "utf8");
const rules = (parse(read("docker/observe/alerts.yaml")) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(read("docker/observe/grafana/infirmary.json")) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

/** What the source says it measures, and what Prometheus' client does for every process. */
const told = new Set([
  ...new Meter().registry.getMetricsAsArray().map(({ name }) => name),
  ...["apps/api/src/core/meter/serve-metrics.ts", "apps/api/src/features/system/installation-gauges.ts"].flatMap(
    (path) => [...read(path).matchAll(/"(infirmary_[a-z_]+)"/g)].map(([, name = ""]) => name),
  ),
  "up",
]);
const named = (expr: string) =>
  [...expr.replace(/\{[^}]*\}/g, "").matchAll(/\b(up|(?:infirmary|nodejs|process)_[a-z0-9_]+)/g)].map(([, name = ""]) =>
    name.replace(/_(bucket|count|sum)$/, ""),
  );

it("alerts on, and draws, only what is measured", () => {
  const exprs = [
    ...rules.map(({ expr }) => expr),
    ...dashboard.panels.flatMap(({ targets }) => targets.map((one) => one.expr)),
  ];
  for (const expr of exprs) {
    expect(named(expr).length, expr).toBeGreaterThan(0);
    for (const name of named(expr)) expect([...told], expr).toContain(name);
  }
});

it("has a page for each alert, and an alert for each page", () => {
  for (const { alert, annotations } of rules) {
    expect(existsSync(inProject(annotations.runbook)), alert).toBe(true);
    expect(read(annotations.runbook)).toMatch(new RegExp(`^# ${alert}\n`));
  }
  expect(rules.map(({ annotations }) => annotations.runbook.split("/").at(-1)).sort()).toEqual(
    readdirSync(inProject("docs/runbooks")).sort(),
  );
});
