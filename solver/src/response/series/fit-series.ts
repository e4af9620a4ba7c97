import { ModelError } from "../../model-error.ts";
import { type Base, type WeighedBase, weighBases, withoutKnown } from "./base.ts";
import { arrangeAtoms, drawPrior, refineShapes, respond, respondAll, type WeighedResponse } from "./channel-atoms.ts";
import { type Chain, type ChainGroup, concludeSeries } from "./conclude-series.ts";
import { heldOutDensity, prepareStretches, weighByHeldOut } from "./held-out.ts";
import { ReturnsPrior, usualReturn } from "./returns-prior.ts";
import { beginState, type Sampler, type SeriesState, sweep } from "./sample-series.ts";
import { SERIES_FAMILIES, type SeriesFit, type SeriesTask } from "./series-task.ts";

/** Shapes that are weighed against each other, of each family. */
const SHAPES = 60;
/** Noise and drift of so many kinds, each with so many chains. */
const BASES = 5;
const CHAINS = 2;
const REFINEMENTS = 2;
const PILOT_SWEEPS = 100;
const WEIGHING_SWEEPS = 500;
const WARM_UP = 25;
const DRAWS = 800;

/**
 * Marketing-mix regression on a daily or weekly series: what each channel contributed, with carry-over and saturation. Returns are
 * positive and thought to be alike; the family of the saturation is averaged over by how well it foretells stretches
 * that were left out, because fit alone cannot tell families apart.
 * @throws ModelError when the series cannot be what it claims to be
 */
export function fitSeries(task: SeriesTask): SeriesFit {
  requireSense(task);
  const { channels, random, families = SERIES_FAMILIES, draws = DRAWS } = task;
  const usual = channels.map(
    (channel) => respond(task, channel, { family: "exp", kind: "geometric", point: [0, 0, 0, 0] }).column,
  );
  const bases = weighBases(task, usual);
  const base = bases[0]!.base;
  const known = withoutKnown(task);
  const returns = new ReturnsPrior(task.knownReturns ?? [], usualReturnOf(task));
  const bias = new Float64Array(channels.length * families.length);
  const samplerOf = (of: Base, responses: readonly (readonly WeighedResponse[])[]): Sampler => ({
    ...{ base: of, outcome: of.whiten(known), returns, bias, random },
    tested: channels.map(({ tested }) => tested ?? null),
    channels: responses.map((ofChannel) => arrangeAtoms(of, ofChannel, families)),
  });
  let responses = channels.map((channel) =>
    respondAll(
      task,
      channel,
      families.flatMap((family) => drawPrior(family, SHAPES, random)),
    ),
  );
  for (let round = 0; round < REFINEMENTS; round++) {
    const sampler = samplerOf(base, responses);
    const mass = weighAtoms(sampler);
    responses = sampler.channels.map((atoms, i) => {
      const shapes = families.flatMap((family) => refineShapes(atoms, mass[i]!, family, SHAPES, random));
      return respondAll(task, channels[i]!, shapes);
    });
  }
  const weights = weighFamilies(samplerOf(base, responses));
  const share = Math.ceil(draws / (BASES * CHAINS));
  const groups = pickBases(bases, BASES, random).map((of): ChainGroup => {
    const sampler = samplerOf(of, responses);
    return {
      base: of,
      atoms: sampler.channels,
      chains: Array.from({ length: CHAINS }, () => runChain(sampler, share)),
    };
  });
  return concludeSeries({ task, groups, weights, priorDeviation: returns.deviation(random) });
}

/** Systematic sampling: a base of a quarter of the weight is taken once in four. */
function pickBases(bases: readonly WeighedBase[], count: number, random: () => number): Base[] {
  const start = random();
  let sum = 0;
  return bases.flatMap(({ base, weight }) => {
    const before = Math.floor(sum * count + start);
    sum += weight;
    return new Array<Base>(Math.floor(sum * count + start) - before).fill(base);
  });
}

function requireSense({ outcome, channels, controls, known = [], scatter, regions = 1 }: SeriesTask): void {
  const all = [
    outcome,
    ...controls,
    ...known.map(({ expected }) => expected),
    ...(scatter === undefined ? [] : [scatter]),
  ];
  const series = [...all, ...channels.flatMap(({ pressure, spend = pressure }) => [pressure, spend])];
  if (series.some((each) => each.length !== outcome.length || each.some((value) => !Number.isFinite(value))))
    throw new ModelError("every series must be as long as the outcome, and made of finite numbers");
  if (outcome.length % regions !== 0) throw new ModelError("every region must have the same periods");
  if (outcome.length < FEWEST_PERIODS)
    throw new ModelError(`a series of ${outcome.length} periods says too little: ${FEWEST_PERIODS} are needed`);
  if (outcome.every((each) => each === outcome[0])) throw new ModelError("a series that never changes says nothing");
  for (const { channel, pressure, spend = pressure } of channels) {
    if (pressure.some((each) => each < 0) || !spend.some((each) => each > 0) || !pressure.some((each) => each > 0))
      throw new ModelError(`the channel "${channel}" needs spend, and none of it negative`);
  }
}

