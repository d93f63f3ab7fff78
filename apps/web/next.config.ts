import type { NextConfig } from "next";

/** Headers every answer of the portal carries; the content security policy has a nonce and is set in proxy.ts. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`, for all workspaces at once; a newcomer's first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: ["@infirmary/shared"],
  // Image optimisation has had remote code execution more than once, and the portal shows no photographs.
  images: { unoptimized: true },
  experimental: {
    // forbidden() answers 403 with a page of ours; the alternative is to answer 200 with "not permitted".
    authInterrupts: true,
    optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"],
  },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
  // With `next dev` there may be no front door: the development server then passes API calls on itself.
  rewrites: async () => {
    const api = process.env.API_URL;
    if (process.env.NODE_ENV !== "development" || !api) return [];
    return [
      { source: "/trpc/:path*", destination: `${api}/trpc/:path*` },
      { source: "/api/v1/:path*", destination: `${api}/api/v1/:path*` },
    ];
  },
};

export default config;
