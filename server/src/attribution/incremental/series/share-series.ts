import { adstock } from "@touchline/solver";
import type { SeriesCredit } from "@touchline/sql";
import { listDays } from "../../../calendar-days.ts";
import type { SeriesAnswer } from "./answer-series.ts";

/** What is booked on a day and no touch has: it is what unseen channels can have a part of. */
export interface DayLeft {
  readonly conversions: number;
  readonly revenue: number;
  readonly margin: number;
}

/** Pressure of a channel's campaigns on the fitted days, in whatever unit. */
export type CampaignPressure = ReadonlyMap<string, ReadonlyMap<string, Float64Array>>;

/** Whatever the fit says, this part of what is left of a day would have come by itself. */
const LEAST_BASE = 0.1;
/** Smaller amounts than a decimal of 12 places holds. */
const NOTHING = 5e-13;

/**
 * Takes the credit of unseen channels out of what touches left of each day: every channel gets the part that it has in what the fit
 * expects of the day. Under the touch basis it goes to the days whose pressure is still at work, by age.
 * Law: what is given of a day is less than what was left of it, in conversions, revenue and margin alike.
 * @param left by day; days without an entry are not credited
 */
export function shareSeries(
  { base, channels }: SeriesAnswer,
  from: string,
  left: ReadonlyMap<string, DayLeft>,
  campaigns: CampaignPressure,
  dateBasis: "conversion" | "touch",
): SeriesCredit[] {
  const days = listDays(from, endOf(from, base.length));
  return channels.flatMap((answer) => {
    const { channel, byDay, kernel } = answer;
    const working = [...campaigns.get(channel)!].map(([campaign, pressure]) => ({
      ...{ campaign, pressure },
      carried: adstock(pressure, Float64Array.from(kernel)),
    }));
    const book = new Book(channel);
    days.forEach((date, day) => {
      const rest = left.get(date);
      const expected = byDay[day]!;
      // Of a day on which no conversion is left a rest of revenue is rounding, or a refund: nobody brought it.
      if (rest === undefined || !(rest.conversions > 0) || !(expected > 0)) return;
      const all = channels.reduce((sum, each) => sum + each.byDay[day]!, 0);
      const share = (expected / all) * Math.min(1 - LEAST_BASE, all / (all + Math.max(0, base[day]!)));
      const pressed = working.reduce((sum, { carried }) => sum + carried[day]!, 0);
      for (const { campaign, pressure, carried } of working) {
        if (!(carried[day]! > 0)) continue;
        if (dateBasis === "conversion") book.add(date, campaign, rest, (share * carried[day]!) / pressed);
        else {
          for (let lag = 0; lag < kernel.length && lag <= day; lag++) {
            const part = (kernel[lag]! * pressure[day - lag]!) / pressed;
            if (part > 0) book.add(days[day - lag]!, campaign, rest, share * part);
          }
        }
      }
    });
    return book.rows();
  });
}

function endOf(from: string, days: number): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + (days - 1) * 86_400_000).toISOString().slice(0, 10);
}

/** Adds up a channel's amounts by day and campaign. */
class Book {
  readonly #channel: string;
  readonly #cells = new Map<
    string,
    { date: string; campaign: string; conversions: number; revenue: number; margin: number }
  >();

  constructor(channel: string) {
    this.#channel = channel;
  }

  add(date: string, campaign: string, { conversions, revenue, margin }: DayLeft, part: number): void {
    const key = JSON.stringify([date, campaign]);
    const cell = this.#cells.get(key) ?? { date, campaign, conversions: 0, revenue: 0, margin: 0 };
    cell.conversions += part * conversions;
    cell.revenue += part * revenue;
    cell.margin += part * margin;
    this.#cells.set(key, cell);
  }

  rows(): SeriesCredit[] {
    return [...this.#cells.values()]
      .filter(({ conversions }) => conversions > NOTHING)
      .map(({ date, campaign, conversions, revenue, margin }) => ({
        ...{ date, channel: this.#channel, campaign, conversions: conversions.toFixed(12) },
        ...{ revenue: revenue.toFixed(12), margin: margin.toFixed(12) },
      }));
  }
}
