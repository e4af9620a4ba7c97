import type { HueSlot } from "../channel-colours.ts";

/** What a figure is, for whoever takes it into a spreadsheet. Shares are "percent", 0.12 for 12 %. */
export type CellUnit = "money" | "count" | "percent" | "ratio" | "number" | "date";

/** A figure as it is printed and as it is: exact amounts as decimals in text, days as `YYYY-MM-DD`, null where there is none. */
export interface FigureCell {
  readonly text: string;
  readonly value: number | string | null;
  readonly unit: CellUnit;
}
export type Cell = string | FigureCell;

export function textOfCell(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.text;
}

/** The table behind a chart: the same figures, printed. The first cell of a row is its name. */
export interface ChartTable {
  readonly columns: readonly { readonly label: string; readonly isNumeric: boolean }[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly Cell[] }[];
  readonly total?: readonly Cell[];
}

/** What every prepared chart has, whatever it draws. */
export interface ChartModel {
  /** The one sentence that stands for the picture where it cannot be seen. */
  readonly label: string;
  readonly caption: string;
  readonly table: ChartTable;
}

/** One value under the cursor. */
export interface ReadoutLine {
  readonly label: string;
  readonly value: string;
  readonly hue?: HueSlot | undefined;
}

export interface Readout {
  readonly title: string;
  readonly lines: readonly ReadoutLine[];
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}
