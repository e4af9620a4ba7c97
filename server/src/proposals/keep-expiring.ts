import type { House } from "../house/index.ts";
import { log } from "../log.ts";
import { expireOverdue } from "./expire.ts";

const EVERY_MS = 60_000;

/** Writes down, minute by minute, which proposals nobody decided in time. @returns what stops it */
export function keepExpiring(house: House): () => Promise<void> {
  let underway: Promise<void> = Promise.resolve();
  const look = async () => {
    const [store, now] = [await house.store(), new Date()];
    for (const workspaceId of await store.workspacesWithOverdueProposals(now))
      await expireOverdue(store.in(workspaceId), now);
  };
  const timer = setInterval(() => {
    underway = underway.then(look).catch((error) => log.error({ err: error }, "proposals could not be expired"));
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    return underway;
  };
}
