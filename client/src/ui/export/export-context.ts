import type { DateRange } from "@touchline/server/contract";
import { createContext } from "react";

/** What every file of a page says of where it comes from. */
export interface ExportPlace {
  readonly workspace: string;
  readonly currency: string;
  readonly range: DateRange | null;
  /** The choices that the page is shown with, by name. */
  readonly choices: readonly (readonly [name: string, text: string])[];
  readonly isSimulated: boolean;
}

export const ExportContext = createContext<ExportPlace | null>(null);
