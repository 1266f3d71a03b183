import { existsSync } from "node:fs";
import { type Browser, chromium } from "@playwright/test";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where the browser is; null when the machine has none. */
export function chromiumPath(): string | null {
  return PATHS.find((path) => existsSync(path)) ?? null;
}

/** Null, or what to install; with CI=true that is an error. */
export function missingBrowser(): string | null {
  if (chromiumPath()) return null;
  const sentence = "no browser is installed; install it with: apt-get install chromium";
  if (process.env.CI === "true") throw new Error(sentence);
  return sentence;
}

/** A real browser without requests of its own. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error("no browser: apt-get install chromium");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
