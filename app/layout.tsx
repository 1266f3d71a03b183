import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { inter } from "#app/fonts.ts";
import { Providers } from "#app/providers.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Plimsoll", template: "%s · Plimsoll" },
  description: "How much more risk a team may load: error budgets, burn rates and policy states.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={inter.variable} suppressHydrationWarning>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
