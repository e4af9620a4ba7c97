/** As many decimals as credit has. */
const PLACES = 12;
const ONE = 10n ** BigInt(PLACES);

/** An exact amount as whole trillionths. */
export function unitsOf(amount: string): bigint {
  const isNegative = amount.startsWith("-");
  const [whole = "0", fraction = ""] = amount.replace("-", "").split(".");
  const units = BigInt(whole + fraction.padEnd(PLACES, "0").slice(0, PLACES));
  return isNegative ? -units : units;
}

/** Without zeros at the end. */
export function textOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -PLACES)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Law: a sum does not depend on the order of its parts. */
export function sumOf(amounts: Iterable<string>): string {
  let sum = 0n;
  for (const amount of amounts) sum += unitsOf(amount);
  return textOf(sum);
}

export function minus(left: string, right: string): string {
  return textOf(unitsOf(left) - unitsOf(right));
}

/** Null where none of them is known; what is unknown beside what is known adds nothing. */
export function sumKnown(amounts: readonly (string | null)[]): string | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : sumOf(known);
}

/** To whole cents, halves away from zero. */
function centsOf(amount: string): bigint {
  const units = unitsOf(amount);
  const cent = ONE / 100n;
  const half = units < 0n ? -cent / 2n : cent / 2n;
  return (units + half) / cent;
}

export function toCents(amount: string): string {
  return textOf((centsOf(amount) * ONE) / 100n);
}

/**
 * Amounts in cents that add up to `total` in cents: what rounding leaves over goes to the largest remainders, earlier ones first.
 * Law: they add up exactly, and none moves by more than a cent and what the floats themselves were off.
 */
export function roundedTo(total: string, amounts: readonly number[]): string[] {
  const floors = amounts.map((amount) => Math.floor(amount * 100));
  let left = Number(centsOf(total)) - floors.reduce((sum, floor) => sum + floor, 0);
  const order = [...amounts.keys()].sort(
    (a, b) => amounts[b]! * 100 - floors[b]! - (amounts[a]! * 100 - floors[a]!) || a - b,
  );
  for (let place = 0; left !== 0 && order.length > 0; place++) {
    floors[order[place % order.length]!]! += Math.sign(left);
    left -= Math.sign(left);
  }
  return floors.map((cents) => textOf((BigInt(cents) * ONE) / 100n));
}
