import type { House } from "../house/index.ts";
import { log } from "../log.ts";
import { applyRetention } from "./apply-retention.ts";

const FIRST_AFTER_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Applies the retention of every workspace once a day, for the first time a minute after the start. A failure is logged and tried
 * again the next day.
 * @returns stops it, when what is under way has ended
 */
export function keepRetention(house: House): () => Promise<void> {
  let isStopped = false;
  let underway: Promise<void> = Promise.resolve();
  const apply = async () => {
    for (const name of await house.warehouse.workspaces()) {
      if (isStopped) return;
      await applyRetention(await house.workspace(name), new Date());
    }
  };
  const run = () => {
    underway = apply().catch((error) => log.error({ err: error }, "retention could not be applied"));
  };
  const first = setTimeout(run, FIRST_AFTER_MS);
  const daily = setInterval(run, DAY_MS);
  return () => {
    isStopped = true;
    clearTimeout(first);
    clearInterval(daily);
    return underway;
  };
}
