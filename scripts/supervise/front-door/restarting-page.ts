import type { ServerResponse } from "node:http";

const SENTENCE = "Infirmary is restarting; this page comes back by itself in a moment.";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Infirmary is restarting</title>
</head>
<body style="font: 1.125rem system-ui, sans-serif; margin: 20vh auto; max-width: 36rem; padding: 0 1rem">
<p role="status">${SENTENCE}</p>
</body>
</html>
`;

/** Says that the server behind is not there: to a browser as a page that reloads itself, to a program as RFC 9457. */
export function answerRestarting(response: ServerResponse, isProgram: boolean): void {
  const body = isProgram
    ? JSON.stringify({
        type: "about:blank",
        title: "Restarting",
        status: 502,
        detail: "Infirmary is restarting; try again in a moment.",
        code: "restarting",
      })
    : PAGE;
  response.writeHead(502, {
    "content-type": isProgram ? "application/problem+json" : "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "retry-after": "2",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
