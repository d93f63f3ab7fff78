import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import "#ui/tokens.css";
import "@fontsource-variable/inter/index.css";
import "@mantine/core/styles.layer.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { UiProviders } from "#ui/providers.tsx";

export const metadata: Metadata = {
  title: { default: "Infirmary", template: "%s · Infirmary" },
  // A title never names a patient: titles stay in the browser's history.
  robots: { index: false, follow: false },
};
export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** The document: fonts, styles and the nonce that proxy.ts made for this answer. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" />
      </head>
      <body>
        <UiProviders nonce={nonce}>{children}</UiProviders>
      </body>
    </html>
  );
}
