import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent: a deep teal. Shade 7 on white and white on shade 7 both pass AA (6.3:1). */
const teal: MantineColorsTuple = [
  "#e9f5f5",
  "#d3e9ea",
  "#a6d2d5",
  "#74b9be",
  "#4aa3a9",
  "#27909a",
  "#127b85",
  "#0b666f",
  "#07525a",
  "#033f46",
];

/** Neutral greys from near-white text to a near-black ground, for the dark scheme. */
const dark: MantineColorsTuple = [
  "#e6e8ea",
  "#c3c8cc",
  "#9ba3aa",
  "#737c84",
  "#454c53",
  "#363c42",
  "#2a2f34",
  "#16191c",
  "#101214",
  "#0b0d0e",
];

/**
 * Density and type of the whole portal: 14 px text, 13 px in tables and fields, 32 px controls, one level of shadow.
 * Colours of meaning (critical, abnormal) are tokens in tokens.css, never Mantine colours, so that nobody decorates with them.
 */
export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, dark },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "0.875rem", xl: "1.25rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.75rem" },
      h2: { fontSize: "0.875rem", lineHeight: "1.5rem" },
      h3: { fontSize: "0.875rem", lineHeight: "1.5rem" },
    },
  },
  spacing: { xs: "0.25rem", sm: "0.5rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  radius: { xs: "2px", sm: "4px", md: "6px", lg: "6px", xl: "6px" },
  shadows: {
    xs: "none",
    sm: "var(--shadow)",
    md: "var(--shadow)",
    lg: "var(--shadow)",
    xl: "var(--shadow)",
  },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Locking the scroll would inject a style element, which the content security policy refuses; tokens.css does it.
    ModalRoot: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, yOffset: "12vh" } },
    Modal: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, centered: false, yOffset: "12vh" } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "description", "input", "error"] } },
  },
});

/** Mantine's own dimmed, placeholder and error greys miss AA on white; red is kept for critical and wrong patient. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-dim)",
    "--mantine-color-placeholder": "var(--ink-faint)",
    "--mantine-color-error": "var(--ink)",
    "--mantine-color-anchor": "var(--accent)",
  },
  dark: {
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-dim)",
    "--mantine-color-placeholder": "var(--ink-faint)",
    "--mantine-color-error": "var(--ink)",
    "--mantine-color-anchor": "var(--accent)",
  },
});
