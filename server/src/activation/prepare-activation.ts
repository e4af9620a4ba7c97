import { type Curve, ModelError } from "@touchline/solver";
import { campaignSpend } from "@touchline/sql";
import { eq } from "drizzle-orm";
import { countDays, todayIn } from "../calendar-days.ts";
import { DAYS_PER_PERIOD, type DecidedSplit, type Plan, type ProposalOrigin } from "../contract/index.ts";
import { roundedTo } from "../exact.ts";
import { fitCurves } from "../planning/index.ts";
import { activations, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { settingsByCampaign } from "./campaign-settings.ts";
import type { PreparedActivation } from "./prepared-activation.ts";
import { reverseActivation } from "./reverse-activation.ts";
import { type RunningCampaign, splitChannel } from "./split-channel.ts";

/** Where a proposal comes from, as its row says it. */
interface Origin {
  readonly origin: ProposalOrigin;
  readonly originId: string | null;
}

/**
 * Works out each channel's move by campaign; asks the data, so it is called before the transaction of the approval. Without campaigns or
 * curves a plan can be approved all the same: it is then done by channel, or in proportion to what campaigns spend.
 * @param of a way back takes every campaign to what it had, instead of splitting its moves anew
 */
export async function prepareActivation(
  workspace: Workspace,
  plan: Plan,
  decided: DecidedSplit | null,
  of?: Origin,
  now = new Date(),
): Promise<PreparedActivation> {
  if (of?.origin === "way-back" && of.originId !== null && decided === null)
    return prepareWayBack(await workspace.store.open(), of.originId);
  const moves = movesOf(plan, decided);
  if (moves.length === 0) return { channels: [] };
  const { currency, timeZone } = await workspace.settings();
  const running = await fetchRunning(workspace, plan);
  const today = todayIn(timeZone, now);
  return {
    channels: moves.map(({ channel, from, to }) => ({
      ...{ channel, fromDaily: from.toFixed(2), toDaily: to.toFixed(2) },
      campaigns: splitChannel({ from, to, campaigns: sharesOf(running.get(channel) ?? [], from), today, currency }),
    })),
  };
}

/** What takes back the activation of a proposal. */
export async function prepareWayBack(store: WorkspaceStore, proposalId: string): Promise<PreparedActivation> {
  const rows = await store.select(activations, eq(activations.proposalId, proposalId));
  return reverseActivation({ channels: rows.sort((a, b) => (a.channel < b.channel ? -1 : 1)) });
}

/** Channels whose spend of a day changes, to the cent. */
function movesOf({ status, allocation, period }: Plan, decided: DecidedSplit | null) {
  if (status === "infeasible") return [];
  const amounts = new Map(decided?.map(({ channel, amount }) => [channel, amount]));
  const daily = (amount: string) => Math.round((100 * Number(amount)) / DAYS_PER_PERIOD[period]) / 100;
  return allocation
    .map(({ channel, current, recommended }) => ({
      ...{ channel, from: daily(current), to: daily(amounts.get(channel) ?? recommended) },
    }))
    .filter(({ from, to }) => from !== to);
}

/** Campaigns with spend on the days that today's split is the mean of, by channel. */
async function fetchRunning(workspace: Workspace, { sources }: Plan): Promise<Map<string, RunningCampaign[]>> {
  const { currentDays } = sources;
  const running = new Map<string, RunningCampaign[]>();
  if (currentDays === null) return running;
  const [spends, curves, settings] = await Promise.all([
    workspace.warehouse.ask(campaignSpend, currentDays),
    fetchCampaignCurves(workspace),
    settingsByCampaign(await workspace.store.openIfAny()),
  ]);
  const days = countDays(currentDays.from, currentDays.to);
  for (const { channel, campaign, spend } of spends) {
    const key = keyOf(channel, campaign);
    const known = { curve: curves.get(key) ?? null, settings: settings.get(key) ?? null };
    const described = { campaign, spend: Number(spend) / days, ...known };
    running.set(channel, [...(running.get(channel) ?? []), described]);
  }
  return running;
}

/**
 * Campaigns with their shares of what the plan says that the channel spends: a plan is in cents of its period, and was made before the
 * rows that may have come since. Law: they add up to it, to the cent.
 */
function sharesOf(campaigns: readonly RunningCampaign[], from: number): RunningCampaign[] {
  const total = campaigns.reduce((sum, { spend }) => sum + spend, 0);
  const rounded = roundedTo(
    from.toFixed(2),
    campaigns.map(({ spend }) => (total > 0 ? (from * spend) / total : 0)),
  );
  return campaigns.map((campaign, i) => ({ ...campaign, spend: Number(rounded[i]) }));
}

/** None where there is too little to fit any: amounts are then shared in proportion. */
async function fetchCampaignCurves(workspace: Workspace): Promise<Map<string, Curve>> {
  try {
    const { channels } = await fitCurves(workspace, { by: "campaign" });
    return new Map(
      channels.flatMap(({ channel, campaign, curve }) =>
        campaign === null ? [] : [[keyOf(channel, campaign), curve] as const],
      ),
    );
  } catch (error) {
    if (error instanceof UserError || error instanceof ModelError) return new Map();
    throw error;
  }
}

function keyOf(channel: string, campaign: string): string {
  return JSON.stringify([channel, campaign]);
}
