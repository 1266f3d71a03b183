import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import type { Control, Start } from "./shapes.ts";

export interface RunningProvider {
  readonly issuer: string;
  /** People are added to those it has; what is not said of `faults` is as it should be. */
  be(control: Control): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the provider in a process of its own; gives it when it answers. */
export async function startProvider(how: Start): Promise<RunningProvider> {
  const script = fileURLToPath(import.meta.resolve("./provider.ts"));
  const child = spawn(process.execPath, [script, JSON.stringify(how)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await ready(child);
  const issuer = `http://127.0.0.1:${how.port}`;
  return {
    issuer,
    async be(control) {
      const body = JSON.stringify(control);
      const answer = await fetch(`${issuer}/control`, { method: "PUT", body });
      if (!answer.ok) throw new Error(`the provider answered ${answer.status}`);
    },
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  const said = child.stdout?.[Symbol.asyncIterator]();
  let text = "";
  while (!text.includes("ready")) {
    const next = await said?.next();
    if (!next || next.done) throw new Error(`the provider did not start: ${text}`);
    text += String(next.value);
  }
  child.stdout?.resume();
}

/** From our sign-in page to the provider's, where one says who one is; waits for nothing. */
export async function chooseAt(page: Page, provider: string, account: string): Promise<void> {
  await toProvider(page, provider);
  await page.getByRole("button", { name: account, exact: true }).click();
}

/** To the provider's own page. */
export async function toProvider(page: Page, provider: string): Promise<void> {
  await page.getByRole("button", { name: `Continue with ${provider}` }).click();
}
