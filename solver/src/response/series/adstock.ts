/**
 * How the effect of spend is spread over the periods after it: weight l is what arrives l periods later. Kernels that are
 * normalised add up to 1, so that a constant spend is its own adstock and a curve over adstock is a curve over steady spend.
 * Sources of the forms: Broadbent 1979 (geometric), Jin et al. 2017 (delayed), Weibull lifetimes as Robyn takes them, and the binomial
 * window that Meridian offers.
 */
export type Kernel = Float64Array;

/** alpha^l: falls from the first period. */
export function geometricKernel(alpha: number, periods: number): Kernel {
  return Float64Array.from({ length: periods }, (_, lag) => alpha ** lag);
}

/** alpha^((l - peak)^2): rises to the period `peak` first. */
export function delayedKernel(alpha: number, peak: number, periods: number): Kernel {
  return Float64Array.from({ length: periods }, (_, lag) => alpha ** ((lag - peak) ** 2));
}

/** (1 - l / periods)^(1 / alpha - 1): falls to 0 at the end of the window. */
export function binomialKernel(alpha: number, periods: number): Kernel {
  return Float64Array.from({ length: periods }, (_, lag) => (1 - lag / periods) ** (1 / alpha - 1));
}

/** What is left after each period where the chance of ending by period l is Weibull: a falling kernel that begins with 1. */
export function weibullSurvivalKernel(shape: number, scale: number, periods: number): Kernel {
  const kernel = new Float64Array(periods);
  let left = 1;
  for (let lag = 0; lag < periods; lag++) {
    if (lag > 0) left *= Math.exp(-((lag / scale) ** shape));
    kernel[lag] = left;
  }
  return kernel;
}

/** The Weibull density at l + 1, stretched to lie between 0 and 1: rises first for shapes above 1. */
export function weibullDensityKernel(shape: number, scale: number, periods: number): Kernel {
  const density = Float64Array.from({ length: periods }, (_, lag) => {
    const x = (lag + 1) / scale;
    return x ** (shape - 1) * Math.exp(-(x ** shape));
  });
  const least = density.reduce((a, b) => Math.min(a, b));
  const most = density.reduce((a, b) => Math.max(a, b));
  return most > least ? density.map((each) => (each - least) / (most - least)) : density.fill(1);
}

/** The part of a Weibull lifetime that lies in each period. */
export function weibullMassKernel(shape: number, scale: number, periods: number): Kernel {
  return Float64Array.from(
    { length: periods },
    (_, lag) => Math.exp(-((lag / scale) ** shape)) - Math.exp(-(((lag + 1) / scale) ** shape)),
  );
}

/** The periods of a Weibull's scale that Robyn derives from a share of the window: the nearest whole one of that quantile. */
export function weibullScaleOf(share: number, periods: number): number {
  const exact = 1 + share * (periods - 1);
  const below = Math.floor(exact);
  const part = exact - below;
  if (part === 0.5) return below % 2 === 0 ? below : below + 1;
  return Math.round(exact);
}

export function normalised(kernel: Kernel): Kernel {
  const sum = kernel.reduce((a, b) => a + b, 0);
  return kernel.map((each) => each / sum);
}

/**
 * Spend carried over: every period's sum of earlier spend, weighted by its age. Before the series there was none.
 * @param regions the series is so many of equal length, one after another; nothing is carried from one to the next
 * Law: linear in the spend; a normalised kernel keeps the sum of what has time to arrive.
 */
export function adstock(spend: ArrayLike<number>, kernel: Kernel, regions = 1): Float64Array {
  const carried = new Float64Array(spend.length);
  const periods = spend.length / regions;
  for (let at = 0; at < spend.length; at++) {
    const amount = spend[at]!;
    if (amount === 0) continue;
    const end = (Math.floor(at / periods) + 1) * periods;
    const lags = Math.min(kernel.length, end - at);
    for (let lag = 0; lag < lags; lag++) carried[at + lag]! += amount * kernel[lag]!;
  }
  return carried;
}
