import { ScrollRegion } from "#components/ui/scroll-region.tsx";

const COLOURS: Readonly<Record<string, string>> = {
  "+": "bg-healthy-fill/12 text-ink",
  "-": "bg-out-fill/12 text-ink",
  "@": "text-ink-3",
};

/** Two lines name the files. */
const HEAD = 2;

/** A unified diff; the signs at the start of lines say what the colours do. */
export function DiffView({ path, diff }: { path: string; diff: string }) {
  const lines = diff.replace(/\n$/, "").split("\n");
  return (
    <ScrollRegion
      label={`What changes in ${path}`}
      className="mt-3 max-h-[50vh] overflow-auto border-y border-line"
    >
      <pre className="w-max min-w-full py-2 font-mono text-[12.5px] leading-[1.55]">
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else to be told by
          <span key={i} className={`block px-4 ${colourOf(line, i)}`}>
            {line === "" ? " " : line}
          </span>
        ))}
      </pre>
    </ScrollRegion>
  );
}

function colourOf(line: string, index: number): string {
  return index < HEAD ? "text-ink-3" : (COLOURS[line[0] ?? ""] ?? "text-ink-2");
}
