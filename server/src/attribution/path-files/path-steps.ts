/** `["Organic Search","Direct"]`, also with the quotes lost on the way. */
function listItems(text: string): string[] | null {
  if (!text.startsWith("[") || !text.endsWith("]")) return null;
  try {
    const items: unknown = JSON.parse(text);
    if (Array.isArray(items)) return items.map(String);
  } catch {
    // Not JSON: names between commas.
  }
  return text
    .slice(1, -1)
    .split(",")
    .map((item) => item.replace(/^\s*"?|"?\s*$/g, ""));
}

const ARROWS = /\s*(?:>+|→|›|»|⟶)\s*/;
/** The credit that the report's own model gives to a step: `100%`, `(50 %)`, `33,3 %`. */
const CREDIT = /\s*\(?\s*\d{1,3}(?:[.,]\d+)?[\s\u00a0\u202f]*%\s*\)?\s*$/;
/** A step that stands for several touches in a row: `× 3`, `x3`, `(×2)`. */
const REPEATS = /\s*\(?\s*(?:×|\bx)\s*(\d{1,3})\s*\)?\s*$/i;

/** The touches of a path as a report writes them, one after the other. Empty where it names none. */
export function pathSteps(text: string): string[] {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  const items = listItems(trimmed) ?? trimmed.split(ARROWS);
  return items.flatMap((item) => {
    const named = item.replace(CREDIT, "");
    const times = Number(REPEATS.exec(named)?.[1] ?? 1);
    const channel = named.replace(REPEATS, "").replace(CREDIT, "").trim();
    return channel === "" ? [] : Array<string>(times).fill(channel);
  });
}
