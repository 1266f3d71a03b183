import { commitFields } from "#demo/github/fields/commit.ts";
import { actor, type Context, dateTime } from "#demo/github/fields/context.ts";
import type { Release, Repository, Tag } from "#demo/github/world.ts";

export function releaseFields(repository: Repository, release: Release) {
  const commit = repository.commits.get(release.sha);
  return {
    __typename: "Release",
    id: release.id,
    tagName: release.tag,
    name: release.tag,
    isDraft: release.draft,
    isPrerelease: release.prerelease,
    createdAt: dateTime(release.publishedAt),
    publishedAt: release.draft ? null : dateTime(release.publishedAt),
    author: actor(release.author),
    tagCommit: commit ? () => commitFields(repository, commit) : null,
    url: (_: unknown, { webUrl }: Context) =>
      `${webUrl}/${repository.owner}/${repository.name}/releases/tag/${release.tag}`,
  };
}

/** A tag leads to its commit, or to a tag object that does. */
export function tagFields(repository: Repository, tag: Tag) {
  const commit = repository.commits.get(tag.sha);
  const target = commit ? commitFields(repository, commit) : null;
  return {
    __typename: "Ref",
    id: tag.id,
    name: tag.name,
    prefix: "refs/tags/",
    target: tag.taggedAt === null ? target : annotated(tag, tag.taggedAt, target),
  };
}

function annotated(tag: Tag, at: number, target: object | null): object {
  const oid = `${tag.sha.slice(0, 20)}${tag.sha.slice(0, 20)}`;
  return { __typename: "Tag", oid, name: tag.name, tagger: { date: dateTime(at) }, target };
}
