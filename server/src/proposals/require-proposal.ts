import { TRPCError } from "@trpc/server";
import { eq } from "drizzle-orm";
import { proposals, type WorkspaceStore } from "../store/index.ts";
import type { ProposalRow } from "./describe-proposal.ts";

export async function requireProposal(store: WorkspaceStore, id: string): Promise<ProposalRow> {
  const [row] = await store.select(proposals, eq(proposals.id, id));
  if (row === undefined)
    throw new TRPCError({ code: "NOT_FOUND", message: "there is no such proposal in this workspace" });
  return row;
}

export function alreadyDecided(row: ProposalRow): TRPCError {
  return new TRPCError({ code: "CONFLICT", message: whyDecided(row) });
}

function whyDecided({ state, deciderName, decidedAt, expiresAt }: ProposalRow): string {
  if (state === "expired")
    return `nobody decided on this proposal until ${dayOf(expiresAt)}, so it has expired: put a new one forward`;
  if (state === "superseded")
    return `a later run has put another plan forward on ${dayOf(decidedAt)}: decide on that one`;
  return `${deciderName ?? "somebody"} has ${state} this proposal already${decidedAt === null ? "" : ` on ${dayOf(decidedAt)}`}`;
}

export function forbidden(message: string): TRPCError {
  return new TRPCError({ code: "FORBIDDEN", message });
}

function dayOf(time: Date | null): string {
  return time?.toISOString().slice(0, 10) ?? "now";
}
