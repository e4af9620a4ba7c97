import type { AllocationRow, MoveReason, Plan } from "@touchline/server/contract";
import { roundToAddUp, subtractDecimals, sumDecimals } from "../../format/decimal.ts";
import { strong, unitName, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";

export interface PlanMove {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly current: string;
  readonly recommended: string;
  /** "+1,200 €", with its sign. */
  readonly change: string;
  /** "+20.0%"; null where nothing is spent today. */
  readonly changeShare: string | null;
  readonly direction: "up" | "down" | "same";
  /** "raise", "cut", "keep". */
  readonly word: string;
  readonly reason: string;
  readonly marginal: string | null;
  readonly flags: AllocationRow["flags"];
  /** Lengths in [0, 1] on one scale for all rows. */
  readonly currentBar: number;
  readonly recommendedBar: number;
}

export interface PlanMoves {
  readonly sentence: string;
  readonly rows: readonly PlanMove[];
  readonly total: { current: string; recommended: string; change: string };
}

/** The reason of a move in the reader's language, from its code and figures. Figures that are missing are left out. */
export function wordReason(why: MoveReason, words: Words): string {
  const { t, format } = words;
  const unit = unitName(words);
  const figure = (value: number) => format.money(value, 2);
  switch (why.code) {
    case "locked":
    case "unidentified":
    case "no-curve":
    case "demand-capture":
    case "low-coverage":
      return t(`planner.reasons.${why.code}`);
    case "unchanged":
      if (why.marginalNow === null) return t("planner.reasonsBare.unchanged");
      return t("planner.reasons.unchanged", { unit, now: figure(why.marginalNow) });
    case "at-upper":
    case "at-lower":
      if (why.marginalThen === null || why.marginalPlan === null) return t(`planner.reasonsBare.${why.code}`);
      return t(`planner.reasons.${why.code}`, {
        unit,
        later: figure(why.marginalThen),
        plan: figure(why.marginalPlan),
      });
    case "earns-more":
    case "earns-less":
      if (why.marginalNow === null || why.marginalThen === null || why.marginalPlan === null) {
        return t(`planner.reasonsBare.${why.code}`, { unit });
      }
      // Two figures that print alike cannot explain a move: it only evens out what is left.
      if (figure(why.marginalNow) === figure(why.marginalPlan)) {
        return t("planner.reasonsClose", { unit, now: figure(why.marginalNow) });
      }
      return t(`planner.reasons.${why.code}`, {
        unit,
        now: figure(why.marginalNow),
        later: figure(why.marginalThen),
        plan: figure(why.marginalPlan),
      });
  }
}

const WORDS_OF_DIRECTION = { up: "planner.up", down: "planner.down", same: "planner.keep" } as const;

/** Today beside the plan, largest spend first. Printed rows add up to the printed totals. */
export function preparePlanMoves(plan: Plan, hues: ReadonlyMap<string, HueSlot>, words: Words): PlanMoves {
  const { t, format } = words;
  const rows = [...plan.allocation].sort((a, b) => Number(b.current) - Number(a.current));
  const currents = roundToAddUp(
    rows.map((row) => row.current),
    0,
  );
  const recommendeds = roundToAddUp(
    rows.map((row) => row.recommended),
    0,
  );
  const longest = Math.max(1e-9, ...rows.flatMap((row) => [Number(row.current), Number(row.recommended)]));
  const totalNow = sumDecimals(currents);
  const totalThen = sumDecimals(recommendeds);
  return {
    sentence: t("planner.movesSentence", {
      per: t(`planner.per.${plan.period}`),
      total: strong(format.money(totalNow)),
      planned: strong(format.money(totalThen)),
    }),
    rows: rows.map((row, index) => {
      const current = currents[index] ?? "0";
      const recommended = recommendeds[index] ?? "0";
      const change = subtractDecimals(recommended, current);
      const direction = Number(change) === 0 ? "same" : Number(change) > 0 ? "up" : "down";
      return {
        channel: row.channel,
        hue: hues.get(row.channel),
        current: format.money(current),
        recommended: format.money(recommended),
        change: format.moneyChange(change),
        changeShare:
          Number(row.current) === 0 ? null : format.percentChange(Number(row.recommended) / Number(row.current) - 1),
        direction,
        word: t(WORDS_OF_DIRECTION[direction]),
        reason: wordReason(row.why, words),
        marginal: row.marginalRoas === null ? null : format.roas(row.marginalRoas),
        flags: row.flags,
        currentBar: Math.max(0, Number(row.current)) / longest,
        recommendedBar: Math.max(0, Number(row.recommended)) / longest,
      };
    }),
    total: {
      current: format.money(totalNow),
      recommended: format.money(totalThen),
      change: format.moneyChange(subtractDecimals(totalThen, totalNow)),
    },
  };
}
