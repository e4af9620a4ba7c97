import type { Random } from "../../../server/src/random.ts";
import type { Budgets } from "./budgets.ts";
import { paysFor } from "./channel-setting.ts";
import { between, pick, wholeBetween } from "./draws.ts";
import type { History } from "./history.ts";
import type { MarketSetting } from "./market-setting.ts";
import type { SimulatedExperiment } from "./simulated-market.ts";

/**
 * Tests of what a channel's touches of some weeks brought, true but for their stated error.
 * @param days in whose first half they begin
 */
export function drawExperiments(
  random: Random,
  setting: MarketSetting,
  budgets: Budgets,
  history: History,
  days = setting.days,
): SimulatedExperiment[] {
  if (!setting.switches.tests) return [];
  const unseen = [...setting.channels.keys()].filter((i) => setting.channels[i]!.seenByClicksOnly);
  const left = unseen.length > 0 ? unseen : listActing(setting);
  const tests: SimulatedExperiment[] = [];
  for (let count = Math.min(left.length, wholeBetween(random, 2, 3)); count > 0; count--) {
    const channel = left.splice(random.below(left.length), 1)[0]!;
    const startDay = wholeBetween(random, 20, Math.floor(days / 2));
    const endDay = startDay + wholeBetween(random, 27, 41);
    let spend = 0;
    let caused = 0;
    for (let day = startDay; day <= endDay; day++) {
      spend += budgets.spend[channel]![day]!;
      caused += history.causedByTouchDay[channel * setting.days + day]!;
    }
    const standardError = Math.max(4, between(random, 0.1, 0.25) * caused);
    const incrementalConversions = caused + standardError * random.normal();
    const method = pick(random, ["geo", "holdout", "ghost-ads"]);
    tests.push({ channel, method, startDay, endDay, spend, incrementalConversions, standardError });
  }
  return tests;
}

function listActing({ channels }: MarketSetting): number[] {
  return [...channels.keys()].filter((i) => channels[i]!.effect > 0 && paysFor(channels[i]!.role));
}
