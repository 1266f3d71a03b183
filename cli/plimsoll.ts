#!/usr/bin/env node
import { runOnNode24 } from "#cli/node24.ts";

/** `npx plimsoll …`. Whatever needs a new Node is imported only once we are on one. */
if (runOnNode24(import.meta.filename)) {
  const { program } = await import("#cli/program.ts");
  await program().parseAsync().catch(explain);
}

/** What a person can mend is one sentence; anything else is a mistake of ours and shows where. */
function explain(error: unknown): void {
  if (!(error instanceof Error) || !["StoreError", "ConfigError"].includes(error.name)) throw error;
  console.error(`plimsoll: ${error.message}`);
  process.exitCode = 1;
}
