import type { ChannelBounds, ChannelGroup } from "@touchline/server/contract";
import { wordLimit } from "../../charts/prepare/plan-limits.ts";
import type { Words } from "../../i18n/words.ts";
import { DEFAULT_LIMITS, type Limits, type RareBound, withBounds, withPart } from "./limits.ts";

/** One limit that is set, as a person says it, and the limits without it. */
export interface LimitChip {
  readonly id: string;
  readonly text: string;
  readonly without: Limits;
}

type Part = Omit<LimitChip, "id">;

const TYPES_OF_BOUNDS = {
  lower: "channel_min",
  upper: "channel_max",
  minimumIfOn: "minimum_if_on",
  step: "step",
  minRoas: "channel_roas_floor",
} as const;

function bareWords(limits: Limits, words: Words): Part[] {
  const { t, format } = words;
  const per = t(`planner.per.${limits.period}`);
  const { budget, exact, maxChange, period } = limits;
  const parts: (Part | null)[] = [
    period === DEFAULT_LIMITS.period
      ? null
      : {
          text: t("planner.chip.period", { period: t(`planner.periods.${period}`) }),
          without: { ...limits, period: DEFAULT_LIMITS.period },
        },
    budget === null
      ? null
      : {
          text: t("planner.chip.budget", { amount: format.money(budget), per }),
          without: { ...limits, budget: null },
        },
    exact ? { text: t("planner.chip.exact"), without: { ...limits, exact: false } } : null,
    maxChange === DEFAULT_LIMITS.maxChange
      ? null
      : {
          text:
            maxChange === null
              ? t("planner.chip.changeNone")
              : t("planner.chip.change", { share: format.percent(maxChange, 0) }),
          without: { ...limits, maxChange: DEFAULT_LIMITS.maxChange },
        },
  ];
  return parts.filter((part) => part !== null);
}

function overallWords(limits: Limits, words: Words): Part[] {
  const { t, format } = words;
  const { goal, caution, target, minRoas, maxCpa, period, productWeights = [] } = limits;
  const per = t(`planner.per.${period}`);
  const parts: Part[] = [];
  if (goal !== undefined) {
    parts.push({
      text: t("planner.chip.goal", { goal: t(`planner.goals.${goal}`) }),
      without: withPart(limits, "goal", null),
    });
  }
  if (typeof target === "number") {
    const amount = goal === "conversions" ? format.count(target) : format.money(target);
    parts.push({ text: t("planner.chip.target", { amount, per }), without: withPart(limits, "target", null) });
  }
  if (caution !== undefined) {
    const share = format.percent(caution, 0);
    parts.push({ text: t("planner.chip.caution", { share }), without: withPart(limits, "caution", null) });
  }
  if (typeof minRoas === "number") {
    const text = wordLimit({ type: "blended_roas_floor", value: minRoas }, period, words);
    parts.push({ text, without: withPart(limits, "minRoas", null) });
  }
  if (typeof maxCpa === "number") {
    const text = wordLimit({ type: "cpa_ceiling", value: maxCpa }, period, words);
    parts.push({ text, without: withPart(limits, "maxCpa", null) });
  }
  for (const { productGroup, weight } of productWeights) {
    const others = productWeights.filter((each) => each.productGroup !== productGroup);
    parts.push({
      text: t("planner.chip.weight", { group: productGroup, weight: format.typed(weight) }),
      without: withPart(limits, "productWeights", others),
    });
  }
  return parts;
}

function boundWords(limits: Limits, bounds: ChannelBounds, words: Words): Part[] {
  const { t, format } = words;
  const { channel } = bounds;
  const parts: Part[] = [];
  const without = (part: Partial<ChannelBounds>) => withBounds(limits, { ...bounds, ...part });
  if (bounds.locked) parts.push({ text: t("planner.chip.locked", { channel }), without: without({ locked: false }) });
  if (typeof bounds.fixed === "number") {
    const per = t(`planner.per.${limits.period}`);
    const text = t("planner.chip.fixed", { channel, amount: format.money(bounds.fixed), per });
    parts.push({ text, without: without({ fixed: null }) });
  }
  for (const [name, type] of Object.entries(TYPES_OF_BOUNDS) as ["lower" | "upper" | RareBound, "channel_min"][]) {
    const value = bounds[name];
    if (typeof value !== "number") continue;
    parts.push({ text: wordLimit({ type, channel, value }, limits.period, words), without: without({ [name]: null }) });
  }
  if (typeof bounds.maxCpa === "number") {
    const limit = { type: "cpa_ceiling", members: [channel], value: bounds.maxCpa } as const;
    parts.push({
      text: wordLimit({ ...limit, members: [channel] }, limits.period, words),
      without: without({ maxCpa: null }),
    });
  }
  return parts;
}

/** A group of one that has nothing but a minimum or a maximum is a limit of its channel. */
function groupWords(group: ChannelGroup, period: Limits["period"], words: Words): string {
  const { name, members, min, max, minRoas, maxCpa } = group;
  const [channel, ...others] = members;
  const isPlain = others.length === 0 && (min === null) !== (max === null);
  if (channel === undefined || !isPlain || typeof minRoas === "number" || typeof maxCpa === "number")
    return words.t("planner.chip.group", { name, members: members.join(", ") });
  const limit =
    max === null ? ({ type: "channel_min", value: min! } as const) : ({ type: "channel_max", value: max } as const);
  return wordLimit({ ...limit, channel }, period, words);
}

function listWords(limits: Limits, words: Words): Part[] {
  const { t, format } = words;
  const { groups = [], capacities = [], contacts = [], period } = limits;
  const per = t(`planner.per.${period}`);
  const others = <Each extends { name: string }>(list: readonly Each[], gone: Each) =>
    list.filter((each) => each !== gone);
  return [
    ...groups.map((group) => ({
      text: groupWords(group, limits.period, words),
      without: withPart(limits, "groups", others(groups, group)),
    })),
    ...capacities.map((capacity) => ({
      text: t("planner.chip.capacity", { name: capacity.name, figure: format.typed(capacity.value), per }),
      without: withPart(limits, "capacities", others(capacities, capacity)),
    })),
    ...contacts.map((contact) => ({
      text: t("planner.chip.contact", { name: contact.name, figure: format.typed(contact.perPersonAndWeek) }),
      without: withPart(limits, "contacts", others(contacts, contact)),
    })),
  ];
}

/** Everything that is set otherwise than in a default plan: what is folded away must still be seen. */
export function prepareLimitChips(limits: Limits, words: Words): LimitChip[] {
  const parts = [
    ...bareWords(limits, words),
    ...overallWords(limits, words),
    ...limits.bounds.flatMap((bounds) => boundWords(limits, bounds, words)),
    ...listWords(limits, words),
  ];
  return parts.map((part, index) => ({ id: `${index} ${part.text}`, ...part }));
}
