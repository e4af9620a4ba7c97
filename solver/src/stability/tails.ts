/** Natural logarithm of the gamma function. Lanczos' approximation, good to 1e-13 for positive arguments. */
export function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const at = x - 1;
  const series = coefficients.reduce((sum, each, i) => sum + each / (at + i + 1), 0.9999999999998099);
  const t = at + coefficients.length - 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(series);
}

const MOST_TERMS = 10_000;
const DIGITS = 1e-14;

/** P(X <= x) of a gamma variable of this shape and scale 1: the regularised incomplete gamma function. */
export function gammaBelow(shape: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let n = 1; n < MOST_TERMS && term > sum * DIGITS; n++) {
      term *= x / (shape + n);
      sum += term;
    }
    return Math.min(1, front * sum);
  }
  // Lentz's continued fraction for the other tail.
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) < DIGITS) break;
  }
  return Math.max(0, 1 - front * fraction);
}

/**
 * P(X <= count) of a count whose mean is itself uncertain: negative binomial with variance mean + deviation² mean².
 * Law: without deviation it is the Poisson tail; more deviation makes both tails heavier.
 */
export function countBelow(mean: number, deviation: number, count: number): number {
  if (count < 0) return 0;
  if (mean <= 0) return 1;
  const whole = Math.floor(count);
  if (deviation ** 2 * mean < 1e-9) return 1 - gammaBelow(whole + 1, mean);
  const shape = 1 / deviation ** 2;
  const stop = shape / (shape + mean);
  let log = shape * Math.log(stop);
  let sum = Math.exp(log);
  for (let k = 1; k <= whole; k++) {
    log += Math.log((shape + k - 1) / k) + Math.log(1 - stop);
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

/** P(X <= amount) of an amount of this mean whose deviation is so large a part of it: gamma. */
export function amountBelow(mean: number, deviation: number, amount: number): number {
  if (mean <= 0) return 1;
  const shape = 1 / Math.max(deviation, 1e-4) ** 2;
  return gammaBelow(shape, (amount / mean) * shape);
}

/** P(Z > z) of a standard normal variable. */
export function normalAbove(z: number): number {
  const below = 0.5 * gammaBelow(0.5, z ** 2 / 2);
  return z >= 0 ? 0.5 - below : 0.5 + below;
}

/**
 * P(F > f) of Fisher's ratio, by the cube roots of Wilson and Hilferty: within 10 % of the tail down to 1e-4 with three degrees or more.
 * Source: Paulson 1942, "An approximate normalization of the analysis of variance distribution".
 */
export function ratioAbove(f: number, above: number, below: number): number {
  if (f <= 0) return 1;
  const [a, b] = [2 / (9 * above), 2 / (9 * below)];
  const root = Math.cbrt(f);
  return normalAbove(((1 - b) * root - (1 - a)) / Math.sqrt(b * root ** 2 + a));
}
