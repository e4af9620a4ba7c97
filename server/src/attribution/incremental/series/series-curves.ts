import { type Curve, raiseCurve } from "@touchline/solver";
import { z } from "zod";
import type { Fit } from "../../fit.ts";
import type { SeriesChannelAnswer } from "./answer-series.ts";

/** What the daily figures say of an unseen channel beyond its credit. */
export interface SeriesCurves {
  /** By draw: revenue a day, all that it ever brings, by steady daily spend. */
  readonly curves: readonly Curve[];
  /** False where the run flags the channel "not-identified". */
  readonly isIdentified: boolean;
  /** Deviation of the logarithm of the return over what it was before the series: 1 where nothing was learnt. */
  readonly ignorance: number;
  readonly halfLifeDays: number;
}

const Kept = z.array(
  z.object({
    channel: z.string(),
    revenuePerConversion: z.number(),
    curves: z.custom<readonly Curve[]>(Array.isArray),
    isIdentified: z.boolean(),
    ignorance: z.number(),
    halfLifeDays: z.number(),
  }),
);

/** What is kept of it with a run. */
export function keptOfSeries(
  answers: readonly SeriesChannelAnswer[],
  of: {
    readonly revenuePerConversion: (channel: string) => number;
    readonly isIdentified: (channel: string) => boolean;
  },
): z.input<typeof Kept> {
  return answers.map(({ channel, curves, ignorance, kernel, rHat, families }) => ({
    ...{ channel, curves, ignorance, halfLifeDays: halfOf(kernel), rHat, families },
    ...{ isIdentified: of.isIdentified(channel), revenuePerConversion: of.revenuePerConversion(channel) },
  }));
}

/** By channel that a run fitted from daily figures; empty where there is none. */
export function seriesCurves(fit: Fit): ReadonlyMap<string, SeriesCurves> {
  const kept = Kept.safeParse(fit.figures.series);
  if (!kept.success) return new Map();
  return new Map(
    kept.data.map(({ channel, revenuePerConversion, curves, ...rest }) => [
      channel,
      { ...rest, curves: curves.map((curve) => raiseCurve(curve, revenuePerConversion)) },
    ]),
  );
}

function halfOf(kernel: readonly number[]): number {
  let arrived = 0;
  for (const [lag, share] of kernel.entries()) {
    if (arrived + share >= 0.5) return lag + (0.5 - arrived) / share;
    arrived += share;
  }
  return kernel.length;
}
