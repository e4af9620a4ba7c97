import { EventColumns } from "./columns.ts";
import type { MarketSetting } from "./market-setting.ts";

/** What really happened, as it is written down while people live through their events. */
export class History {
  readonly touches: EventColumns;
  readonly conversions = {
    person: [] as number[],
    second: [] as number[],
    cause: [] as number[],
    enabler: [] as number[],
    revenueMinor: [] as number[],
  };
  /** By channel: touches that a budget bought or a sender sent, and those of them that were not taken back. */
  readonly planned: Float64Array;
  readonly delivered: Float64Array;
  /** By channel: conversions a delivered touch is expected to bring that would have come anyway. */
  readonly pulledForward: Float64Array;
  /** delivered by [channel][campaign * days + day] */
  readonly deliveredDaily: readonly Float64Array[];
  /** Conversions inside the days by [channel * days + day of the touch]. */
  readonly causedByTouchDay: Float64Array;
  private readonly days: number;

  constructor({ channels, days }: MarketSetting, capacity: number) {
    this.days = days;
    this.touches = new EventColumns(capacity);
    this.planned = new Float64Array(channels.length);
    this.delivered = new Float64Array(channels.length);
    this.pulledForward = new Float64Array(channels.length);
    // One campaign more: mails that a purchase triggers have one of their own.
    this.deliveredDaily = channels.map(({ campaigns }) => new Float64Array((campaigns.length + 1) * days));
    this.causedByTouchDay = new Float64Array(channels.length * days);
  }

  touch(person: number, second: number, channel: number, campaign: number): void {
    this.touches.add(person, second, channel, campaign, 0);
    this.deliveredDaily[channel]![campaign * this.days + Math.floor(second / 86_400)]!++;
  }

  convert(person: number, second: number, cause: number, enabler: number, revenueMinor: number): void {
    const { conversions } = this;
    conversions.person.push(person);
    conversions.second.push(second);
    conversions.cause.push(cause);
    conversions.enabler.push(enabler);
    conversions.revenueMinor.push(revenueMinor);
  }
}
