import { quantile } from "../../quantile.ts";
import { scaleCurve } from "../curve-families.ts";
import { type Base, deviationOf, leaveBase } from "./base.ts";
import type { ChannelAtoms, Response } from "./channel-atoms.ts";
import type { SeriesChannelFit, SeriesFamily, SeriesFit, SeriesTask } from "./series-task.ts";
import { raiseCurve } from "./shapes.ts";

/** What a chain kept: draws x channels. */
export interface Chain {
  readonly atom: Int32Array;
  readonly logReturn: Float64Array;
  readonly variance: Float64Array;
  /** Sum of the rests. */
  readonly rest: Float64Array;
}

/** Chains that agree on noise and drift. */
export interface ChainGroup {
  readonly base: Base;
  readonly atoms: readonly ChannelAtoms[];
  readonly chains: readonly Chain[];
}

export interface Sampled {
  readonly task: SeriesTask;
  readonly groups: readonly ChainGroup[];
  /** By channel, of its families. */
  readonly weights: readonly Float64Array[];
  /** Of the logarithm of a return, before the series. */
  readonly priorDeviation: number;
}

/** The logarithm of a return is as little known as this part of what was known before, or less: it is not identified. */
const IGNORANT = 0.5;

export function concludeSeries(sampled: Sampled): SeriesFit {
  const { task, groups } = sampled;
  const { channels, level = 0.9 } = task;
  const rows = task.outcome.length;
  const picks = channels.map((_, i) => picksOf(groups, i, channels.length));
  const draws = picks[0]!.length;
  const drawn = new Float32Array(draws * channels.length * rows);
  picks.forEach((ofChannel, i) => {
    ofChannel.forEach(({ response: { column }, amount }, draw) => {
      const from = (draw * channels.length + i) * rows;
      for (let t = 0; t < rows; t++) drawn[from + t] = amount * column[t]!;
    });
  });
  const deviations = groups.flatMap(({ chains, base: { noise } }) =>
    chains.flatMap(({ variance }) => Array.from(variance, (each) => Math.sqrt(each * (1 + noise.variance)))),
  );
  return {
    channels: channels.map((_, i) => concludeChannel(sampled, i, picks[i]!, level)),
    ...{ level, draws, drawn, noise: sum(deviations) / draws, base: meanBase(task, groups) },
  };
}

/** A channel's response in one draw. */
interface Pick {
  readonly response: Response;
  /** Its return. */
  readonly amount: number;
}

function picksOf(groups: readonly ChainGroup[], i: number, channels: number): Pick[] {
  return groups.flatMap(({ atoms, chains }) =>
    chains.flatMap(({ atom, logReturn, variance }) =>
      Array.from(variance, (_, at) => ({
        response: atoms[i]!.responses[atom[at * channels + i]!]!,
        amount: Math.exp(logReturn[at * channels + i]!),
      })),
    ),
  );
}

/** Mean of what the base makes of the outcome, whitened no more, with what is known. */
function meanBase({ known = [], outcome }: SeriesTask, groups: readonly ChainGroup[]): Float64Array {
  const mean = new Float64Array(outcome.length);
  for (const { base, chains } of groups) {
    const draws = chains.reduce((total, { variance }) => total + variance.length, 0);
    const rest = new Float64Array(base.rows);
    for (const chain of chains) for (let t = 0; t < base.rows; t++) rest[t]! += chain.rest[t]! / draws;
    const left = leaveBase(base, rest);
    const fitted = base.unwhiten(rest.map((each, t) => each - left[t]!));
    for (let t = 0; t < base.rows; t++) mean[t]! += fitted[t]! / groups.length;
  }
  for (const { expected } of known) for (let t = 0; t < mean.length; t++) mean[t]! += expected[t]!;
  return mean;
}

function concludeChannel(
  { task, groups, weights, priorDeviation }: Sampled,
  i: number,
  picks: readonly Pick[],
  level: number,
): SeriesChannelFit {
  const { channels, sizes, regions = 1 } = task;
  const { channel, pressure, spend = pressure } = channels[i]!;
  const { families } = groups[0]!.atoms[i]!;
  const money = sum(spend);
  const totals = Float64Array.from(picks, ({ amount }) => amount * money);
  const byPeriod = new Float64Array(pressure.length);
  for (const { response, amount } of picks) {
    for (let t = 0; t < byPeriod.length; t++) byPeriod[t]! += (amount / picks.length) * response.column[t]!;
  }
  const size = sizes === undefined ? regions : sum(sizes);
  const perMoney = sum(pressure) / money;
  const ignorance = deviationOf(Float64Array.from(picks, ({ amount }) => Math.log(amount))) / priorDeviation;
  const rHats = groups.map(({ chains }) =>
    splitRHat(chains.map(({ logReturn }) => logReturn.filter((_, at) => at % channels.length === i))),
  );
  return {
    channel,
    contribution: {
      mean: sum(totals) / totals.length,
      median: quantile(totals, 0.5),
      low: quantile(totals, (1 - level) / 2),
      high: quantile(totals, (1 + level) / 2),
    },
    ...{ byPeriod, totals, ignorance, isIdentified: ignorance < IGNORANT },
    curves: picks.map(({ response, amount }) =>
      scaleCurve(raiseCurve(response.curve, amount), perMoney / size, 1 / size),
    ),
    kernels: picks.map(({ response }) => response.kernel),
    families: Object.fromEntries(families.map((family, f): [SeriesFamily, number] => [family, weights[i]![f]!])),
    rHat: sum(rHats) / rHats.length,
  };
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const each of values) total += each;
  return total;
};

/** How far chains, each cut in two, differ beyond what they do inside. Source: Gelman et al., Bayesian Data Analysis, 3rd edition. */
function splitRHat(chains: readonly Float64Array[]): number {
  const halves = chains.flatMap((chain) => {
    const half = Math.floor(chain.length / 2);
    return [chain.subarray(0, half), chain.subarray(half, 2 * half)];
  });
  const length = halves[0]!.length;
  const means = Float64Array.from(halves, (half) => sum(half) / length);
  const within = sum(halves.map((half) => (deviationOf(half) ** 2 * length) / (length - 1))) / halves.length;
  const between = (deviationOf(means) ** 2 * halves.length) / (halves.length - 1);
  return within > 0 ? Math.sqrt((length - 1) / length + between / within) : 1;
}
