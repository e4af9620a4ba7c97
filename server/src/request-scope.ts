import { AsyncLocalStorage } from "node:async_hooks";

const scope = new AsyncLocalStorage<string>();

/** Runs work for one request: whatever is logged on the way names it. */
export function withinRequest<T>(requestId: string, work: () => T): T {
  return scope.run(requestId, work);
}

/** The request that this is done for; undefined where it is done for none. */
export function currentRequestId(): string | undefined {
  return scope.getStore();
}
