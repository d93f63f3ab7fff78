import { type NextRequest, NextResponse } from "next/server";

/**
 * Gives every page its content security policy with a fresh nonce, and tells the page which path it is (for coming back
 * after signing in). It authorises nothing: proxies have been bypassed before, so each page asks the API itself.
 */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  // What the browser sent under these names never counts: set() replaces it.
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-path", request.nextUrl.pathname + queryOf(request.nextUrl.searchParams));
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("reporting-endpoints", `csp="${reportsTo}"`);
  return response;
}

/** Where browsers tell what the policy refused; `report-uri` is for those that do not know `report-to`. */
const reportsTo = "/api/v1/csp-reports";

/** The query as the person sees it; `_rsc` is Next's own. */
function queryOf(parameters: URLSearchParams): string {
  const own = new URLSearchParams(parameters);
  own.delete("_rsc");
  return own.size > 0 ? `?${own}` : "";
}

/**
 * Scripts only with the nonce, nothing from elsewhere. Style *attributes* are allowed, because the server renders
 * component variables into them; style *elements*, which could read a page by selectors, need the nonce.
 */
function contentSecurityPolicy(nonce: string, isDev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    // The development overlay of Next injects style elements without a nonce.
    isDev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDev ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    `report-uri ${reportsTo}`,
    "report-to csp",
  ].join("; ");
}

export const config = { matcher: ["/((?!_next/static|_next/image|favicon.ico|icon.svg).*)"] };
