const LONGEST = 80;

function slug(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, LONGEST)
    .replace(/-+$/, "");
}

/** "credit-by-channel_shop_2026-10-01_2026-10-31.csv": a name that every file system takes. */
export function fileName(parts: readonly string[], ending: string): string {
  const name = parts.map(slug).filter((part) => part !== "");
  return `${name.length === 0 ? "touchline" : name.join("_")}.${ending}`;
}
