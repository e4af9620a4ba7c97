import type { Plan } from "../../contract/index.ts";
import { type FittedCurves, planOnCurves, todaysCurves } from "../../planning/index.ts";
import { silentChannels } from "../checks/channel-silent.ts";
import { checkModel } from "../checks/index.ts";
import { fetchPaid } from "../checks/watched.ts";
import type { RunContext } from "../run-context.ts";
import { restingChannels } from "./cool-down.ts";
import { type JudgedPlan, judgeFigures } from "./judge-plan.ts";
import { asSpentNow, paidHistories } from "./paid-history.ts";
import { type GuardedPlan, planWithin } from "./plan-within.ts";

/**
 * The limits that a run plans within, the best plan of a week of today's budget within them, and what each guard-rail made of every channel.
 * @param curves those that the run was fitted with; the newest where absent
 */
export async function guardedLimits(context: RunContext, curves?: FittedCurves): Promise<GuardedPlan> {
  const { workspace, store, settings, now } = context;
  const fitted = curves ?? (await todaysCurves(workspace));
  const { timeZone } = await workspace.settings();
  const { guardRails } = settings;
  const [paid, resting, model] = await Promise.all([
    fetchPaid(context, fitted.currentDays.to),
    restingChannels(store, { coolDownDays: guardRails.coolDownDays, timeZone, now }),
    checkModel(context, { attributionRun: fitted.run }),
  ]);
  const histories = paidHistories(paid, fitted.currentDays.to);
  const present = asSpentNow(fitted, histories);
  const held = [
    ...silentChannels(paid).flatMap(({ channel, isUsual }) => (isUsual ? [] : [channel])),
    ...model.flatMap(({ channel, outcome }) => (channel !== null && outcome === "held" ? [channel] : [])),
  ];
  const channels = [...present.channels, ...present.withoutCurve].map(({ channel }) => channel);
  const draws = new Map(present.channels.map((fitted) => [fitted.channel, fitted.draws]));
  return planWithin({ guardRails, channels, histories, draws, resting, held }, (input) => planOnCurves(present, input));
}

/** What may be put forward of a plan, and what the guard-rails say of it. */
export async function judgePlan({ settings }: Pick<RunContext, "settings">, plan: Plan): Promise<JudgedPlan> {
  return judgeFigures(plan, settings.guardRails);
}
