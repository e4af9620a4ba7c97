/** What every command of every engine of this process is run inside of: it measures or traces, and changes nothing. */
export type Surroundings = <T>(name: string, work: () => Promise<T>) => Promise<T>;

let surroundings: Surroundings | null = null;

/** Puts commands inside of something, or with null inside of nothing again. */
export function surroundCommands(wanted: Surroundings | null): void {
  surroundings = wanted;
}

/** @param name of the question or command; numbers of single imports in it are for the log, not for a measure */
export function runInside<T>(name: string, work: () => Promise<T>): Promise<T> {
  return surroundings === null ? work() : surroundings(name, work);
}
