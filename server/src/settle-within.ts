/** What became of a piece of work in the time that there was. */
export type Settled<T> =
  | { readonly kind: "ready"; readonly value: T }
  | { readonly kind: "underway" }
  | { readonly kind: "failed"; readonly error: unknown };

/** Waits so long and no longer. Work that takes more goes on: who remembers it has its answer the next time. */
export async function settleWithin<T>(work: Promise<T>, milliseconds: number): Promise<Settled<T>> {
  const settled: Promise<Settled<T>> = work.then(
    (value) => ({ kind: "ready", value }),
    (error: unknown) => ({ kind: "failed", error }),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Settled<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "underway" }), milliseconds);
  });
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}
