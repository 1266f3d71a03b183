import Link from "next/link";
import type { ReactNode } from "react";
import { CONFIG, DOCUMENT } from "#components/fleet/examples.ts";
import type { Missing } from "#components/fleet/view.ts";
import { Card } from "#components/ui/card.tsx";

/** The way to a first SLO: what to do next, with an example to copy. */
export function Start({ missing }: { missing: Missing }) {
  const { title, body } = STEPS[missing.what](missing.globs);
  return (
    <Card className="px-6 py-8 max-md:px-4">
      <div className="mx-auto max-w-[68ch]">
        <h2 className="text-[17px]">{title}</h2>
        <div className="mt-2 flex flex-col gap-3 text-ink-2">{body}</div>
      </div>
    </Card>
  );
}

type Step = (globs: readonly string[]) => { readonly title: string; readonly body: ReactNode };

const STEPS: Readonly<Record<Missing["what"], Step>> = {
  source: () => ({
    title: "Which Prometheus has your numbers?",
    body: (
      <>
        <p>
          No source is configured yet. Put this into <Code>plimsoll.yaml</Code> beside the SLO
          documents, or set <Code>PLIMSOLL_PROMETHEUS_URL</Code>, and start again.
        </p>
        <Example name="plimsoll.yaml" text={CONFIG} />
      </>
    ),
  }),
  document: (globs) => ({
    title: "No SLO document yet",
    body: (
      <>
        <p>
          Documents are looked for at <Globs globs={globs} />. Save this one there, with the names
          of your own service and metric: it is read at once, newest days first, and the fleet
          appears here without a reload.
        </p>
        <Example name={exampleName(globs)} text={DOCUMENT} />
        <p>
          Documents of Sloth, OpenSLO and Pyrra are understood, too.{" "}
          <EditorLink>The editor</EditorLink> shows what a document says on your history before it
          is saved; <Code>npx plimsoll lint</Code> checks it.
        </p>
      </>
    ),
  }),
  "good-document": (globs) => ({
    title: "Every document has an error",
    body: (
      <p>
        What was found at <Globs globs={globs} /> cannot be used yet.{" "}
        <Link href="/sources" className="prose-link text-ink">
          Sources
        </Link>{" "}
        lists each error with its file, line and column; a corrected document is read at once.
      </p>
    ),
  }),
  evaluation: () => ({
    title: "The first numbers are on their way",
    body: (
      <p>
        Documents are read and the first minutes are being counted, newest first. The fleet appears
        here by itself, usually within a minute; if it does not,{" "}
        <Link href="/sources" className="prose-link text-ink">
          Sources
        </Link>{" "}
        says why.
      </p>
    ),
  }),
};

function EditorLink({ children }: { children: ReactNode }) {
  return (
    <Link href="/editor" className="prose-link text-ink">
      {children}
    </Link>
  );
}

function Code({ children }: { children: ReactNode }) {
  return <code className="font-mono text-[12.5px] text-ink">{children}</code>;
}

function Globs({ globs }: { globs: readonly string[] }) {
  return <Code>{globs.join(", ")}</Code>;
}

/** A file name that the first glob finds. */
function exampleName(globs: readonly string[]): string {
  return (globs[0] ?? "slos/*.yaml").replace("**/", "").replace("*", "checkout");
}

function Example({ name, text }: { name: string; text: string }) {
  return (
    <figure className="overflow-hidden rounded-[8px] border border-line bg-bg">
      <figcaption className="border-b border-line px-3.5 py-1.5 font-mono text-[12px] text-ink-3">
        {name}
      </figcaption>
      <pre className="px-3.5 py-3 font-mono text-[12.5px] leading-[1.6] break-words whitespace-pre-wrap text-ink">
        {text}
      </pre>
    </figure>
  );
}
