import {
  breakdownCredit,
  breakdownSpend,
  breakdownTouches,
  CREDIT_ATTRIBUTES,
  type CreditAttribute,
  TOUCH_ATTRIBUTES,
  type TouchAttribute,
  touchesByAttribute,
} from "@touchline/sql";
import type { Breakdown } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { type Amounts, addAmounts, NO_AMOUNTS } from "./figures.ts";
import type { RunsOfRange } from "./scoped-runs.ts";

/** Names a row. */
export interface RowName {
  readonly channel: string;
  readonly campaign: string;
  readonly creative: string;
  readonly value: string;
}

export interface BreakdownPart {
  readonly by: Breakdown;
  readonly within: { readonly channel: string | null; readonly campaign: string | null };
}

export interface BreakdownSide {
  readonly rows: ReadonlyMap<string, { readonly name: RowName; readonly amounts: Amounts }>;
  /** All rows, with what is known of them only together. */
  readonly total: Amounts;
}

/** The attribute that a run has to be asked for; none where the levels of a medium do. */
export function attributeOf(by: Breakdown): CreditAttribute | "" {
  return CREDIT_ATTRIBUTES.find((attribute) => attribute === by) ?? "";
}

const isOfTouch = (by: string): by is TouchAttribute => TOUCH_ATTRIBUTES.some((attribute) => attribute === by);
const keyOf = ({ channel, campaign, creative, value }: RowName) => JSON.stringify([channel, campaign, creative, value]);

function scopeOf({ by, within: { channel, campaign } }: BreakdownPart) {
  return {
    level: by === "channel" || by === "campaign" || by === "creative" ? by : ("attribute" as const),
    ...{ inChannel: channel !== null, channelName: channel ?? "" },
    ...{ inCampaign: campaign !== null, campaignName: campaign ?? "" },
  };
}

/** Credit, spend and touches of one range by what was asked for. Spend is known by channel and campaign: what lies below has none. */
export async function fetchSide(workspace: Workspace, part: BreakdownPart, runs: RunsOfRange): Promise<BreakdownSide> {
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const scope = scopeOf(part);
  const { range, chosen, incremental } = runs;
  const runIds = [...new Set([chosen.report.run, ...(incremental === null ? [] : [incremental.report.run])])];
  const isOfConversion = scope.level === "attribute" && !isOfTouch(part.by);
  const [credits, spends, touches] = await Promise.all([
    warehouse.ask(breakdownCredit, { ...scope, runIds }),
    warehouse.ask(breakdownSpend, { ...scope, ...range }),
    isOfConversion
      ? []
      : warehouse.ask(isOfTouch(part.by) ? touchesByAttribute[part.by] : breakdownTouches, {
          ...scope,
          ...range,
          timeZone,
        }),
  ]);
  const rows = new Map<string, { name: RowName; amounts: Amounts }>();
  const change = (name: RowName, amounts: Partial<Amounts>) => {
    const key = keyOf(name);
    const { channel, campaign, creative, value } = name;
    const known = rows.get(key)?.amounts ?? { ...NO_AMOUNTS, incremental: incremental === null ? null : NOTHING };
    rows.set(key, { name: { channel, campaign, creative, value }, amounts: { ...known, ...amounts } });
  };
  for (const row of credits) {
    const { conversions, revenue } = row;
    if (row.runId === chosen.report.run) change(row, { conversions, revenue });
    if (row.runId === incremental?.report.run) change(row, { incremental: { conversions, revenue } });
  }
  const paid = spends.map(({ channel, campaign, days: _, ...known }) => ({ channel, campaign, known }));
  if (scope.level === "channel" || scope.level === "campaign") {
    for (const { channel, campaign, known } of paid) change({ channel, campaign, creative: "", value: "" }, known);
  }
  for (const row of touches) change(row, { touches: row.touches });
  const together = addAmounts([...rows.values()].map(({ amounts }) => amounts));
  const spent = addAmounts(paid.map(({ known }) => ({ ...NO_AMOUNTS, ...known })));
  const { spend, impressions, clicks, claimedConversions, claimedRevenue } = spent;
  return { rows, total: { ...together, spend, impressions, clicks, claimedConversions, claimedRevenue } };
}

const NOTHING = { conversions: "0", revenue: "0" };
