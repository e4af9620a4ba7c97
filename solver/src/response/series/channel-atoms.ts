import { drawNormal } from "../../draw-normal.ts";
import { type Curve, curveValue } from "../curve-families.ts";
import { adstock, type Kernel } from "./adstock.ts";
import { type Base, dotOf, leaveBase } from "./base.ts";
import type { SeriesChannel, SeriesFamily, SeriesTask } from "./series-task.ts";
import {
  chanceOfKind,
  drawKind,
  kernelOf,
  POINT_SIZE,
  raiseCurve,
  type Shape,
  saturationOf,
  usedNumbers,
} from "./shapes.ts";

/** One way in which a channel may work: its contribution by period at a return of 1 (it adds up to the spend). */
export interface Response {
  readonly shape: Shape;
  readonly kernel: Kernel;
  /** Over pressure. */
  readonly curve: Curve;
  readonly column: Float64Array;
}

/** The responses that are weighed against each other, as rows of matrices. */
export interface ChannelAtoms {
  readonly responses: readonly Response[];
  readonly families: readonly SeriesFamily[];
  /** Place of each response's family. */
  readonly family: Uint8Array;
  /** responses x rows: whitened, and what the base leaves of that. */
  readonly white: Float64Array;
  readonly left: Float64Array;
  /** Squared length of what the base leaves. */
  readonly length: Float64Array;
  /** Logarithm of the prior weight inside the family, which adds up to 1. */
  readonly logPrior: Float64Array;
}

/** A shape, with how much it stands for: its prior density over that of what it was drawn from. */
interface WeighedShape {
  readonly shape: Shape;
  readonly logWeight: number;
}

export interface WeighedResponse {
  readonly response: Response;
  readonly logWeight: number;
}

export function respondAll(
  task: SeriesTask,
  channel: SeriesChannel,
  shapes: readonly WeighedShape[],
): WeighedResponse[] {
  return shapes.map(({ shape, logWeight }) => ({ response: respond(task, channel, shape), logWeight }));
}

export function respond(
  { regions = 1, sizes, periodDays }: SeriesTask,
  { pressure, spend = pressure, receptiveness }: SeriesChannel,
  shape: Shape,
): Response {
  const periods = pressure.length / regions;
  const kernel = kernelOf(shape, periodDays, periods);
  const sizeAt = (t: number): number => sizes?.[Math.floor(t / periods)] ?? 1;
  const carried = adstock(pressure, kernel, regions);
  let active = 0;
  let sum = 0;
  for (let t = 0; t < pressure.length; t++) {
    if (pressure[t]! > 0) active++;
    sum += pressure[t]! / sizeAt(t);
  }
  const curve = saturationOf(shape, sum / Math.max(1, active));
  const column = carried.map((each, t) => (receptiveness?.[t] ?? 1) * sizeAt(t) * curveValue(curve, each / sizeAt(t)));
  const total = column.reduce((a, b) => a + b, 0);
  const factor = total > 0 ? spend.reduce((a, b) => a + b, 0) / total : 0;
  return { shape, kernel, curve: raiseCurve(curve, factor), column: column.map((each) => each * factor) };
}

export function drawPrior(family: SeriesFamily, count: number, random: () => number): WeighedShape[] {
  return Array.from({ length: count }, () => ({ shape: priorShape(family, random), logWeight: 0 }));
}

function priorShape(family: SeriesFamily, random: () => number): Shape {
  return { family, kind: drawKind(random), point: Array.from({ length: POINT_SIZE }, () => drawNormal(random)) };
}

export function arrangeAtoms(
  base: Base,
  weighed: readonly WeighedResponse[],
  families: readonly SeriesFamily[],
): ChannelAtoms {
  const { rows } = base;
  const responses = weighed.map(({ response }) => response);
  const white = new Float64Array(responses.length * rows);
  const left = new Float64Array(responses.length * rows);
  const length = new Float64Array(responses.length);
  responses.forEach(({ column }, i) => {
    const whitened = base.whiten(column);
    const rest = leaveBase(base, whitened);
    white.set(whitened, i * rows);
    left.set(rest, i * rows);
    length[i] = dotOf(whitened, rest);
  });
  const family = Uint8Array.from(responses, ({ shape }) => families.indexOf(shape.family));
  return { responses, families, family, white, left, length, logPrior: shareWeights(weighed, family, families.length) };
}

