import { type KnownChannel, suggestTests } from "@touchline/solver";
import { bookedDays, channelDelivery, newestRunOver, runCredit } from "@touchline/sql";
import { Fit, reportAttribution } from "../attribution/index.ts";
import { countDays } from "../calendar-days.ts";
import { DEFAULT_MODEL, type TestSuggestions } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { relativeError } from "./model-for-experiment.ts";

/** Part of a channel's spend that one plan moves: as the planner's own usual change limit. */
const MOVABLE_SHARE = 0.2;
/** A test of middling size: its standard error is a quarter of what it measures. */
const TEST_PRECISION = 0.25;
const DAYS_A_WEEK = 7;

interface Known {
  readonly model: string;
  readonly range: { from: string; to: string };
  readonly channels: readonly KnownChannel[];
}

/** The channels as the newest run of the incremental model sees them; null where there is none. */
async function knownByIncremental(workspace: Workspace): Promise<Known | null> {
  const { warehouse } = workspace;
  const [run] = await warehouse.ask(newestRunOver, { model: "incremental", coveredFrom: "", coveredTo: "" });
  if (run === undefined) return null;
  const { timeZone } = await workspace.settings();
  const range = { from: run.from, to: run.to };
  const [credits, deliveries] = await Promise.all([
    warehouse.ask(runCredit, { runId: run.runId, level: "channel" }),
    warehouse.ask(channelDelivery, { ...range, timeZone, byCampaign: false }),
  ]);
  const fit = Fit.parse(JSON.parse(run.fit));
  const credit = new Map(credits.map((row) => [row.channel, row]));
  const channels = deliveries.flatMap(({ channel, spend }): KnownChannel[] => {
    if (spend === null || Number(spend) <= 0) return [];
    const isSeen = Number(credit.get(channel)?.conversions ?? 0) > 0 || fit.channels[channel] !== undefined;
    const mean = isSeen ? Number(credit.get(channel)?.revenue ?? 0) / Number(spend) : null;
    const relative = relativeError(fit.channels[channel]?.interval, Number(credit.get(channel)?.conversions ?? 0));
    return [
      {
        ...{ channel, spend: perWeek(Number(spend), range), mean, low: null, high: null },
        standardError: relative === null || mean === null ? null : relative * mean,
        flags: fit.channels[channel]?.flags ?? [],
      },
    ];
  });
  return { model: "incremental", range, channels };
}

const perWeek = (amount: number, { from, to }: { from: string; to: string }) =>
  (amount * DAYS_A_WEEK) / countDays(from, to);

/** The channels as the usual model sees them. */
async function knownByDefault(workspace: Workspace): Promise<Known | null> {
  const { timeZone } = await workspace.settings();
  const [range] = await workspace.warehouse.ask(bookedDays, { timeZone });
  if (range === undefined) return null;
  const report = await reportAttribution(workspace, { ...range, model: DEFAULT_MODEL });
  const channels = report.channels.flatMap((row): KnownChannel[] => {
    const { channel, spend, roas, flags } = row;
    if (spend === null || roas === null) return [];
    const relative = relativeError(row.interval, Number(row.conversions));
    const mean = Number(row.conversions) > 0 || row.interval !== null ? roas : null;
    return [
      {
        ...{ channel, spend: perWeek(Number(spend), range), mean, flags, low: null, high: null },
        standardError: relative === null || mean === null ? null : relative * mean,
      },
    ];
  });
  return { model: DEFAULT_MODEL, range, channels };
}

/** The channels where a test would be worth most, the first one first. */
export async function fetchSuggestions(workspace: Workspace): Promise<TestSuggestions> {
  const { currency } = await workspace.settings();
  const known = (await knownByIncremental(workspace)) ?? (await knownByDefault(workspace));
  const options = { movableShare: MOVABLE_SHARE, testPrecision: TEST_PRECISION };
  return {
    currency,
    model: known?.model ?? null,
    range: known?.range ?? null,
    ...options,
    channels: known === null ? [] : suggestTests(known.channels, options),
  };
}
