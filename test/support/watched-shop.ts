import { DEFAULT_REBALANCING } from "@touchline/server/contract";
import { Random } from "../../server/src/random.ts";
import type { RunContext } from "../../server/src/rebalancing/run-context.ts";
import { conversionRow, type HealthRows, importRow, storeRows, touchRow } from "./health-rows.ts";
import type { World } from "./world.ts";

export const ZONE = "Europe/Paris";
const DAYS = 119;
const DAY_MS = 86_400_000;
const WEEK = [1.2, 1.1, 1, 1, 1.1, 0.8, 0.7];

export const dayBefore = (date: string, days: number) =>
  new Date(Date.parse(date) - days * DAY_MS).toISOString().slice(0, 10);

/** The moment of a clock in the shop's zone, as UTC. */
export function clockIn(zone: string, date: string, clock: string): Date {
  const shown = (moment: Date) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(moment);
  for (const hours of [0, -1, -2, 4, 5]) {
    const moment = new Date(Date.parse(`${date}T${clock}:00Z`) + hours * 3_600_000);
    if (shown(moment) === `${date} ${clock}`) return moment;
  }
  throw new Error(`${date} ${clock} is no time of ${zone}`);
}

/** One row a campaign, day and source. */
export interface SpendRow extends Record<string, unknown> {
  readonly spend_date: string;
  readonly channel: string;
  readonly source: string;
  readonly cost: string;
}

export interface ShopRows extends HealthRows {
  spend: SpendRow[];
}

/** Seventeen weeks of a shop that is well, up to the day before this one; people buy until shortly before midnight. */
export function watchedShop(today: string): ShopRows {
  const random = new Random(4);
  const rows: ShopRows = {
    ...{ imports: [], touchpoints: [], conversions: [], spend: [], adjustments: [], rejected_rows: [] },
    ...{ person_builds: [], forgotten: [] },
  };
  let visitor = 1;
  for (let back = DAYS; back > 0; back--) {
    const date = dayBefore(today, back);
    const level = WEEK[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]!;
    const at = (clock: string) => clockIn(ZONE, date, clock).toISOString().slice(0, 19).replace("T", " ");
    for (const [channel, source, usual, price] of [
      ["Search", "google", 120, 6],
      ["Social", "meta", 80, 5],
      ["Video", "google", 60, 6],
    ] as const) {
      const cost = usual * level * Math.exp(0.15 * random.normal());
      const touches = random.poisson(cost / price);
      rows.spend.push({
        ...{ spend_date: date, channel, campaign: `${channel} one`, source, cost: cost.toFixed(2), currency: "EUR" },
        ...{ clicks: Math.round(cost / 2), impressions: Math.round(cost * 20), import_id: 3, is_withdrawn: 0 },
      });
      for (let i = 0; i < touches; i++) {
        const own = { visitor_id: visitor, occurred_at: at(i % 4 === 0 ? "23:30" : "11:15"), channel };
        rows.touchpoints.push(touchRow(`e${visitor}`, own));
        if (random.chance(0.35)) {
          const bought = { visitor_id: visitor, occurred_at: at(i % 4 === 0 ? "23:45" : "19:20") };
          rows.conversions.push(conversionRow(`k${visitor}`, { ...bought, order_id: `o${visitor}` }));
        }
        visitor++;
      }
    }
  }
  rows.imports.push(
    importRow(1, "touchpoints", "web", rows.touchpoints.length),
    importRow(2, "conversions", "shop", rows.conversions.length),
    importRow(3, "spend", "ads", rows.spend.length),
  );
  return rows;
}

/** Lays the rows into a workspace of the shop's zone, and what a run on them on Monday at six would know. */
export async function contextOn(
  { house }: World,
  workspaceId: string,
  rows: HealthRows,
  today: string,
): Promise<RunContext> {
  await storeRows(house, workspaceId, rows);
  const workspace = await house.workspace(workspaceId);
  await workspace.changeSettings({ currency: "EUR", timeZone: ZONE });
  const store = await workspace.store.open();
  return { workspace, store, settings: DEFAULT_REBALANCING, now: clockIn(ZONE, today, "06:00"), last: null };
}
