import { More, PHONE_CELL, PHONE_ROW } from "#components/sources/more.tsx";
import type { DeliverySourceView, RepositoryView } from "#components/sources/view.ts";
import { Time } from "#components/ui/time.tsx";
import { count } from "#lib/format/numbers.ts";

type Props = Pick<DeliverySourceView, "repositories" | "failures">;

/** The repositories of a source: how far back each is known, and what could not be had. */
export function RepositoriesTable({ repositories, failures }: Props) {
  const title =
    repositories.length === 1 ? "1 repository" : `${count(repositories.length)} repositories`;
  const note = failures.length > 0 ? `${count(failures.length)} could not be had` : undefined;
  return (
    <More title={title} note={note} open={failures.length > 0}>
      <div className="pb-2">
        <Failures failures={failures} />
        {repositories.length > 0 && (
          <table className="w-full text-[13px]">
            <caption className="sr-only">How far back each repository is known</caption>
            <thead className="max-sm:hidden">
              <tr className="text-left text-small text-ink-3">
                <th className="px-4 py-1 font-medium">Repository</th>
                <th className="px-2 py-1 font-medium">Known since</th>
                <th className="px-4 py-1 font-medium">History</th>
              </tr>
            </thead>
            <tbody>
              {repositories.map((repository) => (
                <RepositoryRow key={repository.id} repository={repository} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </More>
  );
}

function Failures({ failures }: Pick<Props, "failures">) {
  if (failures.length === 0) return null;
  return (
    <ul className="space-y-1 px-4 pb-2 text-[13px]">
      {failures.map(({ repository, message }) => (
        <li key={`${repository} ${message}`} className="[overflow-wrap:anywhere]">
          <span className="font-[540]">{repository}</span>:{" "}
          <span className="text-risk">{message}</span>
        </li>
      ))}
    </ul>
  );
}

function RepositoryRow({ repository }: { repository: RepositoryView }) {
  const { name, url, collectedFrom, complete } = repository;
  return (
    <tr className={PHONE_ROW}>
      <td className={`py-1 pl-4 ${PHONE_CELL} max-sm:basis-full [overflow-wrap:anywhere]`}>
        <a href={url} className="prose-link font-[540]" rel="noreferrer">
          {name}
        </a>
      </td>
      <td className={`px-2 py-1 ${PHONE_CELL}`}>
        <span className="sm:hidden">since </span>
        <Time at={collectedFrom} />
      </td>
      <td className={`px-4 py-1 text-ink-2 ${PHONE_CELL}`}>
        {complete ? "whole" : "being fetched, newest first"}
      </td>
    </tr>
  );
}
