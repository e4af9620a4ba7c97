import type { Random } from "../../../server/src/random.ts";
import { between } from "./draws.ts";

/**
 * How long after a touch the conversions come that it causes, in seconds. Three families with a known median:
 * exponential; Weibull, with a heavier or lighter tail; gamma of shape 2, which rises before it falls.
 */
export interface Lag {
  draw(random: Random): number;
  /** Share of conversions that come within so many seconds. */
  within(seconds: number): number;
}

const GAMMA_2_MEDIAN = 1.6783469900166605;

export function exponentialLag(halfLife: number): Lag {
  return weibullLag(halfLife, 1);
}

function weibullLag(halfLife: number, shape: number): Lag {
  const scale = halfLife / Math.LN2 ** (1 / shape);
  return {
    draw: (random) => scale * (-Math.log(random.uniform())) ** (1 / shape),
    within: (seconds) => (seconds <= 0 ? 0 : 1 - Math.exp(-((seconds / scale) ** shape))),
  };
}

function gammaLag(halfLife: number): Lag {
  const scale = halfLife / GAMMA_2_MEDIAN;
  return {
    draw: (random) => -scale * Math.log(random.uniform() * random.uniform()),
    within: (seconds) => (seconds <= 0 ? 0 : 1 - (1 + seconds / scale) * Math.exp(-seconds / scale)),
  };
}

export function drawLag(random: Random, halfLife: number): Lag {
  const kind = random.uniform();
  if (kind < 0.7) return exponentialLag(halfLife);
  return kind < 0.85 ? weibullLag(halfLife, between(random, 0.6, 1.4)) : gammaLag(halfLife);
}
