import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ambient, withoutSettings } from "../setup/environment.ts";
import { inProject, root } from "../setup/project.ts";

/** One API process, started as a container of the image would be. */
export class Replica {
  readonly port: number;
  private readonly env: Record<string, string>;
  private child: ChildProcess | undefined;

  constructor(port: number, env: Record<string, string>) {
    this.port = port;
    this.env = { ...withoutSettings(), ...ambient(), ...env, API_PORT: String(port) };
  }

  /** Starts it and waits until it is ready. @throws Error when it is not within 30 s */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [inProject("apps/api/src/main.ts")], {
      cwd: root,
      env: this.env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    this.child = child;
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(100)) {
      if (child.exitCode !== null) break;
      const answer = await fetch(`http://127.0.0.1:${this.port}/api/v1/ready/`).catch(() => null);
      if (answer?.status === 200) return;
    }
    throw new Error(`The API on port ${this.port} did not get ready.`);
  }

  /** Tells it to stop, as a container is told. @returns its exit code */
  async stop(): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill("SIGTERM");
    return ended;
  }
}

/** Where nginx.conf finds things in the container, and where they are instead. */
export interface NginxPlace {
  folder: string;
  tls: number;
  plain: number;
  health: number;
  api: readonly number[];
  portal: number;
}

/** Our nginx configuration with other paths, ports and upstreams; not a directive is changed. @returns files by name */
export function nginxFiles({ folder, tls, plain, health, api, portal }: NginxPlace): Record<string, string> {
  const file = (name: string) => readFileSync(inProject("docker/nginx", name), "utf8");
  return {
    "nginx.conf": file("nginx.conf")
      .replaceAll("/tmp/", `${folder}/`)
      .replaceAll("/etc/nginx/infirmary", folder)
      .replaceAll("/dev/", `${folder}/`),
    "site.conf": file("site.conf")
      .replaceAll("/etc/nginx/tls", folder)
      .replaceAll("listen 8443", `listen 127.0.0.1:${tls}`)
      .replaceAll("listen 8080", `listen 127.0.0.1:${plain}`)
      .replaceAll("listen 127.0.0.1:8081", `listen 127.0.0.1:${health}`),
    "upstreams.conf": [
      `upstream api { zone api 64k; ${api.map((port) => `server 127.0.0.1:${port} max_fails=1 fail_timeout=5s;`).join(" ")} keepalive 64; keepalive_timeout 1s; }`,
      `upstream portal { server 127.0.0.1:${portal}; }`,
    ].join("\n"),
  };
}
