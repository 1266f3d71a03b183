import Link from "next/link";
import type { DeploymentView } from "#components/deployments/view.ts";
import { OutsideLink } from "#components/dora/outside-link.tsx";
import { deploymentPath, doraPath, servicePath, teamPath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";
import { span } from "#lib/format/numbers.ts";

/** Where one is, and the title of the page. */
export function DeploymentHeading({ view }: { view: DeploymentView }) {
  const { service, teams, environment, title } = view;
  return (
    <header>
      <nav aria-label="Breadcrumb" className="flex flex-wrap gap-x-1.5 text-small text-ink-3">
        {teams.map((team) => (
          <span key={team}>
            <Link href={teamPath(team)} className="hover:underline">
              {team}
            </Link>{" "}
            /
          </span>
        ))}
        <Link
          href={teams.length > 0 ? servicePath(service) : doraPath({ service })}
          className="hover:underline"
        >
          {service}
        </Link>
      </nav>
      <h1 className="mt-0.5 [overflow-wrap:anywhere]">{title}</h1>
      <p className="mt-0.5 text-ink-2">
        {service} to {environment}
      </p>
    </header>
  );
}

/** When, what and from where. */
export function DeploymentFacts({ view }: { view: DeploymentView }) {
  const { createdAt, finishedAt, sha, ref, previous, creator, records, url, source } = view;
  return (
    <dl className="grid gap-x-8 gap-y-2 px-4 pb-4 text-[13px] sm:grid-cols-2 lg:grid-cols-3">
      <Fact name="Begun">
        <Time at={createdAt} show="both" />
      </Fact>
      <Fact name="In production">
        {finishedAt === null ? (
          "it never succeeded"
        ) : (
          <>
            <Time at={finishedAt} show="both" />
            {finishedAt > createdAt && `, after ${span(finishedAt - createdAt)}`}
          </>
        )}
      </Fact>
      <Fact name="Commit">{sha === null ? "not told" : <code>{sha.slice(0, 12)}</code>}</Fact>
      <Fact name="Version or branch">{ref ?? "not told"}</Fact>
      <Fact name="It replaced">
        {previous ? (
          <Link href={deploymentPath(previous.id)} className="prose-link">
            {previous.title}
          </Link>
        ) : (
          "nothing that is known"
        )}
      </Fact>
      <Fact name="By">{creator ?? "not told"}</Fact>
      <Fact name="Learned from">
        <OutsideLink url={url}>{SOURCE_NAME[source]}</OutsideLink>
        {records > 1 && `; ${records} jobs or repetitions made one`}
      </Fact>
    </dl>
  );
}

const SOURCE_NAME = {
  api: "our API",
  deployment: "a GitHub deployment",
  release: "a release",
  tag: "a tag",
  workflow: "a workflow run",
  merge: "a merge",
} as const;

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <dt className="text-small text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
