import { listExperiments, workspaceExtent } from "@touchline/sql";
import { shiftDay, todayIn } from "../calendar-days.ts";
import { type Need, type Role, roleMay, type TodayBrief, type TodayPart } from "../contract/index.ts";
import { countChecks, fetchFreshness, rememberHealth } from "../health/index.ts";
import { log } from "../log.ts";
import { fetchPacing } from "../pacing/index.ts";
import { proposalsWaitingFor } from "../proposals/index.ts";
import { settleWithin } from "../settle-within.ts";
import type { WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { describeWeeks, fetchWeeklyFigures, lastSpendDay } from "./figures.ts";
import {
  needsOfChannels,
  needsOfHealth,
  needsOfPacing,
  needsOfRefused,
  needsOfRows,
  needsOfTests,
  orderNeeds,
} from "./needs.ts";
import { fetchWeeklyCredit, keepCreditFresh } from "./weekly-credit.ts";
import { frameWeeks, weekOf } from "./weeks.ts";

interface TodayDesk {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
  readonly member: { readonly id: string; readonly name: string; readonly role: Role };
}

/** What a part may take of the answer's time; what takes longer is there when the page asks again. */
const PATIENCE_MS = 1_200;
/** How old may be what only the clock changes. */
const QUARTER_MS = 900_000;

/** Parts that are ready, by name; the others are told. */
class Parts {
  readonly underway: TodayPart[] = [];
  readonly failed: TodayPart[] = [];

  /** @returns null where the part is not there yet, or failed */
  async take<T>(name: TodayPart, work: Promise<T>): Promise<T | null> {
    const settled = await settleWithin(work, PATIENCE_MS);
    if (settled.kind === "ready") return settled.value;
    this[settled.kind].push(name);
    if (settled.kind === "failed") log.warn({ err: settled.error, part: name }, "a part of today's brief failed");
    return null;
  }
}

/** What is the same for every reader until the data change: asked once, and kept. */
async function fetchShared(workspace: Workspace, now: Date) {
  const { timeZone } = await workspace.settings();
  const today = todayIn(timeZone, now);
  const freshness = fetchFreshness(workspace, now);
  freshness.catch(() => undefined); // It is waited for below; until then its failure is nobody's.
  const extent = await workspace.warehouse.askOne(workspaceExtent, { timeZone });
  const last = extent.lastBookedDay === "" ? extent.lastDay : extent.lastBookedDay;
  if (last === "") throw new UserError("there is nothing to report yet: import conversions and spend first");
  const asOf = last < today ? last : shiftDay(today, -1);
  const frame = frameWeeks(asOf);
  const hasWeeks = frame.last >= extent.firstDay;
  const figures = hasWeeks ? await fetchWeeklyFigures(workspace, frame, asOf, timeZone) : null;
  const tests = await workspace.warehouse.ask(listExperiments, {});
  return { today, extent, asOf, frame, figures, tests, freshness: await freshness };
}

/**
 * What somebody opens in the morning: the last complete week, what asks for them, and how sound the data is. Everything is asked at once,
 * and a part that fails or takes long leaves the rest as it is.
 */
export async function fetchBrief(desk: TodayDesk, now = new Date()): Promise<TodayBrief> {
  const { workspace, store, member } = desk;
  const [{ currency }, watermark] = await Promise.all([workspace.settings(), workspace.watermark()]);
  const quarter = Math.floor(now.getTime() / QUARTER_MS);
  const shared = workspace.remember(JSON.stringify(["today", watermark, quarter]), () => fetchShared(workspace, now));
  shared.catch(() => undefined);
  const parts = new Parts();
  const mayMend = roleMay(member.role, "rejected:change");
  const asked = [
    parts.take("proposals", proposalsWaitingFor(store, member)),
    parts.take("rejected", mayMend ? needsOfRefused(workspace) : Promise.resolve([])),
    parts.take("health", rememberHealth(workspace, now)),
    parts.take("pacing", fetchPacing(desk, { month: null, on: null }, now)),
  ] as const;
  const { today, extent, asOf, frame, figures, tests, freshness } = await shared;
  const isWeekThere = figures !== null;
  const credit = isWeekThere ? await parts.take("credit", fetchWeeklyCredit(workspace, weekOf(frame.last))) : null;
  const isCreditAsked = isWeekThere && !parts.underway.includes("credit") && !parts.failed.includes("credit");
  const state = isCreditAsked ? await keepCreditFresh(workspace, credit, weekOf(frame.last), extent.firstDay) : "ready";
  if (state === "underway") parts.underway.push("credit");
  const [proposals, refused, report, month] = await Promise.all(asked);
  const mayTest = roleMay(member.role, "experiments:change");
  const needs: Need[] = [
    ...needsOfRows(extent),
    ...(proposals ?? []).map((proposal) => ({ kind: "proposal" as const, ...proposal })),
    ...(report === null ? [] : needsOfHealth(report)),
    ...(refused ?? []),
    ...(month === null ? [] : needsOfPacing(month)),
    ...(mayTest ? needsOfTests(tests, today) : []),
    ...(isWeekThere ? needsOfChannels(figures.spend, frame.mondays, lastSpendDay(figures)) : []),
    ...(state === "failed" ? [{ kind: "old-credit" as const, finishedAt: credit?.run.computedAt ?? null }] : []),
  ];
  const nothing = { week: null, revenue: null, spend: null, channels: [], weeks: [], run: null };
  return {
    ...{ currency, asOf },
    ...(isWeekThere ? describeWeeks(frame, asOf, figures, credit) : nothing),
    needs: orderNeeds(needs),
    health: report === null ? null : countChecks(report),
    freshness,
    ...{ underway: parts.underway, failed: parts.failed },
  };
}
