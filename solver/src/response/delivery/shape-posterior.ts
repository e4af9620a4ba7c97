import { curveValue } from "../curve-families.ts";
import { type CountDays, type CountFit, fitCounts, logDeterminant, type Scatter } from "./count-regression.ts";
import { type DeliveryFamily, unitCurve } from "./shapes.ts";

/** One shape of a family with what the days say of it. */
export interface ShapeNode {
  readonly family: DeliveryFamily;
  readonly exponent: number;
  /** log(e / (1 - e)) of the elasticity over the exponent. */
  readonly steepness: number;
  /** What the node stands for around it, in steepness. */
  readonly width: number;
  readonly offset: Float64Array;
  readonly fit: CountFit;
  /** Up to a constant that all nodes of all families share. */
  readonly logDensity: number;
}

/**
 * Half-spend around twice the usual spend, 68 % within a factor of e. That is an elasticity of 2 / 3 where the exponent is 1, 68 %
 * between 0.42 and 0.84; of the other families the same elasticity is assumed.
 */
const PRIOR_STEEPNESS = Math.log(2);
const PRIOR_DEVIATION = 1;
/** Elasticity of 0.95 at most: beyond what was seen some saturation is assumed, however straight the line seen. */
const STEEPEST = 3;
const FLATTEST = -5;
const COARSE_STEP = 2;
const GOLDEN_STEPS = 12;
const CURVATURE_STEP = 0.05;
/** Nodes lie so many deviations apart, and so many of them on each side of the best one. */
const NODE_STEP = 0.6;
const NODES_OUT = 4;
const FEWEST_DEVIATION = 0.005;

/** A hill curve of exponent 1 is half of what is assumed of hill curves; the lower exponents share the other half. */
const HILL_EXPONENTS = [1, 0.9, 0.8, 0.7, 0.6, 0.5];
const FAMILIES: readonly DeliveryFamily[] = ["hill", "log", "power", "exp", "logistic"];

export interface DeliveryDays extends CountDays {
  /** Spend over the reference spend, positive. */
  readonly relativeSpend: Float64Array;
}

export const elasticityOf = ({ exponent, steepness }: Pick<ShapeNode, "exponent" | "steepness">): number =>
  exponent / (1 + Math.exp(-steepness));

/** The steepness of an elasticity; of one that the exponent does not allow, a steep one. */
function steepnessFor(elasticity: number, exponent: number): number {
  const open = elasticity / exponent;
  return open < 1 ? Math.min(STEEPEST, Math.max(FLATTEST, Math.log(open / (1 - open)))) : STEEPEST;
}

export function familiesOf(nodes: readonly ShapeNode[]): DeliveryFamily[] {
  return FAMILIES.filter((family) => nodes.some((node) => node.family === family));
}

/** The shapes that the days leave possible, by family, on a grid of steepness around each one's best. */
export function shapePosterior(days: DeliveryDays, scatter: Scatter, weights: Float64Array): ShapeNode[] {
  return FAMILIES.flatMap((family) => {
    const exponents = family === "hill" ? HILL_EXPONENTS : [1];
    let elasticity: number | null = null;
    return exponents.flatMap((exponent) => {
      const make = nodeMaker(days, scatter, weights, family, exponent);
      const best = bestSteepness(make, elasticity === null ? null : steepnessFor(elasticity, exponent));
      elasticity = elasticityOf({ exponent, steepness: best });
      return nodesAround(make, best);
    });
  });
}

/** The best shape of a coarse search: what the scatter of counts is measured around. */
export function roughFit(days: DeliveryDays, scatter: Scatter, weights: Float64Array): ShapeNode {
  return bestOf(coarseNodes(nodeMaker(days, scatter, weights, "hill", 1)));
}

/** The same shape without the days of weight 0: one step away from where it was with them. */
export function refitNode(days: DeliveryDays, scatter: Scatter, weights: Float64Array, node: ShapeNode): ShapeNode {
  const fit = fitCounts(days, node.offset, weights, scatter, node.fit.coefficients, 1);
  return { ...node, fit, logDensity: densityOf(node, fit) };
}

