import {
  commonPeriod,
  DAYS_PER_PERIOD,
  type Period,
  type Plan,
  type ScenarioComparison,
  type ScenarioSummary,
} from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { goalChange, goalFigure } from "./goal-figure.ts";
import { wordChannelChanges } from "./plan-changes.ts";
import { wordLimit, wordPrice } from "./plan-limits.ts";

export interface ScenarioRow {
  readonly id: string;
  readonly name: string;
  readonly savedAt: string;
  readonly savedBy: string;
  readonly status: ScenarioSummary["status"];
  readonly statusText: string;
  readonly spend: string;
  readonly gain: string;
  readonly interval: string | null;
  readonly binding: string | null;
}

function gainOf(expected: Plan["expected"], words: Words): { gain: string; interval: string | null } {
  const { goal, value, valueAtCurrent, interval } = expected.goal;
  return {
    gain: goalChange(value - valueAtCurrent, goal, words),
    interval:
      interval === null
        ? null
        : words.t("scenarios.interval", {
            low: goalChange(interval.low, goal, words),
            high: goalChange(interval.high, goal, words),
          }),
  };
}

/** What is saved, newest first, each in the amounts of its own period. */
export function prepareScenarioRows(list: readonly ScenarioSummary[], timeZone: string, words: Words): ScenarioRow[] {
  const { t, format } = words;
  return list.map((scenario) => {
    const { period } = scenario.input;
    const first = scenario.binding[0];
    const isPlan = scenario.status !== "infeasible";
    return {
      id: scenario.id,
      name: scenario.name,
      savedAt: format.moment(new Date(scenario.savedAt), timeZone),
      savedBy: scenario.savedBy,
      status: scenario.status,
      statusText: t(`scenarios.status.${scenario.status}`),
      spend: isPlan ? `${format.money(scenario.spend)} ${t(`scenarios.per.${period}`)}` : "",
      ...(isPlan ? gainOf(scenario.expected, words) : { gain: "", interval: null }),
      binding: first === undefined ? null : wordLimit(first.limit, period, words, scenario.expected.goal.goal),
    };
  });
}

export interface SideBySide {
  readonly sentence: string;
  readonly columns: readonly { readonly id: string; readonly title: string; readonly isNow: boolean }[];
  readonly rows: readonly {
    readonly channel: string;
    readonly hue: HueSlot | undefined;
    readonly cells: readonly string[];
  }[];
  readonly totals: readonly string[];
  readonly expected: readonly { readonly value: string; readonly gain: string; readonly interval: string | null }[];
  /** What today's data change about each, and why. */
  readonly changes: readonly { readonly id: string; readonly title: string; readonly texts: readonly string[] }[];
  readonly binding: readonly (readonly { readonly name: string; readonly price: string }[])[];
}

/** So many limits are named in a column. */
const BINDING_SHOWN = 3;

/** What a plan brings of its goal in another period than its own. */
function expectedIn(period: Period, plan: Plan): Plan["expected"] {
  const days = DAYS_PER_PERIOD[plan.period] / DAYS_PER_PERIOD[period];
  const { goal } = plan.expected;
  const interval =
    goal.interval === null
      ? null
      : { ...goal.interval, low: goal.interval.low / days, high: goal.interval.high / days };
  return {
    ...plan.expected,
    goal: { ...goal, value: goal.value / days, valueAtCurrent: goal.valueAtCurrent / days, interval },
  };
}

function bindingOf(plan: Plan, words: Words) {
  const { goal } = plan.expected.goal;
  const isTarget = plan.shadowPrices.some(({ limit }) => limit.type === "min_total_response");
  const dearest = [...plan.shadowPrices].sort((a, b) => Math.abs(b.price) - Math.abs(a.price));
  return dearest.slice(0, BINDING_SHOWN).map((shadow) => ({
    name: wordLimit(shadow.limit, plan.period, words, goal),
    price: wordPrice(shadow, { goal, isTarget }, words),
  }));
}

/** Scenarios beside each other, by the day where they are of several periods; each beside itself on today's data. */
export function prepareSideBySide(
  { scenarios, channels }: ScenarioComparison,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): SideBySide {
  const { t, format } = words;
  const period = commonPeriod(scenarios.map(({ scenario }) => scenario.plan.period));
  const print = (value: number | null | undefined) =>
    value === null || value === undefined
      ? t("scenarios.channelNotKnown")
      : format.money(value * DAYS_PER_PERIOD[period]);
  const both = <T>(make: (index: number, isNow: boolean) => T): T[] =>
    scenarios.flatMap(({ today }, index) =>
      today === null ? [make(index, false)] : [make(index, false), make(index, true)],
    );
  const planAt = (index: number, isNow: boolean): Plan | undefined =>
    isNow ? scenarios[index]?.today?.plan : scenarios[index]?.scenario.plan;
  const plans = both(planAt).filter((plan) => plan !== undefined);
  const spendAt = (row: ScenarioComparison["channels"][number]) =>
    both((index, isNow) => (isNow ? row.today[index] : row.saved[index]));
  return {
    sentence: t("scenarios.sideSentence", { per: t(`scenarios.per.${period}`) }),
    columns: both((index, isNow) => {
      const scenario = scenarios[index]?.scenario;
      const name = scenario?.name ?? "";
      return { id: `${scenario?.id} ${isNow}`, title: isNow ? t("scenarios.sideNow", { name }) : name, isNow };
    }),
    rows: channels.map((row) => ({
      channel: row.channel,
      hue: hues.get(row.channel),
      cells: spendAt(row).map(print),
    })),
    totals: both((index, isNow) =>
      print(channels.reduce((sum, row) => sum + ((isNow ? row.today[index] : row.saved[index]) ?? 0), 0)),
    ),
    expected: plans.map((plan) => {
      const expected = expectedIn(period, plan);
      return { value: goalFigure(expected.goal.value, expected.goal.goal, words), ...gainOf(expected, words) };
    }),
    changes: scenarios.flatMap(({ scenario, today }) =>
      today === null
        ? []
        : [
            {
              id: scenario.id,
              title: t("scenarios.changedSide", { name: scenario.name }),
              texts: wordChannelChanges(today.changes, words).map(({ text }) => text),
            },
          ],
    ),
    binding: plans.map((plan) => bindingOf(plan, words)),
  };
}
