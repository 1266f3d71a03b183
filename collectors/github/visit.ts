import type { DeliveryBatch } from "#collectors/delivery.ts";
import { Bringers } from "#collectors/github/bringers.ts";
import type { GithubClient } from "#collectors/github/client.ts";
import { Commits } from "#collectors/github/commits.ts";
import { type RepositoryState, sequencesOf } from "#collectors/github/cursor.ts";
import { type Gatherer, gatherer } from "#collectors/github/gather.ts";
import { openLists } from "#collectors/github/lists.ts";
import { OpenDeployments } from "#collectors/github/open.ts";
import type { RepositoryNode } from "#collectors/github/schema.ts";
import { trimmed } from "#collectors/github/sequence.ts";
import { collectSpan, type Reading, type Span, type Standing } from "#collectors/github/span.ts";
import { type IncidentIssues, KnownIssues } from "#collectors/github/withdrawn.ts";
import type { GithubWork, SettledRule } from "#collectors/github/work.ts";

const DAY_MS = 86_400_000;
/** One step back in time. */
const STEP_MS = 30 * DAY_MS;
/** Statuses arrive late: what is younger is read again. */
const OVERLAP_MS = 7 * DAY_MS;

/** What a visit to one repository is about. */
export interface VisitOptions {
  readonly client: GithubClient;
  readonly repository: RepositoryNode;
  readonly services: readonly SettledRule[];
  readonly work: GithubWork;
  /** Ids of all repositories of the run by `owner/name`. */
  readonly known: ReadonlyMap<string, string>;
  readonly saved: RepositoryState | null;
  /** What was known of its incidents, by whatever rules. */
  readonly issues: IncidentIssues;
  readonly signal: AbortSignal;
}

export type Found = Omit<DeliveryBatch, "cursor" | "points" | "repositories">;

/** One repository in one run: what is new first, then backwards step by step. */
export class Visit {
  readonly #options: VisitOptions;
  readonly #standing: Standing;
  readonly #failures: string[] = [];
  #state: RepositoryState;
  /** The lists and commits of the way back, once it has begun. */
  #back: Reading | null = null;

  constructor(options: VisitOptions) {
    const { client, repository, signal, saved, work } = options;
    this.#options = options;
    this.#standing = {
      asking: { client, repository: repository.id, signal },
      place: { repository: repository.id, known: options.known },
      repository,
      services: options.services,
      posted: work.posted,
      now: work.now,
      bringers: new Bringers(hasPaths(options.services)),
      sequences: sequencesOf(saved),
      open: new OpenDeployments(saved?.open ?? []),
      issues: new KnownIssues(options.issues),
      complain: (message) => this.#failures.push(message),
    };
    this.#state = saved ?? {
      id: repository.id,
      rules: rulesOf(options),
      chosen: chosenOf(options),
      watermark: work.now,
      collectedFrom: work.now,
      complete: false,
      positions: {},
      sequences: {},
      open: [],
      issues: {},
    };
  }

  state(): RepositoryState {
    const { watermark, complete } = this.#state;
    const { sequences: all, open, issues, now } = this.#standing;
    const sequences = complete ? trimmed(all, watermark - OVERLAP_MS) : all;
    const lists = { open: open.ids(), issues: issues.state(now) };
    return { ...this.#state, sequences: Object.fromEntries(sequences), ...lists };
  }

  /** The latest days; on the first visit they begin the way back. */
  async newest(): Promise<Found> {
    const { saved, work, repository } = this.#options;
    const floor = saved ? saved.watermark - OVERLAP_MS : work.now - STEP_MS;
    const lists = this.#lists({});
    const tip = repository.defaultBranchRef?.target?.oid ?? null;
    const commits = new Commits(this.#standing.asking, { tip, floor });
    if (!saved) this.#back = { lists, commits };
    // What still waits for older history belongs to the way back.
    const span = saved ? { floor, from: floor, isLast: true } : { floor, isLast: false };
    const found = await this.#collect({ lists, commits }, span);
    this.#state = { ...this.#state, watermark: work.now };
    if (!saved) this.#wentBackTo(floor);
    const { asking, issues } = this.#standing;
    return { ...found, withdrawn: await issues.withdrawn(asking, work.incidentLabels) };
  }

  isComplete(): boolean {
    return this.#state.complete;
  }

  /** One step further back. */
  async older(): Promise<Found> {
    const { work } = this.#options;
    const end = work.now - work.historyMs;
    const floor = Math.max(end, this.#state.collectedFrom - STEP_MS);
    this.#back ??= this.#resume();
    const found = await this.#collect(this.#back, { floor, isLast: floor <= end });
    this.#wentBackTo(floor);
    return found;
  }

  #resume(): Reading {
    const { repository } = this.#options;
    const { collectedFrom, positions } = this.#state;
    const tip = repository.defaultBranchRef?.target?.oid ?? null;
    const waiting = [...this.#standing.sequences.values()]
      .flat()
      .filter(({ base }) => base === undefined);
    const until = Math.max(collectedFrom, ...waiting.map(({ at }) => at)) + DAY_MS;
    const commits = new Commits(this.#standing.asking, { tip, floor: collectedFrom, until });
    return { lists: this.#lists(positions), commits };
  }

  #lists(at: RepositoryState["positions"]): Gatherer {
    const { repository, services, work } = this.#options;
    const { asking, complain } = this.#standing;
    const withFiles = hasPaths(services);
    const lists = openLists(
      { ...asking, fullName: repository.nameWithOwner, complain, withFiles },
      at,
    );
    const { incidentLabels } = work;
    return gatherer(lists, { repository, rules: services, incidentLabels });
  }

  #wentBackTo(floor: number): void {
    const { work } = this.#options;
    const isDone = this.#back?.lists.isDone() ?? false;
    const end = work.now - work.historyMs;
    const complete = isDone || floor <= end;
    const positions = complete ? {} : (this.#back?.lists.positions() ?? {});
    // Lists that have nothing older were read to the end, however far this step went.
    const collectedFrom = complete ? Math.min(floor, end) : floor;
    this.#state = { ...this.#state, collectedFrom, complete, positions };
  }

  async #collect(reading: Reading, span: Span): Promise<Found> {
    const facts = await collectSpan(this.#standing, reading, span);
    return { ...facts, failures: this.#takeFailures() };
  }

  #takeFailures() {
    const repository = this.#options.repository.nameWithOwner;
    const messages = this.#failures.splice(0);
    return [...new Set(messages)].map((message) => ({ repository, message }));
  }
}

function hasPaths(services: readonly SettledRule[]): boolean {
  return services.some(({ paths }) => paths !== null);
}

/** What history was collected by: under other rules it is collected anew. */
export function rulesOf({ services, work }: Pick<VisitOptions, "services" | "work">): string {
  const { incidentLabels, historyMs } = work;
  return JSON.stringify([services, incidentLabels, historyMs]);
}

function chosenOf({ services }: Pick<VisitOptions, "services">): RepositoryState["chosen"] {
  return Object.fromEntries(services.map(({ service, source }) => [service, source]));
}
