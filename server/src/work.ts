import type { StoppableWork } from "@touchline/sql";

/** What a fitted model was fitted on and what came out, kept so that it can be fitted again when the events are gone. */
export interface FrozenFit {
  readonly statistics: unknown;
  readonly weights: unknown;
}

/** A piece of work that can be watched and stopped. */
export interface Work extends StoppableWork {
  /** Says what is being done now, and which share of the whole lies before it; null where nobody can tell. */
  step(label: string, share: number | null): void;
  /** Threads of the work end when it is aborted. */
  readonly signal: AbortSignal;
  freeze(runId: string, frozen: FrozenFit): void;
}

const nothing = () => undefined;

/** Work that nobody watches. */
export const PLAIN_WORK: Work = {
  ...{ mark: "", requireGoing: nothing, step: nothing, freeze: nothing },
  signal: new AbortController().signal,
};

/** Thrown where work goes on after somebody stopped it. */
export class WorkStopped extends Error {
  override readonly name = "WorkStopped";
}