type MakeNode = (steepness: number, width: number) => ShapeNode;

function nodeMaker(
  days: DeliveryDays,
  scatter: Scatter,
  weights: Float64Array,
  family: DeliveryFamily,
  exponent: number,
): MakeNode {
  let start = startOf(days);
  return (steepness, width) => {
    const curve = unitCurve({ family, exponent, elasticity: elasticityOf({ exponent, steepness }) });
    const offset = days.relativeSpend.map((spend) => Math.log(Math.max(curveValue(curve, spend), Number.MIN_VALUE)));
    const fit = fitCounts(days, offset, weights, scatter, start);
    start = fit.coefficients;
    const node = { family, exponent, steepness, width, offset, fit };
    return { ...node, logDensity: densityOf(node, fit) };
  };
}

/** @param near where a like shape was best; null where nothing is known */
function bestSteepness(make: MakeNode, near: number | null): number {
  const rough = near ?? bestOf(coarseNodes(make)).steepness;
  const reach = near === null ? COARSE_STEP : COARSE_STEP / 2;
  const density = (steepness: number) => make(steepness, 0).logDensity;
  return highest(Math.max(FLATTEST, rough - reach), Math.min(STEEPEST, rough + reach), density);
}

function nodesAround(make: MakeNode, best: number): ShapeNode[] {
  const density = (steepness: number) => make(steepness, 0).logDensity;
  const bend = 2 * density(best) - density(best - CURVATURE_STEP) - density(best + CURVATURE_STEP);
  const wide = bend > 0 ? Math.min(PRIOR_DEVIATION, CURVATURE_STEP / Math.sqrt(bend)) : PRIOR_DEVIATION;
  const width = NODE_STEP * Math.max(FEWEST_DEVIATION, wide);
  return Array.from({ length: 2 * NODES_OUT + 1 }, (_, i) => best + (i - NODES_OUT) * width)
    .filter((steepness) => steepness <= STEEPEST && steepness >= FLATTEST)
    .map((steepness) => make(steepness, width));
}

function bestOf(nodes: readonly ShapeNode[]): ShapeNode {
  return nodes.reduce((best, node) => (node.logDensity > best.logDensity ? node : best));
}

function coarseNodes(make: MakeNode): ShapeNode[] {
  const count = (STEEPEST - FLATTEST) / COARSE_STEP + 1;
  return Array.from({ length: count }, (_, i) => make(FLATTEST + i * COARSE_STEP, COARSE_STEP));
}

/** Likelihood with the coefficients integrated out (Laplace), and what is assumed of the shape. */
function densityOf(
  { family, exponent, steepness }: Pick<ShapeNode, "family" | "exponent" | "steepness">,
  fit: CountFit,
) {
  const spread = logDeterminant(fit.factor, fit.coefficients.length);
  return fit.logPosterior - spread / 2 + logPriorOf(family, exponent) + logPriorOfSteepness(steepness, exponent);
}

function logPriorOf(family: DeliveryFamily, exponent: number): number {
  if (family !== "hill") return 0;
  return Math.log(exponent === 1 ? 0.5 : 0.5 / (HILL_EXPONENTS.length - 1));
}

/** Of a hill curve the steepness is exponent x log(half-spend). */
function logPriorOfSteepness(steepness: number, exponent: number): number {
  const distance = (steepness / exponent - PRIOR_STEEPNESS) / PRIOR_DEVIATION;
  return -(distance * distance) / 2 - Math.log(exponent);
}

function startOf({ counts, causes }: CountDays): Float64Array {
  const start = new Float64Array(causes.length);
  start[0] = Math.log(Math.max(counts.reduce((sum, each) => sum + each, 0) / counts.length, 0.1));
  return start;
}

/** The place of the largest value between two ends, for a function with one hill there. */
function highest(from: number, to: number, score: (at: number) => number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let atLeft = score(left);
  let atRight = score(right);
  for (let step = 0; step < GOLDEN_STEPS; step++) {
    if (atLeft >= atRight) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - ratio * (high - low);
      atLeft = score(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + ratio * (high - low);
      atRight = score(right);
    }
  }
  return (low + high) / 2;
}
