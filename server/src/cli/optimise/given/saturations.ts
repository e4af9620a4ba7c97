import type { Curve } from "@touchline/solver";

/** A family of saturation as PyMC-Marketing has it: its parameters, and the curve at a scale of 1. */
interface Saturation {
  readonly parameters: readonly string[];
  readonly curve: (parameters: Readonly<Record<string, number>>) => Curve;
}

/**
 * Saturations of PyMC-Marketing that are one of our families:
 *
 *     logistic                  beta (1 - e^(-lam x)) / (1 + e^(-lam x))
 *     inverse_scaled_logistic   the same with ln 3 / lam in the place of lam
 *     michaelis_menten          alpha x / (lam + x)
 *     hill                      beta x^slope / (kappa^slope + x^slope)
 *     tanh                      beta b tanh(x / (b c)), and without beta in older versions
 *     root                      beta x^alpha
 */
export const SATURATIONS: Readonly<Record<string, Saturation>> = {
  logistic: {
    parameters: ["lam", "beta"],
    curve: ({ lam, beta }) => ({ type: "logistic", a: beta!, lam: lam! }),
  },
  inverse_scaled_logistic: {
    parameters: ["lam", "beta"],
    curve: ({ lam, beta }) => ({ type: "logistic", a: beta!, lam: Math.log(3) / lam! }),
  },
  michaelis_menten: {
    parameters: ["alpha", "lam"],
    curve: ({ alpha, lam }) => ({ type: "hill", beta: alpha!, k: lam!, s: 1 }),
  },
  hill: {
    parameters: ["slope", "kappa", "beta"],
    curve: ({ slope, kappa, beta }) => ({ type: "hill", beta: beta!, k: kappa!, s: slope! }),
  },
  tanh: {
    parameters: ["b", "c"],
    curve: ({ b, c, beta = 1 }) => ({ type: "logistic", a: beta * b!, lam: 2 / (b! * c!) }),
  },
  root: {
    parameters: ["alpha", "beta"],
    curve: ({ alpha, beta }) => ({ type: "power", a: beta!, p: alpha! }),
  },
};

/** The first family whose parameters are all there: the order is that of how often they are used. */
export function guessSaturation(parameters: readonly string[]): string | null {
  const has = (names: readonly string[]) => names.every((name) => parameters.includes(name));
  const order = ["hill", "tanh", "logistic", "michaelis_menten", "root"];
  return order.find((name) => has(SATURATIONS[name]!.parameters)) ?? null;
}
