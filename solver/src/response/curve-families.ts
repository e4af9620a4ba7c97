/**
 * The families of response curves that a plan can be made on: incremental response to the spend of one channel.
 * Every curve starts at (0, 0) and never falls. Spend and response are in the same currency unit unless the caller
 * says otherwise. Source of the forms: the response curves in common use in marketing-mix models.
 *
 *     hill      beta * x^s / (k^s + x^s)        concave for s <= 1, S-shaped above
 *     log       a * ln(1 + x / b)               concave, never saturates
 *     power     a * x^p                         concave for p <= 1, a straight line at p = 1
 *     exp       a * (1 - exp(-x / b))           concave, saturates at a
 *     logistic  a * tanh(lam * x / 2)           concave, saturates at a
 *     mixture   sum of weight * part            what several draws or families say on average; parts are never mixtures
 */
export type Curve =
  | SingleCurve
  | { readonly type: "mixture"; readonly parts: readonly { readonly weight: number; readonly curve: Curve }[] };

type SingleCurve =
  | { readonly type: "hill"; readonly beta: number; readonly k: number; readonly s: number }
  | { readonly type: "log"; readonly a: number; readonly b: number }
  | { readonly type: "power"; readonly a: number; readonly p: number }
  | { readonly type: "exp"; readonly a: number; readonly b: number }
  | { readonly type: "logistic"; readonly a: number; readonly lam: number };

/** Response at spend x >= 0. */
export function curveValue(curve: Curve, x: number): number {
  if (x <= 0) return 0;
  switch (curve.type) {
    case "hill":
      return curve.beta / (1 + (curve.k / x) ** curve.s);
    case "log":
      return curve.a * Math.log1p(x / curve.b);
    case "power":
      return curve.a * x ** curve.p;
    case "exp":
      return -curve.a * Math.expm1(-x / curve.b);
    case "logistic":
      return curve.a * Math.tanh((curve.lam * x) / 2);
    case "mixture":
      return addParts(curve, curveValue, x);
  }
}

/**
 * Marginal response at spend x >= 0: the response that the next unit of money brings.
 * At 0 it is the right derivative, Infinity for power curves with p < 1, hill curves with s < 1 and mixtures with such parts.
 */
export function curveSlope(curve: Curve, x: number): number {
  switch (curve.type) {
    case "hill":
      return hillSlope(curve.beta, curve.k, curve.s, x);
    case "log":
      return curve.a / (curve.b + x);
    case "power":
      return curve.a === 0 ? 0 : curve.a * curve.p * x ** (curve.p - 1);
    case "exp":
      return (curve.a / curve.b) * Math.exp(-x / curve.b);
    case "logistic": {
      const secant = 1 / Math.cosh((curve.lam * x) / 2);
      return ((curve.a * curve.lam) / 2) * secant * secant;
    }
    case "mixture":
      return addParts(curve, curveSlope, x);
  }
}

/** Second derivative at x > 0, zero or below wherever the curve is concave. */
export function curveCurvature(curve: Curve, x: number): number {
  if (curve.type === "mixture") return addParts(curve, curveCurvature, x);
  const slope = curveSlope(curve, x);
  switch (curve.type) {
    case "hill": {
      // d ln f' / dx, with the ratio written so that it stays finite for x far from k on either side
      const saturation = 1 / (1 + (curve.k / x) ** curve.s);
      return (slope * ((curve.s - 1) * (1 - saturation) - (curve.s + 1) * saturation)) / x;
    }
    case "log":
      return -slope / (curve.b + x);
    case "power":
      return (slope * (curve.p - 1)) / x;
    case "exp":
      return -slope / curve.b;
    case "logistic":
      return -slope * curve.lam * Math.tanh((curve.lam * x) / 2);
  }
}

/** Whether every further unit brings no more than the one before, over all x >= 0; of a mixture: whether all its parts do so. */
export function isConcave(curve: Curve): boolean {
  if (curve.type === "mixture") return curve.parts.every((part) => part.weight === 0 || isConcave(part.curve));
  if (curve.type === "hill") return curve.s <= 1;
  if (curve.type === "power") return curve.p <= 1;
  return true;
}

/**
 * The spend that maximises `curveValue(curve, x) - slope * x` over x >= 0: where the marginal response has fallen to `slope`.
 * @returns 0 where even the first unit brings no more than `slope`, Infinity where the margin never falls to it
 * @throws RangeError for a curve that is not concave: its slope has no single inverse
 * Law: curveSlope(curve, inverseSlope(curve, m)) = m wherever the answer is neither 0 nor Infinity.
 */
export function inverseSlope(curve: Curve, slope: number): number {
  if (!isConcave(curve)) throw new RangeError(`a ${curve.type} curve that is not concave has no inverse slope`);
  if (slope >= curveSlope(curve, 0)) return 0;
  if (slope <= 0) return Number.POSITIVE_INFINITY;
  switch (curve.type) {
    case "hill":
      return curve.s === 1
        ? Math.sqrt(curve.k) * (Math.sqrt(curve.beta / slope) - Math.sqrt(curve.k))
        : inverseHillSlope(curve.beta, curve.k, curve.s, slope);
    case "log":
      return curve.a / slope - curve.b;
    case "power":
      return curve.p === 1 ? Number.POSITIVE_INFINITY : (slope / (curve.a * curve.p)) ** (1 / (curve.p - 1));
    case "exp":
      return curve.b * Math.log(curve.a / curve.b / slope);
    case "logistic":
      // acosh(sqrt(r)) loses half its digits near r = 1; asinh(sqrt(r - 1)) is the same and keeps them
      return (2 / curve.lam) * Math.asinh(Math.sqrt((curve.a * curve.lam) / (2 * slope) - 1));
    case "mixture":
      return inverseMixtureSlope(curve, slope);
  }
}