function shareWeights(shapes: readonly WeighedResponse[], family: Uint8Array, families: number): Float64Array {
  const sums = new Float64Array(families);
  shapes.forEach(({ logWeight }, i) => {
    sums[family[i]!]! += Math.exp(logWeight);
  });
  return Float64Array.from(shapes, ({ logWeight }, i) => logWeight - Math.log(sums[family[i]!]!));
}

/** Part of the new shapes that come from the prior again. */
const ANEW = 0.2;
const SAME_KIND = 0.85;
const LEAST_WIDTH = 0.08;
const MOST_PARENTS = 50;

/**
 * New shapes of a family around those that the series spoke for, weighed so that they still stand for the prior.
 * @param mass how much the series spoke for each of the atoms
 */
export function refineShapes(
  atoms: ChannelAtoms,
  mass: Float64Array,
  family: SeriesFamily,
  count: number,
  random: () => number,
): WeighedShape[] {
  const place = atoms.families.indexOf(family);
  const parents = atoms.responses
    .flatMap(({ shape }, i) => (atoms.family[i] === place && mass[i]! > 0 ? [{ shape, mass: mass[i]! }] : []))
    .sort((a, b) => b.mass - a.mass)
    .slice(0, MOST_PARENTS);
  const total = parents.reduce((sum, each) => sum + each.mass, 0);
  if (!(total > 0)) return drawPrior(family, count, random);
  const weights = parents.map((each) => each.mass / total);
  const widths = widthsOf(parents, weights);
  return Array.from({ length: count }, () => {
    const shape = random() < ANEW ? priorShape(family, random) : near(parents, weights, widths, random);
    return { shape, logWeight: logPriorOf(shape) - logProposalOf(shape, parents, weights, widths) };
  });
}

interface Parent {
  readonly shape: Shape;
}

function near(parents: readonly Parent[], weights: readonly number[], widths: Float64Array, random: () => number) {
  let left = random();
  const at = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  const { shape } = parents[at < 0 ? 0 : at]!;
  const kind = random() < SAME_KIND ? shape.kind : drawKind(random);
  return { ...shape, kind, point: shape.point.map((each, d) => each + widths[d]! * drawNormal(random)) };
}

/** Silverman's rule, by number of the point. */
function widthsOf(parents: readonly Parent[], weights: readonly number[]): Float64Array {
  const effective = 1 / weights.reduce((sum, weight) => sum + weight * weight, 0);
  const shrink = Math.max(1, effective) ** -0.14;
  return Float64Array.from({ length: POINT_SIZE }, (_, d) => {
    const mean = weights.reduce((sum, weight, i) => sum + weight * parents[i]!.shape.point[d]!, 0);
    const variance = weights.reduce((sum, weight, i) => sum + weight * (parents[i]!.shape.point[d]! - mean) ** 2, 0);
    // One parent alone says nothing of how far its like may lie.
    return Math.max(LEAST_WIDTH, shrink * Math.sqrt(variance) + 0.5 / effective);
  });
}

function logPriorOf(shape: Shape): number {
  return usedNumbers(shape).reduce(
    (sum, d) => sum + logNormal(shape.point[d]!, 0, 1),
    Math.log(chanceOfKind(shape.kind)),
  );
}

function logProposalOf(shape: Shape, parents: readonly Parent[], weights: readonly number[], widths: Float64Array) {
  const used = usedNumbers(shape);
  let density = 0;
  parents.forEach((parent, i) => {
    const ofKind = (1 - SAME_KIND) * chanceOfKind(shape.kind) + (parent.shape.kind === shape.kind ? SAME_KIND : 0);
    const log = used.reduce((sum, d) => sum + logNormal(shape.point[d]!, parent.shape.point[d]!, widths[d]!), 0);
    density += weights[i]! * ofKind * Math.exp(log);
  });
  return Math.log((1 - ANEW) * density + ANEW * Math.exp(logPriorOf(shape)));
}

function logNormal(value: number, mean: number, deviation: number): number {
  const z = (value - mean) / deviation;
  return -0.5 * z * z - Math.log(deviation) - 0.9189385332046727;
}
