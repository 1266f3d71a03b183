import { MetricCard } from "#components/dora/metric-card.tsx";
import type { ReviewNumbers } from "#components/reviews/view.ts";
import { doraAddress, monthBefore } from "#components/reviews/words.ts";

/** The five metrics of the month, each with the month before, six months behind it, and its rows. */
export function ReviewMetrics({ numbers }: { numbers: ReviewNumbers }) {
  const address = doraAddress(numbers);
  const addressBefore = doraAddress({ ...numbers, month: monthBefore(numbers.month) });
  return (
    <section
      aria-label="Delivery"
      className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3 print:grid-cols-2"
    >
      {numbers.metrics.map((metric) => (
        <div key={metric.name} className="break-inside-avoid *:h-full">
          <MetricCard metric={metric} view={{ address, addressBefore, cadence: numbers.cadence }} />
        </div>
      ))}
    </section>
  );
}
