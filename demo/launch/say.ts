const started = performance.now();

/** One plain line, with the seconds since the start. */
export function say(text: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(0).padStart(3);
  process.stdout.write(`${seconds} s  ${text}\n`);
}

/** What stops the demo: said without a stack. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}
