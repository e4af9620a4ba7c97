import type { LimitRepair, Period, PlanLimit, ShadowPrice } from "@touchline/server/contract";
import { unitName, type Words } from "../../i18n/words.ts";

/** Whole amounts are printed whole. */
function money(value: number, { format }: Words): string {
  return format.money(value, Number.isInteger(value) ? 0 : 2);
}

/** Enough digits to recognise a limit: cents tell small amounts apart. */
function roughMoney(value: number, words: Words): string {
  return money(value < 100 ? Math.round(value * 100) / 100 : Math.round(value), words);
}

function percentPoints(value: number, { format }: Words): string {
  return format.percent(value / 100, Number.isInteger(value) ? 0 : 2);
}

/** A limit as a person would say it: "Total spend at most €5,000 a week". */
export function wordLimit(limit: PlanLimit, period: Period, words: Words): string {
  const { t, format } = words;
  const amount = roughMoney(limit.value, words);
  const per = t(`planner.per.${period}`);
  switch (limit.type) {
    case "total_spend":
      return t(limit.sense === "=" ? "limit.totalExactly" : "limit.totalAtMost", { amount, per });
    case "channel_min":
      return t("limit.atLeast", { name: limit.channel, amount, per });
    case "channel_max":
      return t("limit.atMost", { name: limit.channel, amount, per });
    case "group_min":
      return t("limit.atLeast", { name: limit.group, amount, per });
    case "group_max":
      return t("limit.atMost", { name: limit.group, amount, per });
    case "channel_roas_floor":
      return t("limit.roas", { name: limit.channel, roas: format.roas(limit.value) });
    case "blended_roas_floor":
      return t("limit.roasOverall", { roas: format.roas(limit.value) });
    case "change_limit_pct": {
      const share = percentPoints(limit.value, words);
      return limit.channel === undefined
        ? t("limit.change", { share })
        : t("limit.changeOf", { name: limit.channel, share });
    }
  }
}

/** The least change that helps: "Total spend at most €5,000 a week: change this to €6,200". To the cent, for it is typed in. */
export function wordRepair(repair: LimitRepair, period: Period, words: Words): string {
  return words.t("limit.repair", { limit: wordLimit(repair, period, words), to: wordFigure(repair, words) });
}

function wordFigure({ type, to }: LimitRepair, words: Words): string {
  switch (type) {
    case "change_limit_pct":
      return percentPoints(to, words);
    case "channel_roas_floor":
    case "blended_roas_floor":
      return words.format.roas(to);
    default:
      return money(to, words);
  }
}

/**
 * What a limit costs. Loosening a limit brings its price, whichever way that is; an exact total has no loose side, so that
 * one more unit brings a price above 0 and costs one below 0.
 */
export function wordPrice({ limit, price }: Pick<ShadowPrice, "limit" | "price">, words: Words): string {
  const figures = { unit: unitName(words), price: words.format.money(Math.abs(price), 2) };
  if (limit.type !== "total_spend") return words.t("planner.bindsLooser", figures);
  return words.t(price < 0 ? "planner.bindsTotalCosts" : "planner.bindsTotal", figures);
}
