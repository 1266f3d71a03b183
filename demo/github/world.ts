/** What the stand-in knows: plain rows, changed in place as the story goes on. Times are epoch ms. */
export interface World {
  readonly repositories: Repository[];
}

export interface Repository {
  readonly id: string;
  /** Both change when it is renamed or transferred; the id stays. */
  owner: string;
  name: string;
  /** `owner/name` under which it was known before: these still lead here. */
  readonly formerNames: string[];
  readonly defaultBranch: string;
  /** The tip of the default branch. */
  head: string | null;
  readonly commits: Map<string, Commit>;
  readonly pulls: Pull[];
  readonly deployments: Deployment[];
  readonly releases: Release[];
  readonly tags: Tag[];
  readonly issues: Issue[];
  readonly runs: Run[];
}

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authoredAt: number;
  readonly committedAt: number;
  readonly message: string;
  readonly author: string;
  /** All that it holds, by path; as its first parent where it says nothing. */
  readonly files?: ReadonlyMap<string, GitFile>;
}

/** A text, or a symbolic link. */
export type GitFile = string | { readonly link: string };

export interface Pull {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly branch: readonly Commit[];
  readonly openedAt: number;
  readonly readyAt: readonly number[];
  readonly reviews: readonly Review[];
  readonly mergedAt: number | null;
  readonly mergeSha: string | null;
  /** The files that it changed. */
  readonly files: readonly string[];
  /** Every commit that the merge put on the base branch. */
  readonly landed: readonly string[];
  readonly baseBranch: string;
  updatedAt: number;
}

export interface Review {
  readonly author: string;
  readonly at: number;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
}

export interface Deployment {
  readonly id: string;
  readonly sha: string;
  readonly ref: string | null;
  readonly environment: string;
  readonly createdAt: number;
  readonly creator: string;
  readonly statuses: Status[];
}

export interface Status {
  /** In GraphQL's words: `SUCCESS`, `INACTIVE`, `IN_PROGRESS` … */
  readonly state: string;
  readonly at: number;
}

export interface Release {
  readonly id: string;
  readonly tag: string;
  readonly sha: string;
  readonly publishedAt: number;
  readonly prerelease: boolean;
  readonly draft: boolean;
  readonly author: string;
}

export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly sha: string;
  /** When an annotated tag was made; null = a lightweight one. */
  readonly taggedAt: number | null;
}

export interface Issue {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly createdAt: number;
  closedAt: number | null;
  updatedAt: number;
  /** Numbers of the pull requests that closed it. */
  readonly closedBy: readonly number[];
}

/** A run of GitHub Actions, which only REST knows. */
export interface Run {
  readonly id: number;
  readonly workflow: string;
  readonly sha: string;
  readonly branch: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly status: "completed" | "in_progress";
  readonly conclusion: "success" | "failure" | null;
  readonly actor: string;
}
