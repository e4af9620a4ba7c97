import { FIRST_CHANNEL, FROM_INTEREST, FROM_PROPENSITY } from "./market.ts";
import { CHANNELS, type ChannelName } from "./shop.ts";
import type { Caused } from "./truth.ts";

/** Counts every purchase by why it happened. Money is whole cents until it is read, so that sums are exact. */
export class Ledger {
  private readonly conversions = new Float64Array(FIRST_CHANNEL + CHANNELS.length);
  private readonly revenueMinor = new Float64Array(FIRST_CHANNEL + CHANNELS.length);

  book(origin: number, revenueMinor: number): void {
    this.conversions[origin] = this.conversions[origin]! + 1;
    this.revenueMinor[origin] = this.revenueMinor[origin]! + revenueMinor;
  }

  causedBy(channel: ChannelName): Caused {
    return this.sum([FIRST_CHANNEL + CHANNELS.indexOf(channel)]);
  }

  fromPropensity(): Caused {
    return this.sum([FROM_PROPENSITY]);
  }

  fromInterest(): Caused {
    return this.sum([FROM_INTEREST]);
  }

  baseline(): Caused {
    return this.sum([FROM_PROPENSITY, FROM_INTEREST]);
  }

  booked(): Caused {
    return this.sum([...this.conversions.keys()]);
  }

  private sum(origins: number[]): Caused {
    let conversions = 0;
    let minor = 0;
    for (const origin of origins) {
      conversions += this.conversions[origin]!;
      minor += this.revenueMinor[origin]!;
    }
    return { conversions, revenue: minor / 100 };
  }
}
