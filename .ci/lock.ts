import { readFileSync } from "node:fs";

interface Entry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, Entry>;
};
const names = Object.keys(packages);
const problems: string[] = [];

for (const [name, entry] of Object.entries(packages)) {
  if (entry.resolved) problems.push(`${name}: holds a download address; see .npmrc`);
  for (const wanted of Object.keys(entry.optionalDependencies ?? {})) {
    // npm install forgives a platform package that is missing from the lock; npm ci elsewhere does not.
    const found = names.some((other) => other.endsWith(`node_modules/${wanted}`));
    if (!found) problems.push(`${name || "the project"}: no entry for its optional ${wanted}`);
  }
}

for (const problem of problems) console.error(`package-lock.json: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
