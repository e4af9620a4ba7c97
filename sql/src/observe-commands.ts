/** What is told of each command once it has ended: its name in the code, never its text or its values. */
export type CommandObserver = (name: string, seconds: number, isOk: boolean) => void;

/** What each command runs inside of, for whoever follows a request through the process; gives back what the work gives. */
export type CommandSurroundings = <T>(name: string, work: () => Promise<T>) => Promise<T>;

let observer: CommandObserver | null = null;
let surroundings: CommandSurroundings | null = null;

/** From now on every command of this process's engines is told here. */
export function observeCommands(told: CommandObserver): void {
  observer = told;
}

/** From now on every command of this process's engines runs inside of this. */
export function surroundCommands(inside: CommandSurroundings): void {
  surroundings = inside;
}

export function observed<T>(name: string, work: () => Promise<T>): Promise<T> {
  return surroundings === null ? timed(name, work) : surroundings(name, () => timed(name, work));
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (observer === null) return work();
  const began = performance.now();
  let isOk = false;
  try {
    const result = await work();
    isOk = true;
    return result;
  } finally {
    observer?.(name, (performance.now() - began) / 1_000, isOk);
  }
}
