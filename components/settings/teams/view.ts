export interface TeamView {
  readonly name: string;
  /** Named by an SLO in force, so it has a page. */
  readonly inCatalog: boolean;
  readonly editors: readonly EditorView[];
  /** Whether whoever looks may add and remove editors. */
  readonly mayEdit: boolean;
}

export interface EditorView {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly byHand: boolean;
  readonly byGroup: boolean;
  /** A configured provider would give it again, so it cannot be taken back here. */
  readonly staysByGroup: boolean;
}

/** Someone who may be named an editor. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface TeamsView {
  readonly teams: readonly TeamView[];
  /** Empty for whoever may edit no team. */
  readonly candidates: readonly Candidate[];
}
