import { drawNormal } from "../../draw-normal.ts";
import { deviationOf } from "./base.ts";
import type { KnownReturn } from "./series-task.ts";

/** What the returns of channels have in common: logarithms scatter around a centre. */
export interface CommonReturn {
  readonly centre: number;
  readonly spread: number;
}

/** Before any return is known: a channel brings some such part of the outcome, give or take a factor of five. */
const USUAL_SHARE = 0.06;
const CENTRE_DEVIATION = 1.2;
const KNOWN_CENTRE_DEVIATION = 3;

/** Spreads that are thought possible, and how likely they are. */
const SPREADS = [0.25, 0.4, 0.6, 0.85, 1.2, 1.7];
const CHANCES = [0.1, 0.2, 0.27, 0.23, 0.14, 0.06];

/** The prior of logarithms of returns, shared by channels that are known and channels that are not. */
export class ReturnsPrior {
  readonly #known: readonly KnownReturn[];
  readonly #usual: number;
  readonly #doubt: number;

  /** @param usual logarithm of the return that makes up the usual share of the outcome */
  constructor(known: readonly KnownReturn[], usual: number) {
    this.#known = known;
    this.#usual = known.length === 0 ? usual : known.reduce((sum, { logReturn }) => sum + logReturn, 0) / known.length;
    this.#doubt = known.length === 0 ? CENTRE_DEVIATION : KNOWN_CENTRE_DEVIATION;
  }

  get first(): CommonReturn {
    return { centre: this.#usual, spread: 0.8 };
  }

  /** Draws centre and spread, given the unknown returns as they are. */
  draw(logReturns: ArrayLike<number>, { spread }: CommonReturn, random: () => number): CommonReturn {
    const seen = [
      ...this.#known.map(({ logReturn, deviation }) => ({ value: logReturn, error: deviation })),
      ...Array.from(logReturns, (value) => ({ value, error: 0 })),
    ];
    let precision = 1 / this.#doubt ** 2;
    let sum = this.#usual * precision;
    for (const { value, error } of seen) {
      const weight = 1 / (spread * spread + error * error);
      precision += weight;
      sum += weight * value;
    }
    const centre = sum / precision + drawNormal(random) / Math.sqrt(precision);
    const logs = SPREADS.map((each, i) =>
      seen.reduce((log, { value, error }) => {
        const variance = each * each + error * error;
        return log - 0.5 * Math.log(variance) - (0.5 * (value - centre) ** 2) / variance;
      }, Math.log(CHANCES[i]!)),
    );
    return { centre, spread: SPREADS[pickByLog(logs, random)]! };
  }

  /** Deviation of the logarithm of an unknown return before the series. */
  deviation(random: () => number): number {
    let common = this.first;
    const drawn = new Float64Array(600);
    for (let sweep = -100; sweep < drawn.length; sweep++) {
      const unknown = common.centre + common.spread * drawNormal(random);
      if (sweep >= 0) drawn[sweep] = unknown;
      common = this.draw([unknown], common, random);
    }
    return deviationOf(drawn);
  }
}

/** What is thought of one return: what all have in common, and what tests found of this one. Both are normal, and so is their product. */
export function withTest({ centre, spread }: CommonReturn, tested: KnownReturn | null): CommonReturn {
  if (tested === null) return { centre, spread };
  const common = 1 / spread ** 2;
  const own = 1 / tested.deviation ** 2;
  return { centre: (common * centre + own * tested.logReturn) / (common + own), spread: 1 / Math.sqrt(common + own) };
}

export const usualReturn = (outcome: number, spend: number): number => Math.log((USUAL_SHARE * outcome) / spend);

/** A place, with chances in proportion to the exponentials. */
export function pickByLog(logs: readonly number[], random: () => number): number {
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  let left = random() * weights.reduce((a, b) => a + b, 0);
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return weights.length - 1;
}
