const PLACES = 12;

function scaled(text: string): bigint {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const digits = BigInt(whole + fraction.padEnd(PLACES, "0").slice(0, PLACES));
  return text.startsWith("-") ? -digits : digits;
}

/** b - a of decimal texts, exactly, without trailing zeros. */
export function differenceOf(a: string, b: string): string {
  const difference = scaled(b) - scaled(a);
  const digits = (difference < 0n ? -difference : difference).toString().padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return `${difference < 0n ? "-" : ""}${digits.slice(0, -PLACES)}${fraction === "" ? "" : `.${fraction}`}`;
}
