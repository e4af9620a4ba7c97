import { type ProposalState, type ProposalSummary, type Role, roleMay } from "../contract/index.ts";

/** Thresholds of money moved a week; null: one person is enough for any plan. */
export interface Thresholds {
  readonly whenProposed: number | null;
  readonly now: number | null;
}

/** The threshold that asks more counts: a policy that is loosened later frees nothing that waits, and one that is tightened holds it. */
export function needsSecondPerson(movedPerWeek: number, { whenProposed, now }: Thresholds): boolean {
  return movedPerWeek > Math.min(whenProposed ?? Number.POSITIVE_INFINITY, now ?? Number.POSITIVE_INFINITY);
}

interface Reader {
  readonly id: string;
  readonly role: Role;
}

interface Waiting {
  readonly state: ProposalState;
  readonly proposedBy: string;
  readonly needsSecondPerson: boolean;
  /** Null: it waits as long as it takes. */
  readonly expiresAt: Date | null;
}

/** Why this reader cannot approve; null: they can. A larger plan takes a right of its own, and somebody other than the proposer. */
export function whyNotApprove(proposal: Waiting, { id, role }: Reader, now: Date): ProposalSummary["whyNotApprove"] {
  if (proposal.state === "expired") return "expired";
  if (proposal.state !== "proposed") return "decided";
  if (isOver(proposal, now)) return "expired";
  if (!roleMay(role, "plans:approve")) return "role";
  if (!proposal.needsSecondPerson) return null;
  if (!roleMay(role, "plans:approve-large")) return "role";
  return proposal.proposedBy === id ? "own" : null;
}

/** Whether the time to decide is over. */
export function isOver({ expiresAt }: Pick<Waiting, "expiresAt">, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
