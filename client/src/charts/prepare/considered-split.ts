import type { Plan } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import { goalAmount, goalChange } from "./goal-figure.ts";

export interface ConsideredSplit {
  readonly sentence: string;
  readonly rows: readonly { readonly channel: string; readonly today: string; readonly found: string }[];
}

/** The split that was found but is not recommended, with the gain that did not convince: null where there is none. */
export function prepareConsidered(plan: Plan, words: Words): ConsideredSplit | null {
  const { t, format } = words;
  if (plan.considered === null) return null;
  const { allocation, expected } = plan.considered;
  const { goal, value, valueAtCurrent, interval, probabilityOfGain } = expected.goal;
  const gain = strong(goalAmount(value - valueAtCurrent, goal, words));
  const today = new Map(plan.allocation.map(({ channel, current }) => [channel, current]));
  return {
    sentence:
      interval === null || probabilityOfGain === null
        ? t("planner.consideredBare", { gain })
        : t("planner.consideredGain", {
            gain,
            low: goalChange(interval.low, goal, words),
            high: goalChange(interval.high, goal, words),
            level: format.percent(interval.level, 0),
            share: format.percent(probabilityOfGain, 0),
          }),
    rows: allocation.map(({ channel, spend }) => ({
      channel,
      today: format.money(today.get(channel) ?? "0"),
      found: format.money(spend),
    })),
  };
}
