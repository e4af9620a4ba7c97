import type { GuardRails, RebalancingCheck } from "../../contract/index.ts";
import { judgeSilent, silentChannels } from "./channel-silent.ts";
import { judgeConversions } from "./conversions-dropped.ts";
import { judgeDrift } from "./drift.ts";
import { judgeComplete } from "./incomplete-days.ts";
import { judgeSpend } from "./spend-jumped.ts";
import { judgeStale } from "./stale-source.ts";
import type { Watched } from "./watched.ts";

export interface WatchedOptions {
  readonly guardRails: Pick<GuardRails, "staleAfterHours" | "maxDrift">;
  readonly timeZone: string;
  readonly fittedFrom: string | null;
  /** Approved plans of the weeks that drift is looked for in. */
  readonly plans: number;
}

/**
 * All checks of the data, in the order in which they are told: what broke first. Pure, so that it can be held against simulated years.
 */
export function judgeWatched(
  watched: Watched,
  { guardRails, timeZone, fittedFrom, plans }: WatchedOptions,
): RebalancingCheck[] {
  const found = silentChannels(watched);
  const silent = found.flatMap(({ channel, isUsual }) => (isUsual ? [] : [channel]));
  const dropped = judgeConversions(watched, timeZone, guardRails.staleAfterHours);
  const areConversionsJudged = dropped.some(({ outcome }) => outcome === "blocked");
  return [
    ...judgeStale(watched, found, guardRails.staleAfterHours, areConversionsJudged),
    ...judgeComplete(watched, silent),
    ...dropped,
    ...judgeSpend(watched),
    ...judgeSilent(watched, found),
    ...judgeDrift(watched, { fittedFrom, limit: guardRails.maxDrift, silent, plans }),
  ];
}
