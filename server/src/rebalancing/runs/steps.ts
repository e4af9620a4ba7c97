import { workspaceExtent } from "@touchline/sql";
import { confirmActivations } from "../../activation/index.ts";
import {
  DEFAULT_LOOKBACK_DAYS,
  DEFAULT_MODEL,
  type Plan,
  type RebalancingCheck,
  type RebalancingStep,
  type RebalancingStepRecord,
} from "../../contract/index.ts";
import { type FittedCurves, todaysCurves } from "../../planning/index.ts";
import { movedPerWeek } from "../../proposals/index.ts";
import { VERSION } from "../../version.ts";
import { checkData, checkModel } from "../checks/index.ts";
import { guardedLimits, judgePlan } from "../guard-rails/index.ts";
import type { RunContext } from "../run-context.ts";
import { whyNothing } from "./run-ending.ts";
import type { RunEnd, RunFindings } from "./run-log.ts";
import { compareWithStanding } from "./standing-plan.ts";

/** What a step found, and whether the run ends with it. */
interface StepOutcome {
  readonly facts: RebalancingStepRecord["facts"];
  readonly found?: Partial<RunFindings>;
  readonly ends?: RunEnd;
}

/** What the steps of one execution share beyond what is written down. */
export interface RunDesk extends RunContext {
  readonly isDry: boolean;
  /** The curves of this run: whatever data come in after the fit, the plan stands on them. */
  curves: FittedCurves | null;
}

/** Data have come in since this run was fitted, in a process that is gone: its fit cannot be gone on with. */
export class DataMoved extends Error {
  override readonly name = "DataMoved";
}

type Step = (desk: RunDesk, known: RunFindings) => Promise<StepOutcome>;

/** Each one can be done twice: until the proposal nothing of the run is written anywhere but in the run itself. */
export const STEPS: Readonly<Record<Exclude<RebalancingStep, "propose">, Step>> = {
  freeze,
  check,
  refit,
  plan,
  guard,
  compare,
};

async function freeze({ workspace, store, now, last, isDry }: RunDesk): Promise<StepOutcome> {
  // What earlier plans came to in the spend is worked out now: channels that were just changed rest.
  const confirmed = isDry ? 0 : await confirmActivations(workspace, store, now);
  const [watermark, { timeZone, currency }] = await Promise.all([workspace.watermark(), workspace.settings()]);
  const { firstDay, lastBookedDay } = await workspace.warehouse.askOne(workspaceExtent, { timeZone });
  const facts = {
    ...{ watermark, asOf: now.toISOString(), model: DEFAULT_MODEL, lookbackDays: DEFAULT_LOOKBACK_DAYS },
    ...{ firstDay, lastBookedDay, timeZone, currency, version: VERSION, lastRun: last?.id ?? null, confirmed },
  };
  return { facts, found: { watermark } };
}

async function check(desk: RunDesk): Promise<StepOutcome> {
  const checks = await checkData(desk);
  return { facts: counted(checks), found: { checks }, ...blockedBy(checks) };
}

async function refit(desk: RunDesk, known: RunFindings): Promise<StepOutcome> {
  const curves = await todaysCurves(desk.workspace);
  desk.curves = curves;
  const checks = await checkModel(desk, { attributionRun: curves.run });
  const facts = {
    ...{ attributionRun: curves.run, from: curves.days.from, to: curves.days.to },
    ...{ curves: curves.channels.length, withoutCurve: curves.withoutCurve.length, ...counted(checks) },
    // Rows that came between: the fit has seen them, and the checks of the data have not.
    dataArrived: (await desk.workspace.watermark()) !== known.watermark,
  };
  return {
    ...{ facts, found: { attributionRun: curves.run, checks: [...known.checks, ...checks] } },
    ...blockedBy(checks),
  };
}

async function plan(desk: RunDesk, known: RunFindings): Promise<StepOutcome> {
  const curves = await curvesOf(desk, known);
  const { input, checks, plan } = await guardedLimits(desk, curves);
  const facts = {
    ...{ status: plan.status, budget: plan.budget, period: plan.period, movedPerWeek: movedPerWeek(plan) },
    ...{ gain: plan.expected.revenue - plan.expected.revenueAtCurrent, ...counted(checks) },
    dataArrived: (await desk.workspace.watermark()) !== known.watermark,
  };
  const found = { input, plan, checks: [...known.checks, ...checks] };
  if (plan.status !== "infeasible") return { facts, found, ...blockedBy(checks) };
  const texts = plan.conflict.map(({ text }) => text).join("; ");
  const outcome = `The guard-rails allow no plan: ${texts === "" ? "its limits contradict each other" : texts}.`;
  return { facts, found, ends: { state: "blocked", outcome } };
}

async function guard(desk: RunDesk, known: RunFindings): Promise<StepOutcome> {
  const { plan, checks, verdict } = await judgePlan(desk, known.plan!);
  const all = [...known.checks, ...checks];
  const facts = { verdict, movedPerWeek: movedPerWeek(plan), ...counted(checks) };
  const found = { plan, checks: all };
  if (verdict === "blocked") return { facts, found, ...blockedBy(all) };
  if (verdict === "nothing") return { facts, found, ends: { state: "nothing", outcome: sayNothing(plan, all) } };
  return { facts, found };
}

async function compare({ store }: RunDesk, known: RunFindings): Promise<StepOutcome> {
  const plan = known.plan!;
  const { standing, differing, largestDifference, waiting, isSame } = await compareWithStanding(store, plan);
  const moved = movedPerWeek(plan);
  const facts = {
    ...{ movedPerWeek: moved, standing: standing?.name ?? null, standingId: standing?.id ?? null },
    ...{ standingOrigin: standing?.origin ?? null, standingSince: standing?.decidedAt.slice(0, 10) ?? null },
    ...{ differing, largestDifference: Math.round(100 * largestDifference) / 100, waiting, isSame },
  };
  if (moved === 0) return { facts, ends: { state: "nothing", outcome: sayNothing(plan, known.checks) } };
  if (!isSame || standing === null) return { facts };
  const outcome = `The plan says what was approved as "${standing.name}" on ${standing.decidedAt.slice(0, 10)}, and the spend does not follow it yet: there is nothing new to decide.`;
  return { facts, ends: { state: "nothing", outcome } };
}

/** @throws DataMoved where they were fitted by a process that is gone, on data that have changed since */
async function curvesOf(desk: RunDesk, { attributionRun }: RunFindings): Promise<FittedCurves> {
  desk.curves ??= await todaysCurves(desk.workspace);
  if (desk.curves.run !== attributionRun) throw new DataMoved("data have come in since the fit");
  return desk.curves;
}

function counted(checks: readonly RebalancingCheck[]) {
  const count = (outcome: RebalancingCheck["outcome"]) => checks.filter((each) => each.outcome === outcome).length;
  return { passed: count("passed"), trimmed: count("trimmed"), held: count("held"), blocked: count("blocked") };
}

function blockedBy(checks: readonly RebalancingCheck[]): { ends?: RunEnd } {
  const first = checks.find(({ outcome }) => outcome === "blocked");
  return first === undefined ? {} : { ends: { state: "blocked", outcome: first.text } };
}

/** Why today's split stays, in one sentence. */
function sayNothing(plan: Plan, checks: readonly RebalancingCheck[]): string {
  const why = whyNothing(plan, checks);
  if (why.code === "check") return why.check.text;
  if (why.code === "warning") return why.warning.text;
  return "Today's split stays: no move was found that earns more within the guard-rails.";
}