const FEWEST_PERIODS = 40;

/** What a channel with the average spend returns where it makes up the usual part of the outcome. */
function usualReturnOf({ outcome, channels }: SeriesTask): number {
  const sold = outcome.reduce((sum, each) => sum + Math.abs(each), 0);
  const spends = channels.map(({ pressure, spend = pressure }) => Math.log(spend.reduce((a, b) => a + b, 0)));
  return usualReturn(sold, Math.exp(spends.reduce((a, b) => a + b, 0) / spends.length));
}

/** How much the series speaks for each atom, with every family visited as often as the others. */
function weighAtoms(sampler: Sampler): Float64Array[] {
  const mass = sampler.channels.map(({ length }) => new Float64Array(length.length));
  const state = beginState(sampler);
  for (let at = 0; at < PILOT_SWEEPS; at++) {
    sweep(sampler, state, {
      weighed: (channel, chances) => {
        evenOut(sampler, channel, chances, 4 / (4 + at));
        if (at < PILOT_SWEEPS / 4) return;
        chances.forEach((chance, a) => {
          mass[channel]![a]! += chance;
        });
      },
    });
  }
  return mass;
}

/** Moves a family's bias against how likely it is now. Source: Liang, Liu and Carroll 2007. */
function evenOut({ channels, bias }: Sampler, channel: number, chances: Float64Array, step: number): void {
  const { families, family } = channels[channel]!;
  const shares = new Float64Array(families.length);
  chances.forEach((chance, a) => {
    shares[family[a]!]! += chance;
  });
  shares.forEach((share, f) => {
    bias[channel * families.length + f]! -= 2 * step * (share - 1 / families.length);
  });
}

/** Weighs the families of each channel by what they foretell, and sets the sampler's bias so that they are visited so often. */
function weighFamilies(sampler: Sampler): Float64Array[] {
  const { channels, base, bias, random } = sampler;
  const families = channels[0]!.families.length;
  if (families === 1) return channels.map(() => Float64Array.of(1));
  const stretches = prepareStretches(base);
  const seen = channels.map(() => Array.from({ length: families }, (): Float64Array[] => []));
  const state = beginState(sampler);
  for (let at = -WARM_UP; at < WEIGHING_SWEEPS; at++) {
    const step = at < 0 ? 1 / 4 : 1 / (4 + at / 8);
    sweep(sampler, state, { weighed: (channel, chances) => evenOut(sampler, channel, chances, step) });
    if (at < 0) continue;
    const logs = stretches.foretell(state.rest, state.variance);
    channels.forEach(({ family }, i) => {
      seen[i]![family[state.atom[i]!]!]!.push(logs);
    });
  }
  return seen.map((byFamily, i) => {
    const isSeen = byFamily.every((logs) => logs.length >= FEWEST_VISITS);
    if (!isSeen) return new Float64Array(families).fill(1 / families);
    const densities = byFamily.map((logs) =>
      Float64Array.from({ length: stretches.count }, (_, b) => heldOutDensity(logs.map((each) => each[b]!))),
    );
    const weights = weighByHeldOut(densities, random);
    weights.forEach((weight, f) => {
      bias[i * families + f]! += Math.log(Math.max(weight, 1e-4));
    });
    return weights;
  });
}

const FEWEST_VISITS = 15;

function runChain(sampler: Sampler, draws: number): Chain {
  const { channels, base } = sampler;
  const n = channels.length;
  const chain: Chain = {
    atom: new Int32Array(draws * n),
    logReturn: new Float64Array(draws * n),
    variance: new Float64Array(draws),
    rest: new Float64Array(base.rows),
  };
  const state: SeriesState = beginState(sampler);
  for (let at = -WARM_UP; at < draws; at++) {
    sweep(sampler, state);
    if (at < 0) continue;
    chain.atom.set(state.atom, at * n);
    chain.logReturn.set(state.logReturn, at * n);
    chain.variance[at] = state.variance;
    for (let t = 0; t < base.rows; t++) chain.rest[t]! += state.rest[t]!;
  }
  return chain;
}
