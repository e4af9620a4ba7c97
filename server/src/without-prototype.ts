/**
 * The same record with the names that were put into it and no others: names come from files and requests, and every usual object
 * has a `constructor` and a `toString` of its own accord.
 */
export function withoutPrototype<T extends object>(record: T): T {
  return Object.assign(Object.create(null), record) as T;
}
