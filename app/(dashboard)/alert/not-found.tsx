import Link from "next/link";
import { type Resolved, resolveAlert } from "#app/_data/alert/resolve.ts";
import { askedSearch, enterPage } from "#app/access.ts";
import { sloPath } from "#components/layout/paths.ts";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

/** Why the link of an alert leads nowhere, and where it may have meant to. */
export default async function AlertNotFound() {
  await enterPage("/alert");
  const asked = Object.fromEntries(new URLSearchParams(await askedSearch()));
  const found = await resolveAlert(asked, Date.now());
  return (
    <Card>
      {found.kind === "unknown" ? (
        <Unknown name={found.name} near={found.near} />
      ) : (
        <Wrong found={found} />
      )}
    </Card>
  );
}

function Unknown({ name, near }: { name: string; near: readonly string[] }) {
  return (
    <Empty isPage title={`There is no SLO ${name}`}>
      <p>
        Its document may have been taken away before this server knew it, or have an error: the{" "}
        <Link href="/sources" className="prose-link">
          sources page
        </Link>{" "}
        lists every document. After a rename, name the old one under “formerly” so that links
        follow.
      </p>
      {near.length > 0 && (
        <>
          <p className="mt-3">Was it one of these?</p>
          <ul className="mt-1 grid gap-1">
            {near.map((each) => (
              <li key={each}>
                <NamedLink name={each} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Empty>
  );
}

function NamedLink({ name }: { name: string }) {
  const [service = "", slo = ""] = name.split("/");
  return (
    <Link href={sloPath({ service, slo })} className="prose-link">
      {name}
    </Link>
  );
}

function Wrong({ found }: { found: Exclude<Resolved, { kind: "unknown" }> }) {
  const problem = found.kind === "wrong" ? found.problem : "A part of it is given more than once.";
  return (
    <Empty isPage title="This link cannot be followed">
      <p>{problem}</p>
      <p className="mt-3">
        {found.path && (
          <>
            <Link href={found.path} className="prose-link">
              The SLO as it is now
            </Link>
            {" · "}
          </>
        )}
        <Link href="/" className="prose-link">
          The fleet
        </Link>
      </p>
    </Empty>
  );
}
