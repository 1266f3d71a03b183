import type { TokenView } from "#app/_data/settings/tokens/view.ts";
import { Fact, Facts } from "#app/(dashboard)/settings/tokens/facts.tsx";
import { RevokeToken } from "#app/(dashboard)/settings/tokens/revoke-token.tsx";
import { STATE_LOOK } from "#app/(dashboard)/settings/tokens/words.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Time } from "#components/ui/time.tsx";

/** Tokens, newest first; those that ended stay for a month. */
export function TokenList({ tokens }: { tokens: readonly TokenView[] }) {
  if (tokens.length === 0) {
    return (
      <Empty title="No tokens yet">
        Make one for each program that asks Plimsoll something: a lost one can then be revoked
        without stopping the others.
      </Empty>
    );
  }
  return (
    <ul>
      {tokens.map((token) => (
        <TokenItem key={token.id} token={token} />
      ))}
    </ul>
  );
}

function TokenItem({ token }: { token: TokenView }) {
  const { word, tone } = STATE_LOOK[token.state];
  const ended = token.state === "expired" || token.state === "revoked";
  return (
    <li className="border-t border-line px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className={`min-w-0 font-[560] [overflow-wrap:anywhere] ${ended ? "text-ink-2" : ""}`}>
          {token.name}
        </h3>
        <span className="font-mono text-[12.5px] text-ink-3">…{token.hint}</span>
        <span className={`text-[13px] ${tone}`}>{word}</span>
        {!ended && (
          <span className="ml-auto">
            <RevokeToken id={token.id} name={token.name} />
          </span>
        )}
      </div>
      <Facts>
        <Fact name="Scopes">{token.scopes.join(", ") || "none that this version knows"}</Fact>
        <Fact name="Team">{token.team ?? "all teams"}</Fact>
        <Fact name="Made">
          {isoDay(token.createdAt)} by {token.createdBy}
        </Fact>
        <End token={token} />
        <Fact name="Last used">
          <LastUse token={token} />
        </Fact>
      </Facts>
    </li>
  );
}

function End({ token: { revokedAt, expiresAt, state } }: { token: TokenView }) {
  if (revokedAt !== null) return <Fact name="Revoked">{isoDay(revokedAt)}</Fact>;
  return (
    <Fact name={state === "expired" ? "Expired" : "Expires"}>
      <span className={state === "expiring" ? "text-risk" : ""}>
        {isoDay(expiresAt)}, <Time at={expiresAt} show="relative" />
      </span>
    </Fact>
  );
}

function LastUse({ token: { lastUsedAt, lastUsedFrom } }: { token: TokenView }) {
  if (lastUsedAt === null) return "never";
  return (
    <>
      <Time at={lastUsedAt} show="relative" />
      {lastUsedFrom && ` from ${lastUsedFrom}`}
    </>
  );
}

/** With its year: a token may live for one. */
function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
