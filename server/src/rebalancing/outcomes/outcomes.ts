import { spendOfWeeks, workspaceExtent } from "@touchline/sql";
import { shiftDay } from "../../calendar-days.ts";
import {
  DAYS_PER_PERIOD,
  DEFAULT_LOOKBACK_DAYS,
  type PlanChanges,
  type RebalancingOutcomes,
  type RebalancingWeek,
} from "../../contract/index.ts";
import { sumOf, toCents } from "../../exact.ts";
import { changesBetween, todaysCurves } from "../../planning/index.ts";
import type { WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { fetchPlans, type KnownPlan, lastPlans } from "./fetch-plans.ts";
import { dailySplit, type PlanWeek, weeksOfPlans } from "./plan-weeks.ts";
import { type Curves, earnedOf, gainOfDecision, isFollowed, realisedGain } from "./worth-of-week.ts";

interface Desk {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
}

type Week = PlanWeek<KnownPlan>;

/** What the plans of the past promised, what came of them, and what was decided otherwise; the earliest week first. */
export async function fetchOutcomes({ workspace, store }: Desk, now: Date): Promise<RebalancingOutcomes> {
  const { currency, timeZone } = await workspace.settings();
  const weeks = weeksOfPlans(await fetchPlans(store), { timeZone, now });
  const known = await factsOf(workspace, timeZone, weeks);
  const described = weeks.map((week) => describeWeek(week, known));
  return { currency, weeks: described, earned: earnedOf(described), changes: await lastChanges({ workspace, store }) };
}

interface Known {
  readonly curves: Curves;
  /** By week: spend by channel, as exact decimals. */
  readonly spent: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Weeks that end by that day have had the time to bring what they bring. */
  readonly matureUntil: string;
}

const keyOf = ({ from, to }: { readonly from: string; readonly to: string }) => `${from} ${to}`;

async function factsOf(workspace: Workspace, timeZone: string, weeks: readonly Week[]): Promise<Known> {
  const { warehouse } = workspace;
  if (weeks.length === 0) return { curves: new Map(), spent: new Map(), matureUntil: "" };
  const [starts, ends] = [weeks.map(({ from }) => from), weeks.map(({ to }) => to)];
  const [from, to] = [starts.reduce((a, b) => (a < b ? a : b)), ends.reduce((a, b) => (a > b ? a : b))];
  const rows = await warehouse.ask(spendOfWeeks, { from, to, starts, ends });
  const spent = new Map<string, Map<string, string>>();
  for (const { start, end, channel, spend } of rows) {
    const key = keyOf({ from: start, to: end });
    spent.set(key, (spent.get(key) ?? new Map()).set(channel, spend));
  }
  const { lastBookedDay } = await warehouse.askOne(workspaceExtent, { timeZone });
  const matureUntil = lastBookedDay === "" ? "" : shiftDay(lastBookedDay, -DEFAULT_LOOKBACK_DAYS);
  const isSomeMature = weeks.some((week) => week.to <= matureUntil);
  return { curves: isSomeMature ? await curvesOf(workspace) : new Map(), spent, matureUntil };
}

/** Data that give no curves any more leave what came of the plans open. */
async function curvesOf(workspace: Workspace): Promise<Curves> {
  try {
    const { channels } = await todaysCurves(workspace);
    return new Map(channels.map((channel) => [channel.channel, channel]));
  } catch (error) {
    if (error instanceof UserError) return new Map();
    throw error;
  }
}

function describeWeek(week: Week, { curves, spent, matureUntil }: Known): RebalancingWeek {
  const { decided, from, to, days } = week;
  const exact = spent.get(keyOf(week)) ?? new Map<string, string>();
  const amounts = new Map([...exact].map(([channel, spend]) => [channel, Number(spend)]));
  const split = dailySplit(decided);
  const isMature = to <= matureUntil && curves.size > 0;
  const isInForce = decided.isApproved && (decided.isConfirmed || isFollowed(split, amounts, days));
  return {
    ...{ from, to, runId: decided.run?.id ?? null, proposalId: decided.id, state: decided.run?.state ?? null },
    promised: decided.isApproved ? promisedGain(week) : null,
    realised: isMature && isInForce && amounts.size > 0 ? realisedGain(split, amounts, days, curves) : null,
    control: decided.isApproved ? controlOf(week, exact) : null,
    overrides: overridesOf(week, isMature ? curves : null),
  };
}

/** As it was frozen with the plan, or with the decision where somebody changed amounts. */
function promisedGain({ decided: { plan, expected }, days }: Week): RebalancingWeek["promised"] {
  if (expected === null) return null;
  const { revenue, revenueAtCurrent, interval } = expected;
  const share = days / DAYS_PER_PERIOD[plan.period];
  const gain = share * (revenue - revenueAtCurrent);
  if (interval === null) return { gain, low: gain, high: gain };
  return { gain, low: share * interval.low, high: share * interval.high };
}

/** Channels that the plan left as they were, and what was spent on them. */
function controlOf({ decided }: Week, spent: ReadonlyMap<string, string>): RebalancingWeek["control"] {
  const channels = dailySplit(decided)
    .filter((row) => row.before === row.decided)
    .map(({ channel }) => channel);
  return { channels, spend: toCents(sumOf(channels.map((channel) => spent.get(channel) ?? "0"))) };
}

function overridesOf({ decided, days }: Week, curves: Curves | null): RebalancingWeek["overrides"] {
  const amount = (daily: number) => (days * daily).toFixed(2);
  return dailySplit(decided)
    .filter((row) => amount(row.recommended) !== amount(row.decided))
    .map((row) => ({
      ...{ channel: row.channel, recommended: amount(row.recommended), decided: amount(row.decided) },
      ...{ by: decided.by, reason: decided.remark },
      gain: curves === null ? null : gainOfDecision(row, days, curves),
    }));
}

async function lastChanges({ workspace, store }: Desk): Promise<PlanChanges | null> {
  const [newest, before] = await lastPlans(store);
  return newest === undefined || before === undefined ? null : changesBetween(workspace, before, newest);
}
