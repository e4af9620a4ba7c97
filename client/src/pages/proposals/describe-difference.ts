import type { Plan } from "@touchline/server/contract";
import type { HueSlot } from "../../charts/channel-colours.ts";
import { type PlanMove, preparePlanMoves } from "../../charts/prepare/plan-moves.ts";
import type { Words } from "../../i18n/words.ts";

export interface PlanDifference {
  readonly sentence: string;
  /** Channels that move, the largest change first. */
  readonly moves: readonly PlanMove[];
  /** Names of those that stay. */
  readonly unchanged: readonly string[];
  readonly total: { readonly current: string; readonly recommended: string; readonly change: string };
}

/** A plan as the difference that it makes: what moves, and by one line everything that does not. */
export function prepareDifference(plan: Plan, hues: ReadonlyMap<string, HueSlot>, words: Words): PlanDifference {
  const { t, format } = words;
  const { rows, total } = preparePlanMoves(plan, hues, words);
  const change = new Map(
    plan.allocation.map(({ channel, current, recommended }) => [
      channel,
      Math.abs(Number(recommended) - Number(current)),
    ]),
  );
  const sizeOf = ({ channel }: PlanMove) => change.get(channel) ?? 0;
  const moves = rows.filter(({ direction }) => direction !== "same").sort((a, b) => sizeOf(b) - sizeOf(a));
  const count = (direction: PlanMove["direction"]) =>
    format.count(rows.filter((row) => row.direction === direction).length);
  return {
    sentence: t("proposals.diffSentence", {
      ...{ up: count("up"), down: count("down"), same: count("same") },
      ...{ per: t(`planner.per.${plan.period}`), today: total.current, planned: total.recommended },
    }),
    moves,
    unchanged: rows.filter(({ direction }) => direction === "same").map(({ channel }) => channel),
    total,
  };
}
