type Shape = { path(page: string): string; headers?: Record<string, string>; method?: string };

const middleware = "middleware";
const plain = (headers: Record<string, string>): Shape => ({ path: (page) => page, headers });
const asPath = (path: (page: string) => string): Shape => ({ path });

/** Forty ways in which pages were reached around their authorisation elsewhere: headers of the framework, of proxies, of sessions; paths. */
export const bypassShapes: readonly Shape[] = [
  plain({}),
  plain({ "x-middleware-subrequest": middleware }),
  plain({ "x-middleware-subrequest": `src/${middleware}` }),
  plain({ "x-middleware-subrequest": Array(5).fill(middleware).join(":") }),
  plain({ "x-middleware-subrequest": Array(5).fill(`src/${middleware}`).join(":") }),
  plain({ "x-middleware-subrequest": Array(5).fill("proxy").join(":") }),
  plain({ "x-middleware-subrequest-id": "0" }),
  plain({ "x-middleware-prefetch": "1" }),
  plain({ "x-middleware-rewrite": "/account" }),
  plain({ "x-middleware-next": "1" }),
  plain({ "x-nextjs-data": "1" }),
  plain({ rsc: "1" }),
  plain({ rsc: "1", "next-router-prefetch": "1" }),
  plain({ rsc: "1", "next-router-segment-prefetch": "/_tree" }),
  plain({ rsc: "1", "next-router-state-tree": "%5B%22%22%2C%7B%7D%5D" }),
  plain({ "next-action": "0".repeat(40) }),
  { path: (page) => page, method: "POST", headers: { "next-action": "0".repeat(42), "content-length": "0" } },
  { path: (page) => page, method: "HEAD" },
  { path: (page) => page, method: "OPTIONS" },
  { path: (page) => page, method: "PUT", headers: { "content-length": "0" } },
  plain({ "x-original-url": "/sign-in" }),
  plain({ "x-rewrite-url": "/sign-in" }),
  plain({ "x-matched-path": "/account" }),
  plain({ "x-invoke-path": "/account", "x-invoke-status": "200" }),
  plain({ "x-path": "/sign-in", "x-nonce": "AAAA" }),
  plain({ "x-forwarded-host": "localhost", "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https" }),
  plain({ authorization: "Bearer null" }),
  plain({ cookie: "next-auth.session-token=null; __Host-session=null; session=null" }),
  plain({ cookie: "__Host-session=eyJhbGciOiJub25lIn0.e30.; session=eyJhbGciOiJub25lIn0.e30." }),
  plain({ cookie: "session={}; __Secure-next-auth.session-token={}" }),
  asPath((page) => `/_next/data/build-id${page}.json`),
  asPath((page) => `${page}.rsc`),
  asPath((page) => `${page}?_rsc=abcde`),
  asPath((page) => `${page}?nxtPid=1&__nextLocale=en`),
  asPath((page) => `/${page}`),
  asPath((page) => `${page}/`),
  asPath((page) => `/sign-in/..${page}`),
  asPath((page) => `/sign-in/%2e%2e${page}`),
  asPath((page) => `${page}%00`),
  asPath((page) => `${page};.css`),
];
