import { breakdownSpend } from "@touchline/sql";
import { describeRun, ensureRun, runParameters } from "../attribution/index.ts";
import type { ClaimsAnswer, ResultScope } from "../contract/index.ts";
import { sumKnown, sumOf } from "../exact.ts";
import type { Workspace } from "../workspace.ts";
import { fetchScopedRuns, originOf } from "./scoped-runs.ts";

const NOTHING = { conversions: "0", revenue: "0" };
const EVERYTHING = {
  level: "channel",
  inChannel: false,
  channelName: "",
  inCampaign: false,
  campaignName: "",
} as const;

/** What platforms claim beside what is found: by the last click, by the chosen model, by the incremental one. */
export async function fetchClaims(workspace: Workspace, scope: ResultScope): Promise<ClaimsAnswer> {
  const { range, conversionTypes, customers } = scope;
  const parameters = runParameters({ ...range, model: "last-click", conversionTypes, customers });
  const runs = await fetchScopedRuns(workspace, { ...scope, compare: null });
  const [spends, lastClick, origin] = await Promise.all([
    workspace.warehouse.ask(breakdownSpend, { ...EVERYTHING, ...range }),
    ensureRun(workspace, parameters).then((run) => describeRun(workspace, run, parameters)),
    originOf(workspace, runs.now, scope.model),
  ]);
  const { chosen, incremental } = runs.now;
  const creditIn = (report: typeof lastClick, channel: string) => {
    const found = report.channels.find((each) => each.channel === channel);
    return found === undefined ? NOTHING : { conversions: found.conversions, revenue: found.revenue };
  };
  const claiming = spends.flatMap((row) =>
    row.claimedConversions === null ? [] : [{ ...row, claimedConversions: row.claimedConversions }],
  );
  const { conversions, revenue } = chosen.report.totals;
  return {
    rows: claiming
      .map(({ channel, spend, claimedConversions, claimedRevenue }) => ({
        ...{ channel, spend, claimed: { conversions: claimedConversions, revenue: claimedRevenue } },
        lastClick: creditIn(lastClick, channel),
        credited: creditIn(chosen.report, channel),
        incremental: incremental === null ? null : creditIn(incremental.report, channel),
        isDemandCapture: incremental?.fit.channels[channel]?.flags.includes("demand-capture") ?? false,
        coverage: chosen.report.channels.find((each) => each.channel === channel)?.coverage ?? null,
      }))
      .sort((a, b) => Number(b.claimed.conversions) - Number(a.claimed.conversions)),
    claimed: {
      conversions: sumOf(claiming.map((row) => row.claimedConversions)),
      revenue: sumKnown(claiming.map((row) => row.claimedRevenue)) ?? "0",
    },
    booked: { conversions, revenue },
    silent: spends
      .filter((row) => row.claimedConversions === null && Number(row.spend) > 0)
      .map(({ channel }) => channel),
    origin,
  };
}
