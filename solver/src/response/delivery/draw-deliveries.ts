import { drawNormal } from "../../draw-normal.ts";
import { drawCoefficients } from "./count-regression.ts";
import { softmax } from "./family-weights.ts";
import { elasticityOf, type ShapeNode } from "./shape-posterior.ts";
import { boundPower, type DeliveryFamily, type DeliveryShape } from "./shapes.ts";

export interface DrawOptions {
  readonly draws: number;
  /** Uniform in [0, 1): the same sequence gives the same draws. */
  readonly random: () => number;
}

/** What a day's spend delivers in an ordinary time, at what media cost in the last weeks. */
export interface DrawnDelivery {
  readonly shape: DeliveryShape;
  /** Delivered a day at the reference spend. */
  readonly level: number;
}

/** Half-spend of what never saturated, over how far spend was seen. */
const BEYOND_SIGHT = { centre: Math.log(2), deviation: 0.5 };

/**
 * Families by their weight, shapes by their density, and the level around its fit.
 * @param sight how far spend was seen, over the reference
 */
export function drawDeliveries(
  nodes: readonly ShapeNode[],
  weights: ReadonlyMap<DeliveryFamily, number>,
  sight: number,
  { draws, random }: DrawOptions,
): DrawnDelivery[] {
  const pools = [...weights].map(([family, weight]) => {
    const own = nodes.filter((node) => node.family === family);
    return { own, weight, shares: softmax(own.map(({ logDensity, width }) => logDensity + Math.log(width))) };
  });
  const counts = pools.map(({ weight }) => weight);
  return Array.from({ length: draws }, (): DrawnDelivery => {
    const { own, shares } = pools[pickIndex(counts, random())]!;
    const node = own[pickIndex(shares, random())]!;
    const steepness = node.steepness + (random() - 0.5) * node.width;
    const level = Math.exp(drawCoefficients(node.fit, () => drawNormal(random))[0]!);
    const { family, exponent } = node;
    const shape = { family, exponent, elasticity: elasticityOf({ exponent, steepness }) };
    return { shape: family === "power" ? boundPower(shape, sight * drawBound(random)) : shape, level };
  });
}

function drawBound(random: () => number): number {
  return Math.exp(BEYOND_SIGHT.centre + BEYOND_SIGHT.deviation * drawNormal(random));
}

function pickIndex(shares: readonly number[], at: number): number {
  let left = at;
  for (let i = 0; i < shares.length - 1; i++) {
    left -= shares[i]!;
    if (left < 0) return i;
  }
  return shares.length - 1;
}
