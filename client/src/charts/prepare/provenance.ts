import type { AllocationRow, Plan, PlanLimit, PlanSources } from "@touchline/server/contract";
import { unitName, type Words } from "../../i18n/words.ts";
import { wordFamilies, wordSource } from "./curve-source.ts";
import { goalChange, goalPerUnit } from "./goal-figure.ts";
import { wordLimit } from "./plan-limits.ts";

/** Which figure somebody asks the origin of. */
export type FigureTopic =
  | { readonly of: "current" | "recommended" | "marginal" | "tried"; readonly channel: string }
  | { readonly of: "today" | "planned" | "gain" | "probability" }
  | { readonly of: "price"; readonly limit: PlanLimit };

export interface Provenance {
  readonly title: string;
  readonly how: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** The attribution run that it all stands on. */
  readonly run: string | null;
}

type Fact = Provenance["facts"][number];
type SourceChannel = PlanSources["channels"][number];

function rangeText(days: PlanSources["curveDays"], { format }: Words): string | null {
  return days === null ? null : format.range(days.from, days.to);
}

/** Facts that are not known are left out. */
function told(words: Words, pairs: readonly (readonly [key: FactKey, text: string | null])[]): Fact[] {
  return pairs.flatMap(([key, text]) => (text === null ? [] : [{ label: words.t(`provenance.label.${key}`), text }]));
}

type FactKey =
  | "days"
  | "curve"
  | "curveDays"
  | "families"
  | "draws"
  | "worth"
  | "stop"
  | "now"
  | "afterwards"
  | "plan"
  | "average"
  | "proof"
  | "interval"
  | "limit"
  | "model"
  | "extrapolated";

function curveFacts(source: SourceChannel | undefined, plan: Plan, words: Words): Fact[] {
  const { t, format } = words;
  if (source === undefined) return [];
  if (source.source === null) return told(words, [["curve", t("provenance.none")]]);
  const range = rangeText(plan.sources.curveDays, words);
  const days = format.count(source.days);
  return told(words, [
    ["curve", wordSource(source.source, source.days, words)],
    ["curveDays", range === null ? null : t("provenance.observedDays", { days, range })],
    ["families", source.families.length === 0 ? null : wordFamilies(source.families, words)],
    ["draws", source.draws === 0 ? null : t("provenance.drawsText", { figure: format.count(source.draws) })],
    ["worth", source.worth === 1 ? null : format.count(source.worth, 4)],
  ]);
}

function moveFacts(row: AllocationRow, plan: Plan, words: Words): Fact[] {
  const { goal } = plan.expected.goal;
  const print = (value: number | null) => (value === null ? null : goalPerUnit(value, goal, words));
  const { why } = row;
  return told(words, [
    ["stop", why.stop === null ? null : wordLimit(why.stop, plan.period, words, goal)],
    ["now", print(why.marginalNow)],
    ["afterwards", print(why.marginalThen)],
    ["plan", print(why.marginalPlan)],
    ["average", print(why.averageOfMove)],
  ]);
}

function drawFacts(plan: Plan, words: Words): Fact[] {
  const { t, format } = words;
  const { goal, interval } = plan.expected.goal;
  const text =
    interval === null
      ? null
      : t("provenance.intervalText", {
          low: goalChange(interval.low, goal, words),
          high: goalChange(interval.high, goal, words),
          level: format.percent(interval.level, 0),
        });
  const draws = Math.max(0, ...plan.sources.channels.map((source) => source.draws));
  return told(words, [
    ["interval", text],
    ["draws", draws === 0 ? null : t("provenance.drawsText", { figure: format.count(draws) })],
  ]);
}

function commonFacts(plan: Plan, words: Words): Fact[] {
  return told(words, [
    ["curveDays", rangeText(plan.sources.curveDays, words)],
    ["days", rangeText(plan.sources.currentDays, words)],
    ["model", words.t(`models.${plan.model}`)],
  ]);
}

function factsOf(topic: FigureTopic, plan: Plan, words: Words, proof: string): Fact[] {
  const { t } = words;
  if (topic.of === "price") {
    const limit = wordLimit(topic.limit, plan.period, words, plan.expected.goal.goal);
    return [
      ...told(words, [
        ["limit", limit],
        ["proof", proof],
      ]),
      ...commonFacts(plan, words),
    ];
  }
  if (!("channel" in topic)) {
    const isOfDraws = topic.of === "gain" || topic.of === "probability";
    return [...(isOfDraws ? drawFacts(plan, words) : []), ...commonFacts(plan, words)];
  }
  if (topic.of === "current") return told(words, [["days", rangeText(plan.sources.currentDays, words)]]);
  const row = plan.allocation.find(({ channel }) => channel === topic.channel);
  const source = plan.sources.channels.find(({ channel }) => channel === topic.channel);
  if (row === undefined) return [];
  const isExtrapolated = row.flags.includes("extrapolated");
  return [
    ...moveFacts(row, plan, words),
    ...curveFacts(source, plan, words),
    ...told(words, [
      ["extrapolated", isExtrapolated ? t("curves.flagsWhy.extrapolated") : null],
      ["proof", topic.of === "recommended" ? proof : null],
    ]),
  ];
}

/** Where a figure of the plan comes from: how it is made, and every input that the server named. */
export function prepareProvenance(
  topic: FigureTopic,
  printed: string,
  plan: Plan,
  words: Words,
  proof: string,
): Provenance {
  const { t } = words;
  const named = { channel: "channel" in topic ? topic.channel : "", amount: printed };
  return {
    title: t(`provenance.title.${topic.of}`, named),
    how: t(`provenance.how.${topic.of}`, { unit: unitName(words), per: t(`planner.per.${plan.period}`) }),
    facts: factsOf(topic, plan, words, proof),
    run: plan.sources.run,
  };
}
