import type { ExplainedQuery } from "#lib/explain/explanation.ts";

interface ExplainedQueryProps {
  readonly query: ExplainedQuery;
  /** The name of the source that is asked. */
  readonly source: string;
}

/** A query behind a number, as written and as asked, with where each opens. */
export function ExplainedQueryText({ query, source }: ExplainedQueryProps) {
  const { counts, written, asked, links } = query;
  return (
    <div>
      <p className="mb-1 text-[12.5px] text-ink-2">{counts}, as the document has it</p>
      <Promql text={written} />
      <OpenLink href={links.written} what={`${counts} as written`} source={source} />
      {asked && (
        <>
          <p className="mt-2 mb-1 text-[12.5px] text-ink-2">
            as it is asked, so that each minute's events are counted exactly
          </p>
          <Promql text={asked} />
          <OpenLink href={links.asked} what={`${counts} as asked`} source={source} />
        </>
      )}
    </div>
  );
}

interface OpenLinkProps {
  readonly href: string | null;
  readonly what: string;
  readonly source: string;
}

/** Leads away from Plimsoll, so it opens beside it. */
function OpenLink({ href, what, source }: OpenLinkProps) {
  if (href === null) return null;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="prose-link mt-1 inline-block text-[12.5px]"
    >
      Open in {source}
      <span className="sr-only">, {what}, in a new tab</span>
    </a>
  );
}

function Promql({ text }: { text: string }) {
  return (
    <pre className="overflow-x-auto rounded-md border border-line bg-bg px-2.5 py-2 font-mono text-[12px] leading-relaxed whitespace-pre-wrap break-words">
      {text}
    </pre>
  );
}
