import { drawNormal } from "../draw-normal.ts";

/** How a simulated account spends. Shares of the level, a day. */
export interface Habit {
  readonly noise: number;
  /** How far the level wanders. */
  readonly drift: number;
  readonly growth: number;
  readonly week: readonly number[];
}

/** Park and Miller's generator: small, seeded, good enough to draw days with. */
export function seeded(seed: number): () => number {
  let state = (seed * 7919) % 2147483647 || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Days of an account, none negative. */
export function simulateDays(habit: Habit, days: number, random: () => number): number[] {
  let level = 1_000;
  return Array.from({ length: days }, (_, day) => {
    level *= Math.exp(habit.growth + habit.drift * drawNormal(random));
    return Math.max(0, level * habit.week[day % 7]! * (1 + habit.noise * drawNormal(random)));
  });
}

export const FLAT_WEEK = [1, 1, 1, 1, 1, 1, 1];
export const SHOP_WEEK = [1.1, 1.05, 1, 1, 1.1, 0.9, 0.85];
export const OFFICE_WEEK = [1.3, 1.3, 1.2, 1.2, 1.1, 0.5, 0.4];
