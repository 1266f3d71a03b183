import { Fragment } from "react";
import { type Block, type Inline, parseProse } from "#components/reviews/prose.ts";

/** Text that people wrote, with its lists and links. */
export function Prose({ text }: { text: string }) {
  return (
    <div className="max-w-[80ch] space-y-2 text-[13px] [overflow-wrap:anywhere]">
      {keyed(parseProse(text)).map(([key, block]) => (
        <BlockOf key={key} block={block} />
      ))}
    </div>
  );
}

/** Places are what tells parts of a text from each other. */
function keyed<T>(parts: readonly T[]): (readonly [string, T])[] {
  return parts.map((part, i) => [`${i}`, part]);
}

function BlockOf({ block }: { block: Block }) {
  if (block.kind === "list") return <List {...block} />;
  const Tag = block.kind === "heading" ? "h3" : "p";
  return (
    <Tag className={block.kind === "heading" ? "font-[600]" : ""}>
      <Inlines content={block.content} />
    </Tag>
  );
}

function List({ ordered, items }: Extract<Block, { kind: "list" }>) {
  const Tag = ordered ? "ol" : "ul";
  return (
    <Tag className={`${ordered ? "list-decimal" : "list-disc"} space-y-0.5 pl-5`}>
      {keyed(items).map(([key, item]) => (
        <li key={key}>
          <Inlines content={item} />
        </li>
      ))}
    </Tag>
  );
}

function Inlines({ content }: { content: readonly Inline[] }) {
  return keyed(content).map(([key, part]) => {
    if (part.kind === "text") return <Fragment key={key}>{part.text}</Fragment>;
    if (part.kind === "strong") return <strong key={key}>{part.text}</strong>;
    return (
      <a key={key} href={part.href} rel="noreferrer noopener" className="prose-link">
        {part.text}
      </a>
    );
  });
}
