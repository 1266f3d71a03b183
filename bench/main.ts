import { Command } from "commander";
import { load, machine } from "#bench/machine.ts";
import type { Report } from "#bench/report.ts";

interface Bench {
  readonly what: string;
  /** Loaded when it runs, so that one bench does not need what another needs. */
  readonly run: () => Promise<Report>;
}

const BENCHES: Readonly<Record<string, Bench>> = {
  prometheus: {
    what: "samples that Prometheus reads per SLO and hour, against the rules of Sloth and Pyrra",
    run: async () => (await import("#bench/prometheus.ts")).prometheusBench(),
  },
  rules: {
    what: "samples that Prometheus reads for exported rules, against those of Sloth and Pyrra",
    run: async () => (await import("#bench/rules.ts")).rulesBench(),
  },
  storage: {
    what: "what both databases cost at 100, 1,000 and 10,000 SLOs",
    run: async () => {
      const { storageCosts, storageTable } = await import("#bench/storage.ts");
      const data = await storageCosts();
      return { text: storageTable(data), data };
    },
  },
  evaluation: {
    what: "a whole evaluation of every SLO on both databases, and how long it blocks the web",
    run: async () => (await import("#bench/evaluation.ts")).evaluationBench(),
  },
  gate: {
    what: "one answer of the gate, logged, with 10,000 SLOs stored, on both databases",
    run: async () => (await import("#bench/gate.ts")).gateBench(),
  },
  delivery: {
    what: "reading and joining 10,000 deployments and 27,000 commits, cold and warm",
    run: async () => (await import("#bench/delivery.ts")).deliveryBench(),
  },
  pages: {
    what: "server time of the fleet and SLO pages at 100, 1,000 and 10,000 SLOs",
    run: async () => (await import("#bench/pages.ts")).pagesBench(),
  },
  "what-if": {
    what: "an SLO's history under another definition, with 10,000 SLOs stored, on both databases",
    run: async () => (await import("#bench/what-if.ts")).whatIfBench(),
  },
  browser: {
    what: "first-load JavaScript, largest paint and layout shift in a real browser",
    run: async () => (await import("#bench/browser.ts")).browserBench(),
  },
  backfill: {
    what: "28 days of 100 SLIs from a real Prometheus, split into its time and ours",
    run: async () => (await import("#bench/backfill.ts")).backfillBench(),
  },
  documents: {
    what: "reading 100,000 mutated SLO documents: none may be wrongly accepted",
    run: async () => (await import("#bench/documents.ts")).documentsBench(),
  },
  start: {
    what: "first start and reopening of the embedded default, and its memory",
    run: async () => (await import("#bench/start.ts")).startBench(),
  },
};

const listed = Object.entries(BENCHES).map(([name, { what }]) => `  ${name.padEnd(12)}${what}`);

const program = new Command("npm run bench --")
  .description("Measures Plimsoll against its promises; all benches when none is named.")
  .argument("[name...]", "which benches")
  .option("--json", "print JSON instead of tables")
  .addHelpText("after", `\nBenches:\n${listed.join("\n")}`)
  .action(runAll);

await program.parseAsync();

async function runAll(names: readonly string[], { json = false }: { json?: boolean }) {
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0) {
    program.error(`no bench ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}`);
  }
  const chosen = names.length > 0 ? names : Object.keys(BENCHES);
  if (!json) console.log(machine());
  const found = [];
  for (const name of chosen) found.push(await runOne(name, json));
  if (json) console.log(JSON.stringify({ machine: machine(), benches: found }, null, 2));
}

/** A bench that fails is told and fails the command in the end; the others still run. */
async function runOne(name: string, json: boolean) {
  const before = load();
  try {
    const report = await (BENCHES[name] as Bench).run();
    if (!json) console.log(`\n${report.text}\n(${name}: ${before} before, ${load()} after)`);
    return { name, before, after: load(), figures: report.data };
  } catch (error) {
    process.exitCode = 1;
    const why = error instanceof Error ? error.message : String(error);
    console.error(`\n${name} could not be measured: ${why}`);
    return { name, before, after: load(), error: why };
  }
}
