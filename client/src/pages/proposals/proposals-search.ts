import { z } from "zod";

/** What the list shows. */
export const ShownState = z.enum(["proposed", "approved", "rejected", "withdrawn", "all"]);
export type ShownState = z.infer<typeof ShownState>;

/** The page's part of the address: one proposal, or the list and what it shows. */
export interface ProposalsSearch {
  id?: string;
  state?: ShownState;
}

const Id = z.string().min(1).max(64);

export function parseProposalsSearch(search: Record<string, unknown>): ProposalsSearch {
  const [id, state] = [Id.safeParse(search.id), ShownState.safeParse(search.state)];
  return { ...(id.success && { id: id.data }), ...(state.success && { state: state.data }) };
}
