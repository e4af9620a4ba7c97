const wakers = new Set<() => void>();

/** Whoever keeps a schedule in this process looks at once: there is something to do. */
export function wakeSchedules(): void {
  for (const wake of wakers) wake();
}

/** @returns what ends it */
export function whenWoken(wake: () => void): () => void {
  wakers.add(wake);
  return () => void wakers.delete(wake);
}
