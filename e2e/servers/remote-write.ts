/** Prometheus's remote write, as far as tests need it: native histograms of one layout, uncompressed. */

/** Running counts of one process at one scrape: requests within (62.5 ms, 125 ms] and (250 ms, 500 ms]. */
export interface NativeSample {
  /** Epoch ms. */
  readonly at: number;
  readonly fast: number;
  readonly slow: number;
}

interface NativeSeries {
  /** With `__name__`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Ascending by time. */
  readonly samples: readonly NativeSample[];
}

/** Writes series into a Prometheus that was started with its receiver and native histograms. */
export async function writeNative(url: string, series: readonly NativeSeries[]): Promise<void> {
  const answer = await fetch(`${url}/api/v1/write`, {
    method: "POST",
    headers: {
      "content-encoding": "snappy",
      "content-type": "application/x-protobuf",
      "x-prometheus-remote-write-version": "0.1.0",
    },
    body: Uint8Array.from(snappy(Buffer.concat(series.map(timeSeries)))),
  });
  if (!answer.ok) throw new Error(`remote write: ${answer.status} ${await answer.text()}`);
}

function timeSeries({ labels, samples }: NativeSeries): Buffer {
  const names = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  const pairs = names.map(([name, value]) => bytes(1, concat(text(1, name), text(2, value))));
  return bytes(1, concat(...pairs, ...samples.map((sample) => bytes(4, histogram(sample)))));
}

/** Schema 0: bucket i ends at 2^i seconds, so -3 at 125 ms and -1 at 500 ms; the one between is empty. */
function histogram({ at, fast, slow }: NativeSample): Buffer {
  return concat(
    number(1, fast + slow),
    double(3, fast * 0.1 + slow * 0.4),
    number(4, zigzag(0)),
    double(5, 1e-128),
    number(6, 0),
    bytes(11, concat(number(1, zigzag(-3)), number(2, 3))),
    bytes(12, concat(varint(zigzag(fast)), varint(zigzag(-fast)), varint(zigzag(slow)))),
    number(15, at),
  );
}

const concat = (...parts: readonly Buffer[]) => Buffer.concat(parts);
const zigzag = (value: number) => (value >= 0 ? value * 2 : -value * 2 - 1);

function varint(value: number): Buffer {
  const low = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) low.push((rest % 128) + 128);
  return Buffer.from([...low, rest]);
}

function number(field: number, value: number): Buffer {
  return concat(varint(field * 8), varint(value));
}

function double(field: number, value: number): Buffer {
  const eight = Buffer.alloc(8);
  eight.writeDoubleLE(value);
  return concat(varint(field * 8 + 1), eight);
}

function bytes(field: number, value: Buffer): Buffer {
  return concat(varint(field * 8 + 2), varint(value.length), value);
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

/** Snappy's framing of literals alone: longer than compressed, and simple. */
function snappy(data: Buffer): Buffer {
  const parts = [varint(data.length)];
  for (let at = 0; at < data.length; at += 65_536) {
    const part = data.subarray(at, at + 65_536);
    const head = Buffer.from([61 * 4, 0, 0]);
    head.writeUInt16LE(part.length - 1, 1);
    parts.push(head, part);
  }
  return concat(...parts);
}
