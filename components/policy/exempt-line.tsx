import type { PolicyExemption } from "#lib/spec/model.ts";

const KIND: Readonly<Record<PolicyExemption, string>> = { p0: "P0", security: "security" };

/** Which fixes go through a block, and how: nobody should have to look that up at night. */
export function ExemptLine({ exempt }: { exempt: readonly PolicyExemption[] }) {
  const [first] = exempt;
  if (first === undefined) return <>The policy lets no fix through, not even of P0.</>;
  const kinds = exempt.map((kind) => KIND[kind]).join(" and ");
  return (
    <>
      {kinds[0]?.toUpperCase()}
      {kinds.slice(1)} fixes go through:{" "}
      <code className="font-mono text-[12.5px] [overflow-wrap:anywhere]">
        plimsoll gate --change {first}
      </code>
      {exempt.length > 1 && (
        <>
          {" or "}
          <code className="font-mono text-[12.5px]">--change {exempt[1]}</code>
        </>
      )}
      .
    </>
  );
}
