import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment } from "kubernetes-models/apps/v1";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { Job } from "kubernetes-models/batch/v1";
import { Ingress, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Namespace, PersistentVolumeClaim, Service } from "kubernetes-models/v1";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { envSchema } from "../../apps/api/src/core/env.ts";
import { inProject } from "../setup/project.ts";

const folder = inProject("docker/kubernetes/base");
const kustomization = parse(readFileSync(join(folder, "kustomization.yaml"), "utf8")) as { resources: string[] };
const models = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  Job,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
};
/** Kinds of CloudNativePG: their schema is the operator's own and is not checked here. */
const foreign = ["Cluster", "ScheduledBackup"];

type Container = {
  name: string;
  image: string;
  env?: { name: string; value?: string }[];
  securityContext: Record<string, unknown>;
  readinessProbe?: unknown;
  resources: { limits?: { memory?: string } };
};
type Resource = {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  spec?: { template?: { spec: { containers: Container[]; securityContext: Record<string, unknown> } } };
};
const resources = kustomization.resources.flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document) => document.toJS() as Resource),
);
const pods = resources.flatMap(({ metadata, spec }) =>
  spec?.template ? [{ ...metadata, ...spec.template.spec }] : [],
);

describe("docker/kubernetes", () => {
  it("lists every file it has", () => {
    const files = readdirSync(folder).filter((file) => file !== "kustomization.yaml");
    expect([...kustomization.resources].sort()).toEqual(files.sort());
  });

  it.each(resources.map((resource) => [`${resource.kind} ${resource.metadata.name}`, resource] as const))(
    "%s follows the schema of its kind",
    (_name, resource) => {
      if (foreign.includes(resource.kind)) {
        expect(resource.apiVersion).toBe("postgresql.cnpg.io/v1");
        return;
      }
      const Model = models[resource.kind as keyof typeof models] as new (data: Resource) => { validate(): void };
      new Model(resource).validate();
      expect(() => new Model({ ...resource, metadata: 1 } as never).validate()).toThrow();
    },
  );

  it("runs every process unprivileged, read-only and with a memory limit", () => {
    expect(pods.map(({ name }) => name).sort()).toEqual(["api", "infirmary-migrate", "portal", "worker"]);
    for (const { securityContext, containers } of pods) {
      expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
      for (const container of containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
        expect(container.resources.limits?.memory).toBeTruthy();
      }
    }
  });

  it("names only variables that exist, and holds no secret", () => {
    const known = Object.keys(envSchema.shape);
    const settings = resources
      .filter(({ kind }) => kind === "ConfigMap")
      .flatMap(({ data }) => Object.keys(data ?? {}));
    const given = pods.flatMap(({ containers }) => containers.flatMap(({ env = [] }) => env.map(({ name }) => name)));
    for (const name of [...settings, ...given]) expect(known).toContain(name);
    expect(resources.filter(({ kind }) => kind === "Secret")).toEqual([]);
  });

  it("keeps at least one of each server while nodes are drained", () => {
    const budgets = resources.filter(({ kind }) => kind === "PodDisruptionBudget").map(({ metadata }) => metadata.name);
    expect(budgets.sort()).toEqual(["api", "portal", "worker"]);
  });
});
