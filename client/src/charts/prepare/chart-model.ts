import type { HueSlot } from "../channel-colours.ts";

/** The table behind a chart: the same figures, already printed. The first cell of a row is its name. */
export interface ChartTable {
  readonly columns: readonly { readonly label: string; readonly isNumeric: boolean }[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly string[] }[];
  readonly total?: readonly string[];
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
