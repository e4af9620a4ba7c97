import { drawNormal } from "../../draw-normal.ts";
import { type Curve, curveValue } from "../curve-families.ts";
import { adstock, delayedKernel, geometricKernel, type Kernel, normalised, weibullMassKernel } from "./adstock.ts";
import type { SeriesTask } from "./series-task.ts";

export interface SimulatedSeries {
  readonly task: Omit<SeriesTask, "random">;
  /** Contribution of all periods, by channel. */
  readonly truth: readonly number[];
}

export interface SimulatedKind {
  readonly periodDays: 1 | 7;
  readonly periods: number;
  readonly channels: number;
  /** Correlation of spend with the season. */
  readonly follows: number;
  /** Noise over what a period usually brings. */
  readonly noise: number;
}

const between = (random: () => number, low: number, high: number): number => low + (high - low) * random();
const likely = (random: () => number, low: number, high: number): number => low * (high / low) ** random();

/** Anything that a market may be: family, carry-over and size of every channel are drawn, and spend may follow the season. */
export function simulateKind(random: () => number): SimulatedKind {
  const isDaily = random() < 0.5;
  return {
    periodDays: isDaily ? 1 : 7,
    periods: isDaily ? Math.round(between(random, 140, 400)) : Math.round(between(random, 80, 180)),
    channels: 1 + Math.floor(3 * random()),
    follows: random() < 0.5 ? 0 : between(random, 0.2, 0.8),
    noise: likely(random, 0.03, 0.15),
  };
}

export function simulateSeries(kind: SimulatedKind, random: () => number): SimulatedSeries {
  const { periods, periodDays, follows, noise } = kind;
  const level = likely(random, 30, 3_000);
  const yearly = Array.from({ length: periods }, (_, t) => (2 * Math.PI * t * periodDays) / 365.25);
  const phase = between(random, 0, 2 * Math.PI);
  const swing = between(random, 0.05, 0.25);
  const season = yearly.map((at) => Math.sin(at + phase) + 0.3 * Math.sin(2 * at + 2 * phase));
  const growth = between(random, -0.1, 0.2);
  const outcome = Float64Array.from(season, (each, t) => level * (1 + swing * each + (growth * t) / periods));
  const truth: number[] = [];
  const channels = Array.from({ length: kind.channels }, (_, i) => {
    const scale = likely(random, 50, 5_000);
    const pressure = simulateSpend(season, { scale, follows, periodDays }, random);
    const share = likely(random, 0.02, 0.25);
    const curve = drawCurve(scale, random);
    const carried = adstock(pressure, drawKernel(periodDays, random));
    const raw = carried.map((each) => curveValue(curve, each));
    const factor = (share * level * periods) / raw.reduce((a, b) => a + b, 0);
    raw.forEach((each, t) => {
      outcome[t]! += factor * each;
    });
    truth.push(share * level * periods);
    return { channel: `channel ${i + 1}`, pressure };
  });
  outcome.forEach((each, t) => {
    outcome[t] = each + noise * level * drawNormal(random);
  });
  const waves = [1, 2].flatMap((k) => [
    Float64Array.from(yearly, (at) => Math.sin(k * at)),
    Float64Array.from(yearly, (at) => Math.cos(k * at)),
  ]);
  const trend = Float64Array.from({ length: periods }, (_, t) => t);
  return { task: { outcome, periodDays, channels, controls: [trend, ...waves] }, truth };
}

/** Spend in bursts and pauses around a level that may follow the season. */
function simulateSpend(
  season: readonly number[],
  { scale, follows, periodDays }: { scale: number; follows: number; periodDays: number },
  random: () => number,
): Float64Array {
  const spread = between(random, 0.2, 0.6);
  const pauses = random() < 0.5 ? 0 : between(random, 0.02, 0.06);
  const keeps = periodDays === 1 ? 0.9 : 0.5;
  let wander = 0;
  let pausedFor = 0;
  return Float64Array.from(season, (each) => {
    wander = keeps * wander + Math.sqrt(1 - keeps * keeps) * drawNormal(random);
    if (pausedFor > 0) pausedFor--;
    else if (random() < pauses) pausedFor = Math.ceil(between(random, 7, 28) / periodDays);
    if (pausedFor > 0) return 0;
    const moved = follows * each + Math.sqrt(1 - follows * follows) * wander;
    return scale * Math.exp(spread * moved + 0.15 * drawNormal(random));
  });
}

function drawCurve(scale: number, random: () => number): Curve {
  const half = scale * likely(random, 0.4, 4);
  switch (Math.floor(5 * random())) {
    case 0:
      return { type: "hill", beta: 1, k: half, s: between(random, 0.7, 2) };
    case 1:
      return { type: "log", a: 1, b: half };
    case 2:
      return { type: "power", a: 1, p: between(random, 0.4, 0.95) };
    case 3:
      return { type: "exp", a: 1, b: half };
    default:
      return { type: "logistic", a: 1, lam: 1 / half };
  }
}

function drawKernel(periodDays: number, random: () => number): Kernel {
  const half = likely(random, 1, 15) / periodDays;
  const window = Math.ceil(90 / periodDays);
  const kind = random();
  if (kind < 0.6) return normalised(geometricKernel(2 ** (-1 / half), window));
  if (kind < 0.8)
    return normalised(delayedKernel(Math.exp(-1 / (2 * half * half)), between(random, 0, 5) / periodDays, window));
  return normalised(weibullMassKernel(between(random, 0.8, 2), 1.3 * half, window));
}
