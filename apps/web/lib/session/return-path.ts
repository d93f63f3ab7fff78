/** The sign-in page that leads back to `path` afterwards. */
export function signInPath(path: string): string {
  const back = safeReturnPath(path);
  return back === "/" ? "/sign-in" : `/sign-in?from=${encodeURIComponent(back)}`;
}

/** The path if it is one of ours, else `/`: a link to the sign-in page must not lead to somebody else's site. */
export function safeReturnPath(path: string | null | undefined): string {
  if (!path?.startsWith("/") || path.startsWith("/sign-in") || path.startsWith("/api/")) return "/";
  const base = "http://portal.invalid";
  try {
    const url = new URL(path, base);
    return url.origin === base ? url.pathname + url.search : "/";
  } catch {
    return "/";
  }
}
