import { eq } from "drizzle-orm";
import { DAYS_PER_PERIOD, type DecidedSplit, type DecidedWorth, Plan, ProposeInput } from "../contract/index.ts";
import { weighSplit } from "../planning/index.ts";
import { rebalancingRuns, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { requireAllowedSplit, withDecided } from "./decided-split.ts";
import type { ProposalRow } from "./describe-proposal.ts";
import { movedPerWeek } from "./moved-per-week.ts";
import { requireProposal } from "./require-proposal.ts";

interface Desk {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
}

/**
 * What amounts that somebody thinks of are worth, before anything is decided.
 * @throws UserError for amounts that nobody may approve
 */
export async function weighAsked(
  desk: Desk,
  { id, split }: { readonly id: string; readonly split: DecidedSplit },
): Promise<DecidedWorth | null> {
  const row = await requireProposal(desk.store, id);
  const changes = await requireAllowed(desk.store, row, split);
  return changes === null ? null : weighAmounts(desk, row, changes);
}

export async function weighAmounts(
  { workspace }: Desk,
  row: ProposalRow,
  changes: DecidedSplit,
): Promise<DecidedWorth | null> {
  const [plan, input] = [Plan.safeParse(row.plan), ProposeInput.safeParse(row.input)];
  if (!plan.success || !input.success) return null;
  return weighSplit(workspace, plan.data, input.data, changes);
}

/**
 * The amounts that are changed, held to the limits of the plan on amounts and to the guard-rails that a weekly run planned within: its
 * limits of channels are the plan's own, and the total that may move is asked for here.
 * @throws UserError
 */
export async function requireAllowed(
  store: WorkspaceStore,
  row: ProposalRow,
  split: DecidedSplit,
): Promise<DecidedSplit | null> {
  const changes = requireAllowedSplit(row.plan, row.input, split);
  if (changes === null || row.origin !== "rebalancing" || row.originId === null) return changes;
  const [run] = await store.select(rebalancingRuns, eq(rebalancingRuns.id, row.originId));
  if (run !== undefined) requireMoved(withDecided(row.plan, changes), run.settings.guardRails.maxTotalMoved);
  return changes;
}

const CENT = 0.01;

function requireMoved(plan: Plan, share: number): void {
  const { allocation, currency, period } = plan;
  const budget = allocation.reduce((sum, { current }) => sum + Number(current), 0);
  const most = (share * budget * DAYS_PER_PERIOD.week) / DAYS_PER_PERIOD[period];
  const moved = movedPerWeek(plan);
  if (moved <= most + CENT * (allocation.length + 1)) return;
  const money = (amount: number) => `${amount.toFixed(2)} ${currency}`.trim();
  throw new UserError(
    `these amounts move ${money(moved)} a week, and the guard-rails let a run move at most ${money(most)} (${Number((100 * share).toFixed(2))} % of the budget): move ${money(moved - most)} less, or change the guard-rails and run again`,
  );
}
