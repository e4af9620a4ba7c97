/** What is told of each procedure once it has ended: its name and how it went, never what it was asked. */
type ProcedureObserver = (procedure: string, seconds: number, outcome: string) => void;

/** What each procedure runs inside of, for whoever follows a request through the process; gives back what the work gives. */
type ProcedureSurroundings = <T extends { readonly ok: boolean }>(
  procedure: string,
  work: () => Promise<T>,
) => Promise<T>;

let observer: ProcedureObserver | null = null;
let surroundings: ProcedureSurroundings | null = null;

/** From now on every procedure of this process is told here. */
export function observeProcedures(told: ProcedureObserver): void {
  observer = told;
}

/** Starts the clock of a procedure. @returns what is told its outcome, `ok` or the code of its error */
export function timeProcedure(procedure: string): (outcome: string) => void {
  const began = performance.now();
  return (outcome) => observer?.(procedure, (performance.now() - began) / 1_000, outcome);
}

/** From now on every procedure of this process runs inside of this. */
export function surroundProcedures(inside: ProcedureSurroundings): void {
  surroundings = inside;
}

export function runProcedure<T extends { readonly ok: boolean }>(
  procedure: string,
  work: () => Promise<T>,
): Promise<T> {
  return surroundings === null ? work() : surroundings(procedure, work);
}
