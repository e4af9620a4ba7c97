import { bookedByMonth, reportSpend, soldAndRefunded } from "@touchline/sql";
import type { DateRange } from "../../contract/index.ts";
import { minus, sumOf } from "../../exact.ts";
import type { Workspace } from "../../workspace.ts";
import { shareOut, toPlaces } from "./share-out.ts";

/** What the books say of a month, to the cent. */
export interface MonthBooks {
  readonly conversions: string;
  /** Net of what was given back. */
  readonly revenue: string;
  /** Negative where it was given back. */
  readonly refunds: string;
  /** By channel. */
  readonly spend: ReadonlyMap<string, string>;
}

/**
 * The books of whole months as a report of each of them shows them: a month is rounded by itself, so that months that were closed one by
 * one can be held against it.
 */
export async function readBooks(
  workspace: Workspace,
  range: DateRange,
  months: readonly string[],
): Promise<ReadonlyMap<string, MonthBooks>> {
  const { timeZone } = await workspace.settings();
  const { warehouse } = workspace;
  const [booked, sold, spend] = await Promise.all([
    warehouse.ask(bookedByMonth, { ...range, timeZone }),
    warehouse.ask(soldAndRefunded, { ...range, timeZone }),
    warehouse.ask(reportSpend, { ...range, byCampaign: false }),
  ]);
  return new Map(
    months.map((month) => {
      const own = booked.find((row) => row.month === month);
      const refunds = sold.filter((row) => row.month === month && row.kind === "refund");
      const billed = spend.filter((row) => row.month === month);
      return [
        month,
        {
          conversions: String(own?.conversions ?? 0),
          revenue: toPlaces(own?.revenue ?? "0", 2),
          refunds: toPlaces(sumOf(refunds.map(({ amount }) => amount)), 2),
          spend: spendInCents(billed),
        },
      ];
    }),
  );
}

function spendInCents(rows: readonly { readonly channel: string; readonly spend: string }[]): Map<string, string> {
  const channels = [...new Set(rows.map(({ channel }) => channel))].sort((a, b) => (a < b ? -1 : 1));
  const amounts = channels.map((channel) =>
    sumOf(rows.filter((row) => row.channel === channel).map((row) => row.spend)),
  );
  const shared = shareOut(toPlaces(sumOf(amounts), 2), amounts, 2);
  return new Map(channels.map((channel, i) => [channel, shared[i]!]));
}

/** Revenue before what was given back. */
export function grossOf({ revenue, refunds }: Pick<MonthBooks, "revenue" | "refunds">): string {
  return minus(revenue, refunds);
}
