import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** What the figures were measured on. */
export function machine(): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const cpu = cpus()[0]?.model.trim() ?? "unknown CPU";
  return `${availableParallelism()} cores (${cpu}), ${memory}, Node ${process.version}`;
}

/** How busy it is: a load well above the cores makes every time longer. */
export function load(): string {
  const [now = 0] = loadavg();
  const busy =
    now > availableParallelism() ? ", BUSY: times are longer than on an idle machine" : "";
  return `load ${now.toFixed(1)}${busy}`;
}
