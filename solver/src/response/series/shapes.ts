import type { Curve } from "../curve-families.ts";
import { delayedKernel, geometricKernel, type Kernel, normalised, weibullMassKernel } from "./adstock.ts";
import type { SeriesFamily } from "./series-task.ts";

/**
 * What a channel's response may look like, before any data. A shape is a point of four numbers that are standard normal, and a kind of
 * kernel: the first two say how long the effect lasts, the last two where and how it saturates.
 */
export interface Shape {
  readonly family: SeriesFamily;
  readonly kind: KernelKind;
  readonly point: readonly number[];
}

export type KernelKind = "geometric" | "delayed" | "weibull";
const KERNEL_KINDS: readonly { kind: KernelKind; chance: number }[] = [
  { kind: "geometric", chance: 0.6 },
  { kind: "delayed", chance: 0.2 },
  { kind: "weibull", chance: 0.2 },
];
export const POINT_SIZE = 4;

export function drawKind(random: () => number): KernelKind {
  let left = random();
  for (const { kind, chance } of KERNEL_KINDS) {
    left -= chance;
    if (left < 0) return kind;
  }
  return "geometric";
}

export const chanceOfKind = (wanted: KernelKind): number => KERNEL_KINDS.find(({ kind }) => kind === wanted)!.chance;

/** Which of the four numbers the shape depends on. */
export function usedNumbers({ family, kind }: Pick<Shape, "family" | "kind">): readonly number[] {
  return [0, ...(kind === "geometric" ? [] : [1]), 2, ...(family === "hill" ? [3] : [])];
}

const HALF_LIFE_DAYS = 4;
const HALF_LIFE_SPREAD = 1;
const PEAK_DAYS = 3;
const WEIBULL_SHAPE = 1.6;
const LONGEST_DAYS = 90;
const LEAST_LEFT = 0.002;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export function kernelOf({ kind, point }: Shape, periodDays: number, periods: number): Kernel {
  const half = clamp(HALF_LIFE_DAYS * Math.exp(HALF_LIFE_SPREAD * point[0]!), 0.1, LONGEST_DAYS) / periodDays;
  const window = Math.max(1, Math.min(periods, Math.ceil(LONGEST_DAYS / periodDays)));
  const whole = (): Kernel => {
    switch (kind) {
      case "geometric":
        return geometricKernel(2 ** (-1 / half), window);
      case "delayed": {
        const peak = (PEAK_DAYS * Math.exp(0.7 * point[1]!)) / periodDays;
        return delayedKernel(Math.exp(-1 / (2 * Math.max(half, 0.2) ** 2)), Math.min(peak, window / 2), window);
      }
      case "weibull":
        return weibullMassKernel(WEIBULL_SHAPE * Math.exp(0.35 * point[1]!), 1.3 * half, window);
    }
  };
  const kernel = whole();
  const most = kernel.reduce((a, b) => Math.max(a, b), 0);
  if (!(most > 0)) return Float64Array.of(1);
  let end = kernel.length;
  while (end > 1 && kernel[end - 1]! < LEAST_LEFT * most) end--;
  return normalised(kernel.slice(0, end));
}

const HALF_SPEND_SPREAD = 1;

/**
 * The saturation of the shape, with a height of 1.
 * @param usual pressure of a usual period: half of what can be reached is reached somewhere around it
 */
export function saturationOf({ family, point }: Shape, usual: number): Curve {
  const half = 1.5 * usual * Math.exp(HALF_SPEND_SPREAD * point[2]!);
  switch (family) {
    case "hill":
      return { type: "hill", beta: 1, k: half, s: clamp(Math.exp(0.35 * point[3]!), 0.4, 4) };
    case "log":
      return { type: "log", a: 1, b: half };
    case "power":
      return { type: "power", a: 1, p: clamp(1 / (1 + Math.exp(-0.8 - point[2]!)), 0.05, 0.995) };
    case "exp":
      return { type: "exp", a: 1, b: half / Math.LN2 };
    case "logistic":
      return { type: "logistic", a: 1, lam: Math.log(3) / half };
  }
}

/** The same curve, so many times as high. */
export function raiseCurve(curve: Curve, by: number): Curve {
  if (curve.type === "hill") return { ...curve, beta: curve.beta * by };
  if (curve.type === "mixture")
    return { ...curve, parts: curve.parts.map((part) => ({ ...part, weight: part.weight * by })) };
  return { ...curve, a: curve.a * by };
}
