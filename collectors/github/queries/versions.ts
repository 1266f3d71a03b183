import { listQuery } from "#collectors/github/queries/page.ts";
import { releaseShape, tagShape } from "#collectors/github/schema.ts";

export const releasesQuery = listQuery(
  {
    name: "Releases",
    list: "releases(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: DESC })",
  },
  "id tagName url isDraft isPrerelease createdAt publishedAt author { login } tagCommit { oid }",
  releaseShape,
);

export const tagsQuery = listQuery(
  {
    name: "Tags",
    list: `refs(refPrefix: "refs/tags/", first: $first, after: $after, orderBy: { field: TAG_COMMIT_DATE, direction: DESC })`,
  },
  `id name target {
    ... on Commit { oid committedDate }
    ... on Tag { tagger { date } target { ... on Commit { oid committedDate } } }
  }`,
  tagShape,
);
