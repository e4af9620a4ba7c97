import { channelDelivery, channelMix, runCredit } from "@touchline/sql";
import { DEFAULT_LOOKBACK_DAYS, type PlanChoices } from "../contract/index.ts";
import { ensureJourneys } from "../journeys/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { type ChannelMix, factsOfMix } from "./channel-mix.ts";
import type { FittedCurves } from "./fit-curves.ts";
import { NO_FACTS, type PlanFacts } from "./plan-facts.ts";
import type { PlanLimits } from "./prepare-channels.ts";
import { todaysCurves } from "./todays-curves.ts";

/**
 * What the limits and the goal need to know of the channels; nothing is asked of the data that they do not need.
 * @throws UserError when the data say nothing of it
 */
export async function gatherFacts(workspace: Workspace, curves: FittedCurves, limits: PlanLimits): Promise<PlanFacts> {
  const channels = [...curves.channels, ...curves.withoutCurve].map(({ channel }) => channel);
  const mixed = needsMix(limits) ? factsOfMix(channels, await fetchMix(workspace, curves), limits) : NO_FACTS;
  const touches =
    (limits.contacts ?? []).length === 0 ? NO_FACTS.touches : await touchesPerSpend(workspace, curves, limits);
  return { ...mixed, touches };
}

/** What goals, product weights and capacities can be chosen from. */
export async function fetchChoices(workspace: Workspace): Promise<PlanChoices> {
  const { rows } = await fetchMix(workspace, await todaysCurves(workspace));
  const named = (column: "productGroup" | "conversionType") =>
    [...new Set(rows.map((row) => row[column]))].filter((name) => name !== "").sort();
  return {
    hasMargin: rows.some(({ margined }) => margined > 0),
    hasValue: rows.some(({ valued }) => valued > 0),
    productGroups: named("productGroup"),
    conversionTypes: named("conversionType"),
  };
}

function needsMix({ goal = "revenue", productWeights = [], capacities = [], maxCpa, bounds, groups = [] }: PlanLimits) {
  const hasCpa = [maxCpa, ...[...bounds, ...groups].map((each) => each.maxCpa)].some(
    (value) => typeof value === "number",
  );
  return goal !== "revenue" || productWeights.length > 0 || capacities.length > 0 || hasCpa;
}

/** What channels take part in is known from journeys; how many conversions they are credited with, from the curves' run. */
function fetchMix(workspace: Workspace, { run, days }: FittedCurves): Promise<ChannelMix> {
  return workspace.remember(`mix ${run}`, async () => {
    const { warehouse } = workspace;
    const { timeZone } = await workspace.settings();
    const set = { lookbackDays: DEFAULT_LOOKBACK_DAYS, viewDays: null, conversionTypes: [] };
    await ensureJourneys(workspace, set);
    const rows = await warehouse.ask(channelMix, { ...set, ...days, timeZone });
    const credit = await warehouse.ask(runCredit, { runId: run, level: "channel" });
    const credited = credit.filter(({ revenue }) => Number(revenue) > 0);
    return {
      rows,
      conversionsPerRevenue: Object.fromEntries(
        credited.map(({ channel, conversions, revenue }) => [channel, Number(conversions) / Number(revenue)]),
      ),
    };
  });
}

/** What was delivered for today's spend, by report where there is one. */
async function touchesPerSpend(
  workspace: Workspace,
  { currentDays }: FittedCurves,
  { contacts = [] }: PlanLimits,
): Promise<Record<string, number>> {
  const { timeZone } = await workspace.settings();
  const delivery = await workspace.warehouse.ask(channelDelivery, { ...currentDays, timeZone, byCampaign: false });
  const named = [...new Set(contacts.flatMap(({ channels }) => channels))];
  return Object.fromEntries(
    named.map((channel) => {
      const row = delivery.find((each) => each.channel === channel);
      const touches = Math.max(Number(row?.delivered ?? 0), Number(row?.touches ?? 0));
      const spend = Number(row?.spend ?? 0);
      if (!(touches > 0 && spend > 0)) {
        throw new UserError(
          `what ${channel} delivers for its money is not known: between ${currentDays.from} and ${currentDays.to} it has ${spend > 0 ? "no touches" : "no spend"}, so its messages cannot be capped`,
        );
      }
      return [channel, touches / spend];
    }),
  );
}
