import { ROLES } from "./channel-pool.ts";
import { paysFor } from "./channel-setting.ts";
import { orderByPerson } from "./columns.ts";
import type { History } from "./history.ts";
import type { MarketSetting } from "./market-setting.ts";
import type { People } from "./people.ts";
import { DAY } from "./season.ts";
import type { SimulatedChannel, SimulatedMarket } from "./simulated-market.ts";

export function describeChannel(setting: MarketSetting, channel: MarketSetting["channels"][number]): SimulatedChannel {
  const { role, name, campaigns, seenByClicksOnly } = channel;
  const isMail = role === "newsletter" && setting.switches.purchaseMails;
  return {
    name,
    campaigns: isMail ? [...campaigns, "After purchase"] : campaigns,
    interaction: seenByClicksOnly ? "click" : ROLES[role].interaction,
    ...{ isPaid: paysFor(role), isOwned: role === "direct", isDemandCapture: role === "brand" },
    coverage: (1 - setting.refusing) * (seenByClicksOnly ? channel.clickRate : 1),
  };
}

export function conversionsOf(
  setting: MarketSetting,
  people: People,
  { conversions }: History,
): SimulatedMarket["conversions"] {
  const person = Uint32Array.from(conversions.person);
  const second = Float64Array.from(conversions.second);
  const { order } = orderByPerson({ person, second, length: person.length }, setting.people);
  return {
    person: gather(order, person, Uint32Array),
    second: gather(order, second, Float64Array),
    revenueMinor: gather(order, conversions.revenueMinor, Int32Array),
    cause: gather(order, conversions.cause, Int16Array),
    enabler: gather(order, conversions.enabler, Int16Array),
    seen: Uint8Array.from(order, (row) => 1 - people.refuses[person[row]!]!),
  };
}

/**
 * Which touches end up in the file; and of channels seen by their clicks, how many clicks there were by campaign and day.
 * @param isClicked asked of every touch of such a channel, in order of person and time
 */
export function seeTouches(
  isClicked: (clickRate: number, row: number) => boolean,
  setting: MarketSetting,
  people: People,
  { touches }: History,
) {
  const { order } = orderByPerson(touches, setting.people);
  const clicks = setting.channels.map(({ seenByClicksOnly, campaigns }) =>
    seenByClicksOnly ? new Float64Array((campaigns.length + 1) * setting.days) : null,
  );
  const seen = Uint8Array.from(order, (row) => {
    const channel = touches.channel[row]!;
    const counts = clicks[channel];
    if (counts) {
      if (!isClicked(setting.channels[channel]!.clickRate, row)) return 0;
      counts[touches.campaign[row]! * setting.days + Math.floor(touches.second[row]! / DAY)]!++;
    }
    return 1 - people.refuses[touches.person[row]!]!;
  });
  return {
    clicks,
    touches: {
      person: gather(order, touches.person, Uint32Array),
      second: gather(order, touches.second, Float64Array),
      channel: gather(order, touches.channel, Uint8Array),
      campaign: gather(order, touches.campaign, Uint16Array),
      seen,
    },
  };
}

function gather<T>(
  order: Uint32Array,
  values: ArrayLike<number>,
  Column: { from(source: Uint32Array, map: (row: number) => number): T },
): T {
  return Column.from(order, (row) => values[row]!);
}
