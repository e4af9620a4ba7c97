import type { AllocationRow, Plan } from "@touchline/server/contract";
import { roundToAddUp, subtractDecimals, sumDecimals } from "../../format/decimal.ts";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { wordReason } from "./plan-reason.ts";

export interface PlanMove {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly current: string;
  readonly recommended: string;
  /** What is shown as recommended, as a number: a slider starts from it. */
  readonly spend: number;
  /** "+1,200 €", with its sign. */
  readonly change: string;
  /** "+20.0%"; null where nothing is spent today. */
  readonly changeShare: string | null;
  readonly direction: "up" | "down" | "same";
  /** "raise", "cut", "keep". */
  readonly word: string;
  readonly reason: string;
  /** What the next unit of spend brings in revenue; null where no curve can tell. */
  readonly marginal: string | null;
  readonly flags: AllocationRow["flags"];
  /** Whether another spend of it can be tried: it has a curve. */
  readonly canTry: boolean;
  /** Lengths in [0, 1] on one scale for all rows. */
  readonly currentBar: number;
  readonly recommendedBar: number;
}

export interface PlanMoves {
  readonly sentence: string;
  readonly rows: readonly PlanMove[];
  /** What the whole length of a bar stands for. */
  readonly longest: number;
  readonly total: { current: string; recommended: string; change: string };
}

/** A split that is tried out instead of the plan's: spend by channel, as it comes from the server. */
export type TriedSpend = ReadonlyMap<string, number>;

const WORDS_OF_DIRECTION = { up: "planner.up", down: "planner.down", same: "planner.keep" } as const;
/** Bars leave room to be dragged beyond the longest of them. */
const HEADROOM = 1.25;

function directionOf(change: string): PlanMove["direction"] {
  if (Number(change) === 0) return "same";
  return Number(change) > 0 ? "up" : "down";
}

function wholeAmounts(amounts: readonly string[]): string[] {
  return roundToAddUp(amounts, 0);
}

/** Today beside the plan, largest spend first. Printed rows add up to the printed totals. */
export function preparePlanMoves(
  plan: Plan,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
  tried: TriedSpend | null = null,
): PlanMoves {
  const { t, format } = words;
  const rows = [...plan.allocation].sort((a, b) => Number(b.current) - Number(a.current));
  const spends = rows.map((row) => tried?.get(row.channel) ?? Number(row.recommended));
  const currents = wholeAmounts(rows.map((row) => row.current));
  const planned = wholeAmounts(rows.map((row) => row.recommended));
  const shown = tried === null ? planned : wholeAmounts(spends.map((spend) => spend.toFixed(2)));
  // The scale is that of the plan alone, so that bars do not shrink under the hand that drags one.
  const longest = HEADROOM * Math.max(1e-9, ...rows.flatMap((row) => [Number(row.current), Number(row.recommended)]));
  const totalNow = sumDecimals(currents);
  const totalThen = sumDecimals(shown);
  const frame = { goal: plan.expected.goal.goal, period: plan.period };
  return {
    sentence: t("planner.movesSentence", {
      per: t(`planner.per.${plan.period}`),
      total: strong(format.money(totalNow)),
      planned: strong(format.money(totalThen)),
    }),
    longest,
    rows: rows.map((row, index) => {
      const recommended = shown[index] ?? "0";
      const change = subtractDecimals(recommended, currents[index] ?? "0");
      const direction = directionOf(change);
      const spend = spends[index] ?? 0;
      const isOtherwise = recommended !== planned[index];
      return {
        channel: row.channel,
        hue: hues.get(row.channel),
        current: format.money(currents[index] ?? "0"),
        recommended: format.money(recommended),
        spend,
        change: format.moneyChange(change),
        changeShare: Number(row.current) === 0 ? null : format.percentChange(spend / Number(row.current) - 1),
        direction,
        word: t(WORDS_OF_DIRECTION[direction]),
        reason: isOtherwise
          ? t("planner.trialWas", { amount: format.money(planned[index] ?? "0") })
          : wordReason(row.why, frame, words),
        marginal: row.marginalRoas === null || isOtherwise ? null : format.roas(row.marginalRoas),
        flags: row.flags,
        canTry: row.revenue !== null,
        currentBar: Math.max(0, Number(row.current)) / longest,
        recommendedBar: Math.max(0, spend) / longest,
      };
    }),
    total: {
      current: format.money(totalNow),
      recommended: format.money(totalThen),
      change: format.moneyChange(subtractDecimals(totalThen, totalNow)),
    },
  };
}
