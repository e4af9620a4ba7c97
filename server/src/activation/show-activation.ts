import { asc, eq } from "drizzle-orm";
import type { Activation, ChannelActivation } from "../contract/index.ts";
import { minus, sumOf, textOf, unitsOf } from "../exact.ts";
import { activations, type WorkspaceStore } from "../store/index.ts";
import { approvedProposals, requireProposal, whyNoWayBack } from "./approved-proposals.ts";
import { campaignCells, describeFiles } from "./files/index.ts";

type Row = typeof activations.$inferSelect;

/** Where an approved plan stands on its way to the platforms. @throws TRPCError where there is no such proposal */
export async function showActivation(store: WorkspaceStore, proposalId: string): Promise<Activation> {
  const proposal = await requireProposal(store, proposalId);
  const rows = await store.select(activations, eq(activations.proposalId, proposalId), {
    orderBy: asc(activations.channel),
  });
  const approved = await approvedProposals(store);
  const place = approved.findIndex(({ id }) => id === proposalId);
  const previous = place < 0 ? undefined : approved[place + 1];
  const { currency } = proposal.plan;
  return {
    ...{ proposalId, name: proposal.name, currency, channels: rows.map(describeChannel) },
    previous: previous === undefined ? null : { proposalId: previous.id, name: previous.name },
    wayBack: await whyNoWayBack(store, proposal, { place, rows }),
    files: describeFiles(await campaignCells(store, rows), currency),
  };
}

function describeChannel(row: Row): ChannelActivation {
  const { channel, state, fromDaily, toDaily, campaigns, sentBy, sentThrough, seenDaily } = row;
  const placed = sumOf(campaigns.map(({ from, to }) => minus(to, from)));
  return {
    ...{ channel, state, fromDaily, toDaily, campaigns, sentBy, sentThrough, seenDaily },
    approvedAt: row.approvedAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    unplaced: textOf(unitsOf(minus(toDaily, fromDaily)) - unitsOf(placed)),
  };
}
