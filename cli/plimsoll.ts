#!/usr/bin/env node
import { runOnNode24 } from "#cli/node24.ts";

/** `npx plimsoll …`. Whatever needs a new Node is imported only once we are on one. */
if (runOnNode24(import.meta.filename)) {
  const { program } = await import("#cli/program.ts");
  await program().parseAsync();
}
