import { createContext, useContext } from "react";
import type { FigureTopic } from "../../charts/prepare/provenance.ts";

/** Opens the drawer that tells where a figure comes from. */
export type AskProvenance = (topic: FigureTopic, printed: string) => void;

export const ProvenanceContext = createContext<AskProvenance | null>(null);

/** Null where no plan is shown: figures are plain text then. */
export function useProvenance(): AskProvenance | null {
  return useContext(ProvenanceContext);
}
