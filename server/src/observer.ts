import { surroundCommands } from "@touchline/sql";

/** What is timed: a procedure of the dashboard, or one command of the engine. */
export type Stage = "procedure" | "command";

/** Rows that an import or a batch brought in, as its entry in the ledger says. */
export interface RowsBalance {
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly replaced: number;
  readonly rejected: number;
  readonly filtered: number;
}

/** Whoever watches this process from outside: metrics, traces. */
export interface Observer {
  /**
   * Runs the work and gives its answer back, whatever it notes.
   * @param isWell whether the answer is none of a failure
   */
  around<T>(stage: Stage, name: string, work: () => Promise<T>, isWell: (answer: T) => boolean): Promise<T>;
  /** An import has ended with these rows in its entry. */
  rowsSettled(kind: string, transport: string, rows: RowsBalance): void;
  /** A model's run has ended. */
  modelRunEnded(outcome: string): void;
}

let watching: readonly Observer[] = [];

/** Names these observers, in the order in which they stand around work; an empty list for a process that nobody watches. */
export function observeWith(observers: readonly Observer[]): void {
  watching = observers;
  surroundCommands(observers.length === 0 ? null : (name, work) => observed("command", commandKind(name), work));
}

export function observed<T>(
  stage: Stage,
  name: string,
  work: () => Promise<T>,
  isWell: (answer: T) => boolean = () => true,
): Promise<T> {
  return watching.reduceRight<() => Promise<T>>((inner, each) => () => each.around(stage, name, inner, isWell), work)();
}

export function noteRows(kind: string, transport: string, rows: RowsBalance): void {
  for (const each of watching) each.rowsSettled(kind, transport, rows);
}

export function noteModelRun(outcome: string): void {
  for (const each of watching) each.modelRunEnded(outcome);
}

/** Commands of imports carry the number of theirs, which makes no kind: `stage-17` is `stage`. */
function commandKind(name: string): string {
  return name.replace(/-\d+(?=-|$)/g, "");
}
