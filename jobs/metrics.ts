import {
  type Counter,
  type Histogram,
  type MetricOptions,
  metrics,
  type Span,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";

/** Names and units are described in docs/operating.md; sample alert rules stand beside them. */
export const tickDuration = histogram("plimsoll_tick_duration_seconds", {
  description: "Time of one tick of a source: collection and evaluation",
  advice: { explicitBucketBoundaries: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] },
});
export const ticks = counter("plimsoll_ticks", {
  description: "Ticks by source and outcome",
});
export const collectedMinutes = counter("plimsoll_collected_minutes", {
  description: "Minutes of SLI history that were saved, by source and purpose",
});
export const evaluatedSlos = counter("plimsoll_evaluated_slos", {
  description: "SLO evaluations",
});
export const noticeDeliveries = counter("plimsoll_notice_deliveries", {
  description: "Notices that arrived or were given up, and tries that failed, by outcome",
});

const tracer = trace.getTracer("plimsoll");

/** Made at its first use: what is made before telemetry has started counts nothing, for ever. */
function counter(name: string, options: MetricOptions): Pick<Counter, "add"> {
  let made: Counter | undefined;
  return {
    add: (...args) => {
      made ??= metrics.getMeter("plimsoll").createCounter(name, options);
      made.add(...args);
    },
  };
}

/** As `counter`. */
function histogram(name: string, options: MetricOptions): Pick<Histogram, "record"> {
  let made: Histogram | undefined;
  return {
    record: (...args) => {
      made ??= metrics.getMeter("plimsoll").createHistogram(name, options);
      made.record(...args);
    },
  };
}

/** Runs `work` in a span; a throw marks the span and goes on. */
export async function traced<T>(
  name: string,
  attributes: Record<string, string>,
  work: () => Promise<T>,
): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span: Span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
      throw error;
    } finally {
      span.end();
    }
  });
}
