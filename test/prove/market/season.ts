import { WeightedChoice } from "../../../server/src/demo/weighted-choice.ts";
import type { Random } from "../../../server/src/random.ts";
import { between, sum } from "./draws.ts";

export const DAY = 86_400;

/** How demand moves from day to day, mean 1, and the hours at which people see ads and buy. */
export interface Season {
  readonly demand: Float64Array;
  readonly touchHours: Clock;
  readonly purchaseHours: Clock;
}

/** @param shock standard deviation of what moves demand beside weekday, season and trend */
export function drawSeason(random: Random, days: number, shock: number): Season {
  const weekday = Array.from({ length: 7 }, () => between(random, 0.75, 1.25));
  const swing = between(random, 0, 0.3);
  const period = between(random, 90, 365);
  const phase = between(random, 0, 2 * Math.PI);
  const growth = between(random, -0.25, 0.25);
  const noise = drawNoise(random, days, shock, 0.85);
  const demand = Float64Array.from(
    noise,
    (factor, day) =>
      factor *
      weekday[day % 7]! *
      (1 + swing * Math.sin((2 * Math.PI * day) / period + phase)) *
      (1 + growth * (day / days - 0.5)),
  );
  const mean = sum(demand) / days;
  const peak = between(random, 17, 22);
  return {
    demand: demand.map((value) => value / mean),
    touchHours: new Clock(hourWeights(peak + between(random, -2, 1), between(random, 4, 6))),
    purchaseHours: new Clock(hourWeights(peak, between(random, 3.5, 6))),
  };
}

/** Log-normal AR(1) factors with mean 1. */
export function drawNoise(random: Random, days: number, deviation: number, persistence: number): Float64Array {
  const factors = new Float64Array(days);
  const innovation = Math.sqrt(1 - persistence * persistence);
  let state = random.normal();
  for (let day = 0; day < days; day++) {
    factors[day] = Math.exp(deviation * state - (deviation * deviation) / 2);
    state = persistence * state + innovation * random.normal();
  }
  return factors;
}

/** A long evening around the peak, a morning, and little at night. */
function hourWeights(peak: number, width: number): number[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const evening = Math.exp(-(((hour + 0.5 - peak) / width) ** 2));
    const morning = 0.6 * Math.exp(-(((hour + 0.5 - 11) / 3) ** 2));
    return 0.05 + evening + morning;
  });
}

/** Draws moments of a day from the hours that people are awake. */
export class Clock {
  private readonly choice: WeightedChoice;
  private readonly accept: readonly number[];

  constructor(hours: readonly number[]) {
    this.choice = new WeightedChoice(hours);
    const most = Math.max(...hours);
    this.accept = hours.map((weight) => weight / most);
  }

  /** Seconds since the first day's midnight, whole. */
  draw(random: Random, day: number): number {
    return day * DAY + Math.floor((this.choice.draw(random) + random.uniform()) * 3600);
  }

  /** How welcome an hour is against the best one. */
  welcome(second: number): number {
    return this.accept[Math.floor((second % DAY) / 3600)]!;
  }
}