/**
 * The same curve in other units: spend counted in `money`, response in `response`.
 * Law: curveValue(scaleCurve(c, m, r), x) = curveValue(c, m * x) / r, and the family stays the same.
 */
export function scaleCurve(curve: Curve, money: number, response: number): Curve {
  switch (curve.type) {
    case "hill":
      return { type: "hill", beta: curve.beta / response, k: curve.k / money, s: curve.s };
    case "log":
      return { type: "log", a: curve.a / response, b: curve.b / money };
    case "power":
      return { type: "power", a: (curve.a * money ** curve.p) / response, p: curve.p };
    case "exp":
      return { type: "exp", a: curve.a / response, b: curve.b / money };
    case "logistic":
      return { type: "logistic", a: curve.a / response, lam: curve.lam * money };
    case "mixture":
      return {
        type: "mixture",
        parts: curve.parts.map((part) => ({ weight: part.weight, curve: scaleCurve(part.curve, money, response) })),
      };
  }
}

function hillSlope(beta: number, k: number, s: number, x: number): number {
  if (s === 1) return (beta / (k + x)) * (k / (k + x));
  if (x <= 0) return s < 1 && beta > 0 ? Number.POSITIVE_INFINITY : 0;
  const saturation = 1 / (1 + (k / x) ** s);
  return (beta * s * saturation * (1 - saturation)) / x;
}

/**
 * For s < 1 Newton's method on u = ln x: ln f' is concave and falls in u, so from the first step on it comes down to the only
 * crossing from the right. With r = s * (u - ln k), ln f' = ln(beta s) - u - |r| - 2 ln(1 + e^-|r|).
 */
function inverseHillSlope(beta: number, k: number, s: number, slope: number): number {
  const level = Math.log((beta * s) / slope);
  let u = Math.log(k);
  for (let step = 0; step < MOST_STEPS; step++) {
    const r = s * (u - Math.log(k));
    const height = level - u - Math.abs(r) - 2 * Math.log1p(Math.exp(-Math.abs(r)));
    const next = u + height / (1 + s * Math.tanh(r / 2));
    // What goes up again is the rounding of a height that is nothing: an s of nearly 1 would make a great way of it.
    if (step > 0 && next > u) break;
    if (next < LEAST_LOG) return 0;
    const move = Math.abs(next - u);
    u = next;
    // The last digits of u: rounding of the height is all that still moves it
    if (move <= 4e-16 * Math.max(1, Math.abs(u))) break;
  }
  return Math.exp(u);
}

/** Below it e^u is 0 in floats. */
const LEAST_LOG = -745;
/** Steps of Newton's method on an inverse slope; some ten are the rule. */
const MOST_STEPS = 200;

type Mixture = Extract<Curve, { type: "mixture" }>;

/** A part that weighs nothing has no say, not even with the endless slope of a power curve at 0. */
function addParts({ parts }: Mixture, read: (curve: Curve, x: number) => number, x: number): number {
  let sum = 0;
  for (const { weight, curve } of parts) if (weight !== 0) sum += weight * read(curve, x);
  return sum;
}

/**
 * Newton's method on the logarithm of the slope, which is convex for nearly all families, kept between bounds that shrink.
 * The first bounds come from the parts: where the mean slope is m, some part's slope is at least m and another's at most m.
 */
function inverseMixtureSlope(mixture: Mixture, slope: number): number {
  const bent = { type: "mixture", parts: mixture.parts.filter(({ curve }) => !isStraight(curve)) } as const;
  const straight = { type: "mixture", parts: mixture.parts.filter(({ curve }) => isStraight(curve)) } as const;
  const target = slope - addParts(straight, curveSlope, 1);
  if (!(target > 0)) return Number.POSITIVE_INFINITY;
  let { low, high, start: x } = boundInverse(bent, target);
  let lastMove = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS && low < high; step++) {
    const here = addParts(bent, curveSlope, x);
    if (here === target) return x;
    if (here > target) low = x;
    else high = x;
    const newton = x - (Math.log(here / target) * here) / addParts(bent, curveCurvature, x);
    const inside = newton > low && newton < high;
    const next = inside ? newton : low > 0 && high < 4 * low ? (low + high) / 2 : geometricMiddle(low, high);
    const move = Math.abs(next - x);
    // The last digit is reached, or rounding of the slope is all that still moves the spend
    if (move === 0 || (inside && move < 1e-12 * x && move >= lastMove / 2)) return next;
    lastMove = move;
    x = next;
  }
  return x;
}

function boundInverse(bent: Mixture, target: number): { low: number; high: number; start: number } {
  let weights = 0;
  for (const { weight } of bent.parts) weights += weight;
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  let mean = 0;
  for (const { weight, curve } of bent.parts) {
    if (weight === 0) continue;
    const x = inverseSlope(curve, target / weights);
    low = Math.min(low, x);
    high = Math.max(high, x);
    mean += (weight / weights) * x;
  }
  // A rounding error wider, so that the answer of identical parts lies inside
  return { low: low * (1 - 1e-12), high: high * (1 + 1e-12), start: mean };
}

function isStraight(curve: Curve): boolean {
  return curve.type === "power" && curve.p === 1;
}

/** Zero and its neighbours are out of reach for halving: from 0 the bounds close in by factors instead. */
function geometricMiddle(low: number, high: number): number {
  return low > 0 ? Math.sqrt(low) * Math.sqrt(high) : high / 1024;
}
