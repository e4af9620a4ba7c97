import type { DateRange, ModelName, ResultOrigin } from "@touchline/server/contract";
import { createContext, useContext } from "react";

/** Figures that have a definition in the dictionary. */
export const FIGURES = [
  "spend",
  "revenue",
  "conversions",
  "creditedRevenue",
  "creditedConversions",
  "incrementalRevenue",
  "baseline",
  "roas",
  "iroas",
  "marginalRoas",
  "cpa",
  "coverage",
  "interval",
  "platformClaims",
  "change",
  "forecast",
  "curve",
  "plan",
  "paths",
  "lag",
  "roles",
  "heldOut",
  "calibration",
  "disagreement",
  "liftTest",
  "testDesign",
  "testValue",
  "received",
] as const;
export type FigureName = (typeof FIGURES)[number];

/** Where the figures of a card come from: what they are, and the run or the days that they stand on. */
export interface FigureOrigin {
  readonly title: string;
  readonly figures: readonly FigureName[];
  readonly range?: DateRange;
  readonly model?: ModelName;
  /** Null where the figures are booked or imported and no model is in them. */
  readonly result?: ResultOrigin | null;
  /** The run alone, where the answer says no more. */
  readonly run?: string | null;
}

/** Opens the drawer; null outside of the frame. */
export const OriginContext = createContext<((origin: FigureOrigin) => void) | null>(null);

export function useOrigin(): ((origin: FigureOrigin) => void) | null {
  return useContext(OriginContext);
}
