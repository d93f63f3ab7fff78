/** How a procedure looks over REST. `path` is relative to /api/v1, ends in a slash, and names its parameters as {id}. */
export type RestFace = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: `/${string}/` | `/${string}`;
  tag: string;
  summary: string;
  /** Answer's status: a number (default 200), or worked out from the output. */
  status?: number | ((output: never) => number);
  /** All statuses the answer can have, for the documentation, when `status` is worked out. */
  statuses?: number[];
  /** `hl7`: the body is an HL7 message as bytes (application/hl7-v2, text/plain) or JSON {hl7Message}; it reaches the input as contentBase64.
   * `file`: JSON with a file in `contentBase64`, of up to 5 MB. */
  body?: "json" | "hl7" | "file";
  /** A CSV (the output's `csv`, saved under `fileName`) or a file (`contentBase64` of type `mediaType`, saved under `fileName`) instead of JSON. */
  produces?: "csv" | "file";
  /** An example of the body or query, and of the answer. */
  example?: { request?: unknown; response?: unknown };
  /** The same procedure under another method or address. */
  also?: readonly Omit<RestFace, "also">[];
};
