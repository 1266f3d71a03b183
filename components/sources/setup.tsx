import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

const SOURCE = `# plimsoll.yaml
sources:
  prometheus:
    - { name: main, url: http://127.0.0.1:9090 }`;

const DOCUMENT = `# slos/checkout.yaml
service: checkout
owner: shop
slos:
  - name: availability
    description: Requests that do not end in a server error
    sli:
      good: sum(rate(http_requests_total{job="checkout",code!~"5.."}[5m]))
      total: sum(rate(http_requests_total{job="checkout"}[5m]))
    target: 0.999
    window: 30d`;

/** Nothing is configured to be counted from. */
export function NoSources() {
  return (
    <Card>
      <Empty title="No source is configured">
        <p>
          Name your Prometheus (or Mimir, Thanos, VictoriaMetrics) in{" "}
          <code className="font-mono">plimsoll.yaml</code>, or set{" "}
          <code className="font-mono">PLIMSOLL_PROMETHEUS_URL</code>, and start again.
        </p>
        <Example text={SOURCE} />
      </Empty>
    </Card>
  );
}

/** Nothing says what to count. */
export function NoDocuments() {
  return (
    <Card>
      <Empty title="No SLO documents yet">
        <p>
          Put one into the <code className="font-mono">slos</code> folder; it is read within
          seconds. Its errors would stand here, with file, line and column.
        </p>
        <Example text={DOCUMENT} />
      </Empty>
    </Card>
  );
}

function Example({ text }: { text: string }) {
  return (
    <pre className="mx-auto mt-4 max-w-full overflow-x-auto rounded-lg border border-line bg-bg p-4 text-left font-mono text-small text-ink">
      {text}
    </pre>
  );
}
