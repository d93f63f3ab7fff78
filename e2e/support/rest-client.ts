import { apiUrl } from "./settings.ts";

type Body = Record<string, unknown>;

/** One person's way to the REST face: what fixtures seed with, and what another system would do. */
export class RestClient {
  readonly #access: string;

  private constructor(access: string) {
    this.#access = access;
  }

  /** @throws Error with the API's answer when it refuses */
  static async signIn({ username, password }: { username: string; password: string }): Promise<RestClient> {
    const { access } = await new RestClient("").post<{ access: string }>("/auth/login/", { username, password });
    return new RestClient(access);
  }

  get<T>(path: string): Promise<T> {
    return this.#send("GET", path);
  }
  post<T>(path: string, body: Body): Promise<T> {
    return this.#send("POST", path, JSON.stringify(body));
  }
  put<T>(path: string, body: Body): Promise<T> {
    return this.#send("PUT", path, JSON.stringify(body));
  }
  delete(path: string): Promise<void> {
    return this.#send("DELETE", path);
  }
  /** Files an HL7 message, byte for byte. */
  postHl7<T>(path: string, message: string): Promise<T> {
    return this.#send("POST", path, message, "application/hl7-v2");
  }

  async #send<T>(method: string, path: string, body?: string, contentType = "application/json"): Promise<T> {
    const response = await fetch(`${apiUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(this.#access ? { authorization: `Bearer ${this.#access}` } : {}),
        ...(body === undefined ? {} : { "content-type": contentType }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}
