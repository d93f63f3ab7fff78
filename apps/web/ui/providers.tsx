"use client";
import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { ShortcutProvider } from "./shortcut.tsx";
import { cssVariables, theme } from "./theme.ts";
import { Toaster } from "./toast.tsx";

/** Everything the look and the keyboard need; `nonce` is this page's, for the style elements Mantine renders. */
export function UiProviders({ nonce, children }: { nonce: string; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <ShortcutProvider>
        {children}
        <Toaster />
      </ShortcutProvider>
    </MantineProvider>
  );
}
