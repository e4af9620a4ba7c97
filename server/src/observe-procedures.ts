/** What is told of each procedure once it has ended: its name and how it went, never what it was asked. */
type ProcedureObserver = (procedure: string, seconds: number, outcome: string) => void;

let observer: ProcedureObserver | null = null;

/** From now on every procedure of this process is told here. */
export function observeProcedures(told: ProcedureObserver): void {
  observer = told;
}

/** Starts the clock of a procedure. @returns what is told its outcome, `ok` or the code of its error */
export function timeProcedure(procedure: string): (outcome: string) => void {
  const began = performance.now();
  return (outcome) => observer?.(procedure, (performance.now() - began) / 1_000, outcome);
}
