import { z } from "zod";
import { type ProposalsSearch, parseProposalsSearch } from "../proposals/proposals-search.ts";

/** The page's part of the address: a proposal, a run, or the overview. */
export interface RebalancingSearch extends ProposalsSearch {
  run?: string;
}

const Id = z.string().min(1).max(64);

export function parseRebalancingSearch(search: Record<string, unknown>): RebalancingSearch {
  const run = Id.safeParse(search.run);
  return { ...parseProposalsSearch(search), ...(run.success && { run: run.data }) };
}
