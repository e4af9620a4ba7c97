/** What is told of each command once it has ended: its name in the code, never its text or its values. */
export type CommandObserver = (name: string, seconds: number, isOk: boolean) => void;

let observer: CommandObserver | null = null;

/** From now on every command of this process's engines is told here. */
export function observeCommands(told: CommandObserver): void {
  observer = told;
}

export async function observed<T>(name: string, work: () => Promise<T>): Promise<T> {
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
