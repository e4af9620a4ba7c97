const NOTHING = new Set(["", "-", "–", "—", "(not set)", "n/a"]);

/** Currency signs and codes, percent signs, and the spaces that group thousands. */
const DECORATION = /[\s\u00a0\u202f'’%]|[\p{Sc}]|[A-Z]{3}/gu;

/** How the numbers of one column are written: decided by all of them together, because "1,234" alone can mean two things. */
export function readNumbers(texts: readonly string[], hasDecimalComma: boolean): number[] {
  const bare = texts.map((text) =>
    NOTHING.has(text.trim().toLowerCase()) ? "0" : text.trim().replace(DECORATION, ""),
  );
  const decimal = decimalMark(bare, hasDecimalComma);
  const grouping = decimal === "," ? /\./g : /,/g;
  return bare.map((text) => {
    const plain = text.replace(grouping, "").replace(decimal, ".");
    return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
  });
}

/** 1.234,50 and 1,234.50 say it themselves; what only ever stands before three digits groups, unless the language says otherwise. */
function decimalMark(texts: readonly string[], hasDecimalComma: boolean): "," | "." {
  const both = texts.find((text) => text.includes(",") && text.includes("."));
  if (both !== undefined) return both.lastIndexOf(",") > both.lastIndexOf(".") ? "," : ".";
  const groups = (mark: string) => {
    const grouped = new RegExp(`^[-+]?\\d{1,3}(\\${mark}\\d{3})+$`);
    return texts.filter((text) => text.includes(mark)).every((text) => grouped.test(text));
  };
  if (texts.some((text) => text.includes(","))) return hasDecimalComma || !groups(",") ? "," : ".";
  return hasDecimalComma && groups(".") ? "," : ".";
}
