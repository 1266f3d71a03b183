import { spawn } from "node:child_process";

/** Each check that needs no database and no server: seconds, before every commit. */
const CHECKS: readonly (readonly [name: string, command: string])[] = [
  ["format and lint", "biome check --error-on-warnings ."],
  ["types", "next typegen && tsc --noEmit"],
  ["import direction", "node .ci/direction.ts"],
  ["dead code", "knip"],
  ["lock file", "node .ci/lock.ts"],
];

let failed = 0;
for (const [name, command] of CHECKS) {
  const started = performance.now();
  const { code, output } = await run(command);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
  if (code === 0) continue;
  failed++;
  console.log(output);
}
process.exitCode = failed > 0 ? 1 : 0;

function run(command: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(command, {
    shell: true,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}
