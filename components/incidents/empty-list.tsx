import { Empty } from "#components/ui/empty.tsx";

/** Why there is nothing to list: the filter leaves nothing, or nothing was ever told of. */
export function EmptyList({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty title="Nothing matches">
        No incident began in this range, of this service and kind. Take something out of the filter.
      </Empty>
    );
  }
  return (
    <Empty title="No incidents yet">
      <p>They come in by themselves from where you keep them already:</p>
      <ul className="mx-auto mt-2 max-w-[52ch] list-disc space-y-1 pl-5 text-left">
        <li>
          GitHub issues with a label: name the labels under <Code>incidents.github.labels</Code> in{" "}
          <Code>plimsoll.yaml</Code>,
        </li>
        <li>
          PagerDuty: name its services under <Code>incidents.pagerduty</Code>,
        </li>
        <li>
          any other tool: <Code>POST /api/v1/incidents</Code> with a token that may ingest,
        </li>
        <li>by hand: an editor of the service's team opens one on this page.</li>
      </ul>
      <p className="mt-2">
        Until something tells of incidents, the change failure rate and recovery time are unknown
        rather than perfect.
      </p>
    </Empty>
  );
}

function Code({ children }: { children: string }) {
  return <code className="font-mono text-[12.5px]">{children}</code>;
}
