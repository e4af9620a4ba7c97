/** The page's own colours and sizes, on paper. */
export const INK = "#1d1c19";
export const INK_SOFT = "#55514a";
export const HAIRLINE = "#d9d3c8";
export const ACCENT = "#0e5c57";
export const BALANCED = "#1b6e3c";
export const BROKEN = "#b3261e";
export const SPEND = "#7c766b";
export const ATTRIBUTED = "#a06c00";
export const INCREMENTAL = "#0e5c57";

/** In points: A4 with margins that a binder leaves. */
export const MARGIN = { left: 48, top: 48, right: 48, bottom: 52 } as const;
export const CONTENT_WIDTH = 595.28 - MARGIN.left - MARGIN.right;

/**
 * The font has no narrow space that does not break, and shows a box for it; it has the wide one. What it cannot show at all stays
 * what it is.
 */
export function forFont(text: string): string {
  return text.replaceAll("\u202f", "\u00a0");
}
