/**
 * Exact arithmetic on the decimal strings that money travels as.
 * Laws: a sum does not depend on the order of its parts; what `roundToAddUp` returns adds up to the rounded total.
 */

interface Scaled {
  readonly units: bigint;
  readonly digits: number;
}

function parseScaled(value: string): Scaled {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (match === null) throw new RangeError(`not a decimal: ${value}`);
  const fraction = match[3] ?? "";
  const units = BigInt(`${match[2]}${fraction}`);
  return { units: match[1] === "-" ? -units : units, digits: fraction.length };
}

function unitsAt(value: Scaled, digits: number): bigint {
  return value.units * 10n ** BigInt(digits - value.digits);
}

function printScaled(units: bigint, digits: number): string {
  const negative = units < 0n;
  const text = (negative ? -units : units).toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const printed = digits === 0 ? whole : `${whole}.${text.slice(text.length - digits)}`;
  return negative ? `-${printed}` : printed;
}

/** Towards minus infinity, so that what is left over is never negative. */
function floorDivide(units: bigint, divisor: bigint): bigint {
  const quotient = units / divisor;
  return units % divisor < 0n ? quotient - 1n : quotient;
}

/** Halves away from zero, as books do. */
function roundUnits(value: Scaled, digits: number): bigint {
  if (value.digits <= digits) return unitsAt(value, digits);
  const divisor = 10n ** BigInt(value.digits - digits);
  const magnitude = value.units < 0n ? -value.units : value.units;
  const rounded = (magnitude + divisor / 2n) / divisor;
  return value.units < 0n ? -rounded : rounded;
}

export function sumDecimals(values: readonly string[]): string {
  const parsed = values.map(parseScaled);
  const digits = parsed.reduce((most, value) => Math.max(most, value.digits), 0);
  return printScaled(
    parsed.reduce((sum, value) => sum + unitsAt(value, digits), 0n),
    digits,
  );
}

export function subtractDecimals(left: string, right: string): string {
  return sumDecimals([left, negateDecimal(right)]);
}

export function negateDecimal(value: string): string {
  const parsed = parseScaled(value);
  return printScaled(-parsed.units, parsed.digits);
}

/** True when both are the same amount, however many zeros they are written with. */
export function equalDecimals(left: string, right: string): boolean {
  return parseScaled(subtractDecimals(left, right)).units === 0n;
}

/**
 * Every value rounded to `digits`, so that the rounded ones add up to the rounded total: what rounding loses goes to the
 * largest remainders, earlier rows first among equals. No value moves by a whole unit of its last digit or more.
 * @returns the values in the order they came in
 */
export function roundToAddUp(values: readonly string[], digits: number): string[] {
  const parsed = values.map(parseScaled);
  const fine = parsed.reduce((most, value) => Math.max(most, value.digits), digits);
  const divisor = 10n ** BigInt(fine - digits);
  const exact = parsed.map((value) => unitsAt(value, fine));
  const floors = exact.map((units) => floorDivide(units, divisor));
  const total = roundUnits({ units: exact.reduce((sum, units) => sum + units, 0n), digits: fine }, digits);
  const missing = Number(total - floors.reduce((sum, units) => sum + units, 0n));
  const byRemainder = exact
    .map((units, index) => ({ index, remainder: units - (floors[index] ?? 0n) * divisor }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const raised = new Set(byRemainder.slice(0, missing).map((entry) => entry.index));
  return floors.map((units, index) => printScaled(raised.has(index) ? units + 1n : units, digits));
}
