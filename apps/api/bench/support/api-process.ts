import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The API as it runs in production, in a process of its own, on the environment's database. */
export type ApiProcess = {
  port: number;
  pid: number;
  signIn(username: string, password: string): Promise<string>;
  stop(): Promise<void>;
};

/** What is measured is how fast it is, not when it refuses. */
export const manyCalls = Object.fromEntries(
  [
    "CALLS_PER_USER_PER_MINUTE",
    "CALLS_PER_TENANT_PER_MINUTE",
    "SEARCHES_PER_USER_PER_MINUTE",
    "UPLOADS_PER_USER_PER_MINUTE",
    "UPLOAD_MEBIBYTES_PER_TENANT_PER_DAY",
  ].map((name) => [name, "1000000000"]),
);

/**
 * Starts the API on a port, or the MLLP listener with the limits of a trusted sender; what it logs is left out, because writing it is not
 * what is measured.
 */
export async function startApiProcess(port: number, file: "main.ts" | "mllp.ts" = "main.ts"): Promise<ApiProcess> {
  const ports =
    file === "main.ts"
      ? { API_PORT: String(port), LISTEN_ADDRESS: "127.0.0.1" }
      : { MLLP_PORT: String(port), MLLP_CONNECTIONS_PER_PEER: "64", MLLP_MESSAGES_PER_SECOND: "100000" };
  const child = fork(fileURLToPath(new URL(`../../src/${file}`, import.meta.url)), {
    env: { ...process.env, ...manyCalls, ...ports, LOG_LEVEL: "error" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`The API ended with ${code}.`)));
  });
  return {
    port,
    pid: child.pid ?? 0,
    async signIn(username, password) {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/auth/login/`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ username, password }),
      });
      const body = (await response.json()) as { access?: string };
      if (!body.access) throw new Error(`${username} could not sign in (${response.status}).`);
      return body.access;
    },
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners("exit");
        child.once("exit", () => resolve());
        child.disconnect();
      }),
  };
}
