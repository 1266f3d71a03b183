import localFont from "next/font/local";

/**
 * Inter, preloaded and with a stand-in of the same measures, so that no line breaks anew when it
 * arrives. It has Latin letters alone; names in other scripts use the system's font.
 */
export const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  variable: "--font-inter",
  adjustFontFallback: "Arial",
});
