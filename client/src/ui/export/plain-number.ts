/** A figure as a plain decimal: no grouping, no exponent, no loss. Null for what is no number. */
export function plainNumber(value: number | string): string | null {
  if (typeof value === "string") return /^-?\d+(\.\d+)?$/.test(value) ? value : null;
  if (!Number.isFinite(value)) return null;
  const text = String(Object.is(value, -0) ? 0 : value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  return `${sign}${movePoint(whole, fraction, Number(exponent))}`;
}

function movePoint(whole: string, fraction: string, places: number): string {
  const digits = whole + fraction;
  const point = whole.length + places;
  if (point >= digits.length) return digits + "0".repeat(point - digits.length);
  const padded = point > 0 ? digits : "0".repeat(1 - point) + digits;
  const at = Math.max(1, point);
  return `${padded.slice(0, at)}.${padded.slice(at)}`;
}

/** The same number times 100, digit for digit: "0.125" is "12.5". */
export function timesHundred(decimal: string): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  const moved = movePoint(whole, fraction, 2).replace(/^0+(?=\d)/, "");
  const isLong = moved.includes(".");
  return `${sign}${isLong ? moved.replace(/\.?0+$/, "") : moved}`;
}
