import type { DateRange } from "@touchline/server/contract";
import { createContext, useContext } from "react";

/** Where annotations are read and written. Charts open it; it stands in the frame. */
export interface AnnotationDesk {
  /** To write one beside `day`, else beside the last day of these that was pointed at. */
  open(range: DateRange, day?: string): void;
  /** To read what stands beside these days. */
  show(range: DateRange): void;
  /** A chart tells the day under its cursor, where a new annotation would stand. */
  point(day: string): void;
}

/** Null outside of the frame. */
export const AnnotationDeskContext = createContext<AnnotationDesk | null>(null);

export function useAnnotationDesk(): AnnotationDesk | null {
  return useContext(AnnotationDeskContext);
}
