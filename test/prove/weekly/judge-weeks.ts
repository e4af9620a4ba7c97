import { sum } from "../market/draws.ts";
import { findBestResponse } from "./best-response.ts";
import { type Breach, findBreaches, movedShare } from "./rails.ts";

const WEEK = 7;

/** What was decided for one week, and what the judge has to know of it. */
export interface DecidedWeek {
  /** Spend a day by channel. */
  readonly split: readonly number[];
  /** Channels that a guard-rail kept from moving; null where nobody came as far as to say. */
  readonly held: readonly boolean[] | null;
  /** The most that each channel had ever spent on a day. */
  readonly largest: readonly number[];
  /** How much more a touch brings than in ordinary times. */
  readonly season: number;
}

export interface MarketTruths {
  readonly channels: readonly string[];
  readonly isPaid: readonly boolean[];
  readonly today: readonly number[];
  /** Of a day, in ordinary times. */
  readonly worth: (spend: ArrayLike<number>) => number;
  readonly orders: { readonly mean: number; readonly deviation: number };
}

/** Revenue of one week, by the truth, unless it says otherwise. */
export interface JudgedWeek {
  /** Share of the budget that changed channels against the week before. */
  readonly moved: number;
  /** The week's money against today's. */
  readonly budget: number;
  /** Over today's split of the same money. */
  readonly gain: number;
  /** Over the split of the week before. */
  readonly step: number;
  /** Deviation that chance alone gives to a week's revenue of the money that moved. */
  readonly noise: number;
  /** Gain of whoever knows the truth and keeps the rails: where every paid channel may move, and where those stay that the product's guard-rails held. */
  readonly allowed: number;
  readonly allowedOfMovable: number;
  /** What today's split brings. */
  readonly worthToday: number;
  readonly breaches: readonly Breach[];
  /** The split of whoever knows the truth and may move every paid channel. */
  readonly best: readonly number[];
}

/** Judges a sequence of weeks by nothing but the splits and the truth. */
export function judgeWeeks(truths: MarketTruths, weeks: readonly DecidedWeek[]): JudgedWeek[] {
  return weeks.map(prepareJudge(truths));
}

/** What judges one week after the other. */
export function prepareJudge(truths: MarketTruths): (week: DecidedWeek) => JudgedWeek {
  const { worth, today, isPaid, channels } = truths;
  const unpaid = isPaid.map((paid) => !paid);
  const worthToday = worth(today);
  let before = today;
  let held = unpaid;
  let paths: Record<"all" | "movable", ArrayLike<number>> = { all: today, movable: today };
  return (week) => {
    held = week.held?.map((isHeld, i) => isHeld || unpaid[i]!) ?? held;
    paths = {
      all: findBestResponse({ worth, from: paths.all, held: unpaid }),
      movable: findBestResponse({ worth, from: paths.movable, held }),
    };
    const { split } = week;
    const scale = WEEK * week.season;
    const sameMoney = today.map((spend) => (spend * sum(split)) / sum(today));
    const judged = {
      moved: movedShare(before, split),
      budget: sum(split) / sum(today),
      gain: scale * (worth(split) - worth(sameMoney)),
      step: scale * (worth(split) - worth(before)),
      noise: chanceOf(truths, before, split, scale),
      allowed: scale * (worth(paths.all) - worthToday),
      allowedOfMovable: scale * (worth(paths.movable) - worthToday),
      worthToday: scale * worthToday,
      breaches: findBreaches(channels, before, split, week.largest),
      best: Array.from(paths.all),
    };
    before = split;
    return judged;
  };
}

/**
 * Conversions come at random: so many orders as the moved money wins and loses in a week deviate by their square root, times what
 * orders differ. A smaller loss could not be seen even by somebody who knew of every order which channel caused it.
 */
function chanceOf(
  { worth, orders }: MarketTruths,
  before: readonly number[],
  split: readonly number[],
  scale: number,
): number {
  const base = worth(before);
  const turned = split.map((spend, i) => Math.abs(worth(before.map((was, c) => (c === i ? spend : was))) - base));
  const count = (scale * sum(turned)) / orders.mean;
  return orders.mean * Math.sqrt(count * Math.exp(orders.deviation ** 2));
}
