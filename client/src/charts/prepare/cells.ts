import type { Figure } from "../../format/format.ts";
import type { Words } from "../../i18n/words.ts";
import type { CellUnit, FigureCell } from "./chart-model.ts";

/** Where there is no figure. */
export const NONE = "–";

/** A figure as it is and as it is printed; nothing is printed of what there is not. */
export function figureCell(
  unit: CellUnit,
  value: Figure | null | undefined,
  print: (value: Figure) => string,
  none = NONE,
): FigureCell {
  if (value === null || value === undefined) return { unit, value: null, text: none };
  return { unit, value, text: print(value) };
}

/** An amount without its currency: the head of its column names it. */
export function moneyCell(value: Figure | null | undefined, { format }: Words, digits = 0): FigureCell {
  return figureCell("money", value, (amount) => format.amount(amount, digits));
}

export function countCell(value: Figure | null | undefined, { format }: Words, digits = 0): FigureCell {
  return figureCell("count", value, (count) => format.count(count, digits));
}

export function percentCell(share: number | null | undefined, { format }: Words, digits = 1): FigureCell {
  return figureCell("percent", share, (value) => format.percent(Number(value), digits));
}

export function ratioCell(value: number | null | undefined, { format }: Words): FigureCell {
  return figureCell("ratio", value, (ratio) => format.roas(Number(ratio)));
}

export function dayCell(isoDate: string, { format }: Words): FigureCell {
  return { unit: "date", value: isoDate, text: format.weekday(isoDate) };
}
