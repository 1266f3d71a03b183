import Link from "next/link";
import { SUSPECTED_WORDS } from "#components/dora/costly.tsx";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import { timeIn } from "#components/dora/time-in.ts";
import { deploymentPath, incidentPath, sloPath } from "#components/layout/paths.ts";
import { Exceptions } from "#components/reviews/decisions.tsx";
import type {
  ReviewDecisions,
  ReviewIncident,
  ReviewNumbers,
  ReviewSpender,
} from "#components/reviews/view.ts";
import { heldWords, owesPostmortem, SPENDERS_WORDS, spentText } from "#components/reviews/words.ts";
import { Section } from "#components/ui/card.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { span } from "#lib/format/numbers.ts";

/** What cost most of a budget. */
export function Spenders({ numbers }: { numbers: ReviewNumbers }) {
  const { spenders, spendersAmong, zone } = numbers;
  return (
    <Section
      title="Top budget spenders"
      aside={spenders.length > 0 && <p className="text-small text-ink-3">{SPENDERS_WORDS}</p>}
    >
      {spendersAmong === "suspected" && <Nothing>{SUSPECTED_WORDS}</Nothing>}
      {spenders.length === 0 ? (
        <Nothing>
          No deployment took more than 10 % of a budget, and no incident any of one that is
          measured.
        </Nothing>
      ) : (
        <Table
          label="Top budget spenders"
          heads={["What", "When", "Of the budget of"]}
          last="Share"
        >
          {spenders.map((one) => (
            <SpenderRow key={`${one.kind} ${one.id}`} spender={one} zone={zone} />
          ))}
        </Table>
      )}
    </Section>
  );
}

function SpenderRow({ spender, zone }: { spender: ReviewSpender; zone: string }) {
  const { kind, id, title, at, service, slo, windowLabel, share, incidentIds } = spender;
  return (
    <tr className={ROW}>
      <Cell left>
        <span className="text-ink-3">{kind} </span>
        <Way href={kind === "incident" ? incidentPath(id) : deploymentPath(id)}>{title}</Way>
        <span className="text-ink-3">{heldWords(incidentIds)}</span>
      </Cell>
      <Cell left>{timeIn(at, zone)}</Cell>
      <Cell left>
        <Way href={sloPath({ service, slo })}>
          {service}/{slo}
        </Way>{" "}
        <span className="text-ink-3">{windowLabel}</span>
      </Cell>
      <Cell>{spentText(share)}</Cell>
    </tr>
  );
}

/** What was decided in the month. */
export function Decisions({ numbers }: { numbers: ReviewNumbers }) {
  return (
    <>
      <Transitions transitions={numbers.decisions.transitions} zone={numbers.zone} />
      <Exceptions numbers={numbers} />
    </>
  );
}

interface TransitionsProps extends Pick<ReviewDecisions, "transitions"> {
  readonly zone: string;
}

function Transitions({ transitions, zone }: TransitionsProps) {
  return (
    <Section title="Changes of policy state">
      {transitions.length === 0 ? (
        <Nothing>No error budget policy changed its state in this month.</Nothing>
      ) : (
        <Table
          label="Changes of policy state"
          heads={["When", "SLO", "From", "To"]}
          last="Budget spent"
        >
          {transitions.map(({ service, slo, at, from, to, consumed }) => (
            <tr key={`${service}/${slo} ${at} ${to}`} className={ROW}>
              <Cell left>{timeIn(at, zone)}</Cell>
              <Cell left>
                <Way href={sloPath({ service, slo })}>
                  {service}/{slo}
                </Way>
              </Cell>
              <Cell left>{from}</Cell>
              <Cell left>{to}</Cell>
              <Cell>{spentText(consumed)}</Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

export function Incidents({ numbers: { incidents, zone } }: { numbers: ReviewNumbers }) {
  const owed = incidents.filter(owesPostmortem).length;
  return (
    <Section
      title="Incidents"
      aside={
        owed > 0 && (
          <p className="text-small text-risk">
            {owed === 1 ? "one postmortem owed" : `${owed} postmortems owed`}
          </p>
        )
      }
    >
      {incidents.length === 0 ? (
        <Nothing>None that is known began in this month.</Nothing>
      ) : (
        <Table
          label="Incidents"
          heads={["Began", "Incident", "Service", "Postmortem"]}
          last="Lasted"
        >
          {incidents.map((incident) => (
            <IncidentRow key={incident.id} incident={incident} zone={zone} />
          ))}
        </Table>
      )}
    </Section>
  );
}

function IncidentRow({ incident, zone }: { incident: ReviewIncident; zone: string }) {
  const { id, title, service, severity, startedAt, resolvedAt, postmortemUrl } = incident;
  return (
    <tr className={ROW}>
      <Cell left>{timeIn(startedAt, zone)}</Cell>
      <Cell left>
        <span className="text-ink-3">{severity} </span>
        <Way href={incidentPath(id)}>{title}</Way>
      </Cell>
      <Cell left>{service}</Cell>
      <Cell left>{postmortemUrl ? "written" : owesPostmortem(incident) ? "owed" : "–"}</Cell>
      <Cell>{resolvedAt === null ? "still open" : span(resolvedAt - startedAt)}</Cell>
    </tr>
  );
}

const ROW = "break-inside-avoid border-t border-line";

interface TableProps {
  readonly label: string;
  readonly heads: readonly string[];
  /** Of the column of figures. */
  readonly last: string;
  readonly children: React.ReactNode;
}

function Table({ label, heads, last, children }: TableProps) {
  return (
    <ScrollRegion label={`${label} of the month`}>
      <table className="w-full border-collapse text-[13px]">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <Head key={head} left>
                {head}
              </Head>
            ))}
            <Head>{last}</Head>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollRegion>
  );
}

function Way({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="prose-link">
      {children}
    </Link>
  );
}

function Nothing({ children }: { children: React.ReactNode }) {
  return <p className="px-4 pb-4 text-[13px] text-ink-2">{children}</p>;
}
