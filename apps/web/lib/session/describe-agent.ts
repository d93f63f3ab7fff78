const browsers: [pattern: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/\b(?:Headless)?Chrom(?:e|ium)\/(\d+)/, "Chrome"],
  [/\bCriOS\/(\d+)/, "Chrome"],
  [/\bVersion\/(\d+).*\bSafari\//, "Safari"],
];
const systems: [pattern: RegExp, name: string][] = [
  [/Windows/, "Windows"],
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

/** `Chrome 142 on Windows` from a User-Agent header; one that is not a browser's is shown as sent, cut short. */
export function describeAgent(userAgent: string | null): string {
  if (!userAgent) return "Not known";
  const browser = browsers
    .map(([pattern, name]) => ({ name, match: pattern.exec(userAgent) }))
    .find(({ match }) => match);
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (!browser) return userAgent.slice(0, 60);
  return `${browser.name} ${browser.match?.[1]}${system ? ` on ${system}` : ""}`;
}
