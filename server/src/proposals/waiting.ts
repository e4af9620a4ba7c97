import { desc, eq } from "drizzle-orm";
import { policiesOf } from "../accounts/index.ts";
import type { ProposalOrigin } from "../contract/index.ts";
import { proposals, type WorkspaceStore } from "../store/index.ts";
import { type Reader, whyNotApproveStored } from "./describe-proposal.ts";

export interface WaitingProposal {
  readonly id: string;
  readonly name: string;
  readonly origin: ProposalOrigin;
  readonly proposer: string;
  readonly movedPerWeek: string;
  readonly currency: string;
}

const MOST_SHOWN = 50;

/** Proposals that this reader may decide on, the newest first: who lacks the right, or is held by the second-person rule, has none. */
export async function proposalsWaitingFor(
  store: WorkspaceStore,
  reader: Reader,
  now = new Date(),
): Promise<WaitingProposal[]> {
  const [{ secondPersonAbove }, rows] = await Promise.all([
    policiesOf(store),
    store.select(proposals, eq(proposals.state, "proposed"), {
      ...{ orderBy: desc(proposals.proposedAt), limit: MOST_SHOWN },
    }),
  ]);
  return rows
    .filter((row) => whyNotApproveStored(row, { reader, secondPersonAbove, now }) === null)
    .map(({ id, name, origin, proposerName, movedPerWeek, plan }) => ({
      ...{ id, name, origin, proposer: proposerName },
      ...{ movedPerWeek: movedPerWeek.toFixed(2), currency: plan.currency ?? "" },
    }));
}
