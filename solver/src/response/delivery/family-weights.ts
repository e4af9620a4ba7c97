import { heldOutLikelihood, type Scatter } from "./count-regression.ts";
import type { DeliveryDays } from "./shape-posterior.ts";
import { familiesOf, refitNode, type ShapeNode } from "./shape-posterior.ts";
import type { DeliveryFamily } from "./shapes.ts";

const FOLDS = 8;
/** Nodes whose density is lower than the family's best by more than this say nothing. */
const NEGLIGIBLE = 2;
const RESAMPLES = 200;

/**
 * How far each family is to be believed: by how well it foretells stretches of days that it was not fitted on. Fit alone cannot
 * tell families apart, and a small difference in foretelling may be luck: the stretches are weighed at random again and again, and
 * the weights averaged over that.
 * Source: Yao et al. 2018, pseudo-BMA with Bayesian bootstrap.
 * @returns one weight a family that has nodes; they add up to 1
 */
export function familyWeights(
  days: DeliveryDays,
  scatter: Scatter,
  nodes: readonly ShapeNode[],
  random: () => number,
): Map<DeliveryFamily, number> {
  const families = familiesOf(nodes);
  const foretold = families.map((family) =>
    foretell(
      days,
      scatter,
      nodes.filter((node) => node.family === family),
    ),
  );
  const folds = foretold[0]!.length;
  const weights = new Float64Array(families.length);
  for (let sample = 0; sample < RESAMPLES; sample++) {
    const shares = Array.from({ length: folds }, () => -Math.log(1 - random()));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const scores = foretold.map((by) =>
      by.reduce((sum, each, fold) => sum + (each * shares[fold]! * folds) / total, 0),
    );
    for (const [family, weight] of softmax(scores).entries()) weights[family]! += weight / RESAMPLES;
  }
  return new Map(families.map((family, i) => [family, weights[i]!]));
}

/** Log-density of each held-out stretch under a family fitted on the other days. */
function foretell(days: DeliveryDays, scatter: Scatter, nodes: readonly ShapeNode[]): number[] {
  const best = Math.max(...nodes.map(({ logDensity }) => logDensity));
  const likely = nodes.filter(({ logDensity }) => logDensity > best - NEGLIGIBLE);
  const count = days.counts.length;
  const folds = Math.min(FOLDS, count);
  return Array.from({ length: folds }, (_, fold) => {
    const from = Math.floor((fold * count) / folds);
    const to = Math.floor(((fold + 1) * count) / folds);
    const weights = days.counts.map((_, day) => (day >= from && day < to ? 0 : 1));
    const refitted = likely.map((node) => refitNode(days, scatter, weights, node));
    const shares = softmax(refitted.map(({ logDensity, width }) => logDensity + Math.log(width)));
    return logOfSum(
      refitted.map(
        (node, i) => Math.log(shares[i]!) + heldOutLikelihood(days, node.offset, weights, scatter, node.fit),
      ),
    );
  });
}

export function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - most));
  const total = raised.reduce((sum, each) => sum + each, 0);
  return raised.map((each) => each / total);
}

function logOfSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, each) => sum + Math.exp(each - most), 0));
}
