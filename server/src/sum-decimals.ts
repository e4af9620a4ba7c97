/** Amounts carry at most so many decimals. */
const PLACES = 12;

function scaled(text: string): bigint {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const digits = BigInt(whole + fraction.padEnd(PLACES, "0").slice(0, PLACES));
  return text.startsWith("-") ? -digits : digits;
}

/** The sum of decimal texts, exactly, with two decimals or as many as it takes. */
export function sumDecimals(texts: Iterable<string>): string {
  let sum = 0n;
  for (const text of texts) sum += scaled(text);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "").padEnd(2, "0");
  return `${sum < 0n ? "-" : ""}${digits.slice(0, -PLACES)}.${fraction}`;
}
