import type { LimitRepair, Period, PlanGoal, PlanLimit, ShadowPrice } from "@touchline/server/contract";
import { unitName, type Words } from "../../i18n/words.ts";
import { goalAmount, goalPerUnit } from "./goal-figure.ts";

/** Whole amounts are printed whole. */
function money(value: number, { format }: Words): string {
  return format.money(value, Number.isInteger(value) ? 0 : 2);
}

/** Enough digits to recognise a limit: cents tell small amounts apart. */
function roughMoney(value: number, words: Words): string {
  return money(value < 100 ? Math.round(value * 100) / 100 : Math.round(value), words);
}

function count(value: number, { format }: Words): string {
  return format.count(value, Number.isInteger(value) ? 0 : 2);
}

function percentPoints(value: number, { format }: Words): string {
  return format.percent(value / 100, Number.isInteger(value) ? 0 : 2);
}

const SENTENCES = {
  channel_min: "limit.atLeast",
  channel_max: "limit.atMost",
  trusted_min: "limit.trustedMin",
  trusted_max: "limit.trustedMax",
  minimum_if_on: "limit.minimumIfOn",
  step: "limit.step",
  channel_roas_floor: "limit.roas",
  group_roas_floor: "limit.roas",
  group_min: "limit.atLeast",
  group_max: "limit.atMost",
  response_cap: "limit.capacity",
  contact_cap: "limit.contacts",
  weighted_min: "limit.weightedMin",
  weighted_max: "limit.weightedMax",
} as const;

/** A limit as a person would say it: "Total spend at most €5,000 a week". */
export function wordLimit(limit: PlanLimit, period: Period, words: Words, goal: PlanGoal = "revenue"): string {
  const { t, format } = words;
  const amount = roughMoney(limit.value, words);
  const per = t(`planner.per.${period}`);
  switch (limit.type) {
    case "total_spend":
      return t(limit.sense === "=" ? "limit.totalExactly" : "limit.totalAtMost", { amount, per });
    case "blended_roas_floor":
      return t("limit.roasOverall", { roas: format.roas(limit.value) });
    case "min_total_response":
      return t("limit.target", { amount: goalAmount(limit.value, goal, words), per });
    case "cpa_ceiling":
      return limit.members === undefined
        ? t("limit.cpa", { amount: money(limit.value, words) })
        : t("limit.cpaOf", { name: limit.members.join(", "), amount: money(limit.value, words) });
    case "change_limit_pct": {
      const share = percentPoints(limit.value, words);
      return limit.channel === undefined
        ? t("limit.change", { share })
        : t("limit.changeOf", { name: limit.channel, share });
    }
    default: {
      const name = "channel" in limit ? limit.channel : "group" in limit ? limit.group : limit.name;
      const roas = format.roas(limit.value);
      return t(SENTENCES[limit.type], { name, amount, per, roas, figure: count(limit.value, words) });
    }
  }
}

/** The least change that helps: "Total spend at most €5,000 a week: change this to €6,200". To the cent, for it is typed in. */
export function wordRepair(repair: LimitRepair, period: Period, words: Words, goal: PlanGoal = "revenue"): string {
  return words.t("limit.repair", {
    limit: wordLimit(repair, period, words, goal),
    to: wordFigure(repair, words, goal),
  });
}

function wordFigure({ type, to }: LimitRepair, words: Words, goal: PlanGoal): string {
  switch (type) {
    case "change_limit_pct":
      return percentPoints(to, words);
    case "channel_roas_floor":
    case "group_roas_floor":
    case "blended_roas_floor":
      return words.format.roas(to);
    case "response_cap":
    case "contact_cap":
      return count(to, words);
    case "min_total_response":
      return goal === "conversions" ? count(to, words) : money(to, words);
    default:
      return money(to, words);
  }
}

/** What a plan is for: its goal, or the least money for a target, where every price is money saved. */
export interface PriceFrame {
  readonly goal: PlanGoal;
  readonly isTarget: boolean;
}

/**
 * What a limit costs. Loosening a limit brings its price, whichever way that is; an exact total has no loose side, so that
 * one more unit brings a price above 0 and costs one below 0. A target costs money.
 */
export function wordPrice(
  { limit, price }: Pick<ShadowPrice, "limit" | "price">,
  { goal, isTarget }: PriceFrame,
  words: Words,
): string {
  const { t, format } = words;
  const unit = unitName(words);
  const size = Math.abs(price);
  const saved = format.money(size, 2);
  if (limit.type === "min_total_response") return t("planner.bindsTarget", { price: saved });
  if (isTarget) return t("planner.bindsSaves", { unit, price: saved });
  const figures = { unit, price: goalPerUnit(size, goal, words) };
  if (limit.type === "total_spend") return t(price < 0 ? "planner.bindsTotalCosts" : "planner.bindsTotal", figures);
  if (limit.type === "response_cap") return t("planner.bindsThing", figures);
  if (limit.type === "contact_cap") return t("planner.bindsTouch", figures);
  return t("planner.bindsLooser", figures);
}
