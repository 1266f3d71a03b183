import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { inter } from "#app/fonts.ts";
import { Providers } from "#app/providers.tsx";
import { NONCE_HEADER } from "#lib/access/headers.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Plimsoll", template: "%s · Plimsoll" },
  description: "How much more risk a team may load: error budgets, burn rates and policy states.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** Reading the nonce makes every page dynamic, so that each response has its own. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    <html lang="en" className={inter.variable} suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
