import { Random } from "../../../server/src/random.ts";
import { drawRoles } from "./channel-pool.ts";
import { type ChannelSetting, drawChannels } from "./channel-setting.ts";
import { between, logBetween, pick, sum, wholeBetween } from "./draws.ts";
import { type MarketKind, type Switches, switchesOf } from "./kinds.ts";

/** How people differ in what they buy of their own accord. */
export interface Unevenness {
  readonly family: "gamma" | "lognormal" | "two-classes";
  /** Gamma: its shape. Lognormal: its deviation. Two classes: how many times more the eager ones buy. */
  readonly value: number;
  /** Two classes: the share of eager ones. */
  readonly share: number;
}

export interface MarketSetting {
  readonly kind: MarketKind;
  readonly seed: number;
  readonly switches: Switches;
  readonly people: number;
  readonly days: number;
  readonly firstDay: string;
  readonly channels: readonly ChannelSetting[];
  /** Conversions over all days that nobody caused, in expectation. */
  readonly baseline: number;
  readonly meanOrderValue: number;
  readonly orderDeviation: number;
  readonly demandShock: number;
  /** Effects follow the season's demand to this power. */
  readonly effectSeason: number;
  readonly unevenness: Unevenness;
  /** Share of people whom ads reach, and how often the others buy against them. */
  readonly reached: { readonly share: number; readonly othersBuy: number };
  readonly refusing: number;
  /** Closing visits and brand searches: chance before a purchase, others for each purchase, hours before it. */
  readonly closing: {
    readonly visit: number;
    readonly search: number;
    readonly idleVisits: number;
    readonly idleSearches: number;
    readonly meanHours: number;
    readonly spendMatters: number;
  };
  /** Visits while somebody makes up their mind, for each purchase out of the baseline. */
  readonly research: { readonly visits: number; readonly meanDays: number };
  readonly episodes: {
    readonly share: number;
    readonly ending: number;
    readonly medianDays: number;
    readonly power: number;
    readonly visits: number;
  };
  readonly mail: {
    readonly subscribers: number;
    readonly weekdays: readonly number[];
    readonly afterPurchase: number;
    readonly afterDays: number;
    readonly afterEffect: number;
  };
  readonly pauseDays: number;
  /** `second` does (1 + boost) times as much within some days after a touch of `first`. */
  readonly synergies: readonly { first: number; second: number; boost: number; days: number }[];
  /** Effect is multiplied by this for every touch of the same channel in the last 7 days, by channel; 1 without fatigue. */
  readonly fatigue: readonly number[];
  /** Brand searches and visits without a purchase for each conversion that video causes. */
  readonly videoSearches: number;
}

const TRIES = 200;

/** Draws every parameter anew. Draws whose incremental share is planned outside of 18 to 60 % are drawn again. */
export function drawSetting(kind: MarketKind, seed: number, size: number): MarketSetting {
  const random = new Random(seed, 1);
  const switches = switchesOf(kind);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const days = wholeBetween(random, 100, 200);
    const conversions = between(random, 11_800, 24_000) * size;
    const incrementalShare = between(random, 0.15, 0.6);
    const meanOrderValue = logBetween(random, 25, 250);
    const touches = logBetween(random, 320_000, 700_000) * size;
    const scale = { days, touches, conversions, incrementalShare, meanOrderValue };
    const channels = drawChannels(random, drawRoles(random, switches), switches, scale);
    const caused = sum(channels.map(({ effect, volume }) => effect * volume * days));
    const share = caused / conversions;
    if (share < 0.18 || share > 0.6) continue;
    const people = Math.round(between(random, 32_000, 55_000) * size);
    return {
      ...{ kind, seed, switches, days, people, channels, meanOrderValue },
      baseline: conversions - caused,
      ...drawManners(random, switches, channels),
    };
  }
  throw new Error(`no market of kind ${kind} and seed ${seed} causes 15 to 60 % of its conversions`);
}

type Manners = Omit<
  MarketSetting,
  "kind" | "seed" | "switches" | "days" | "people" | "channels" | "meanOrderValue" | "baseline"
>;

function drawManners(random: Random, switches: Switches, channels: readonly ChannelSetting[]): Manners {
  return {
    firstDay: new Date(Date.UTC(2025, 0, 6) + 7 * 86_400_000 * random.below(40)).toISOString().slice(0, 10),
    orderDeviation: between(random, 0.2, 0.7),
    demandShock: switches.spendFollowsDemand ? between(random, 0.15, 0.35) : between(random, 0.02, 0.1),
    effectSeason: pick(random, [0, 0.5, 1]),
    unevenness: drawUnevenness(random, switches),
    reached: drawReached(random, switches),
    refusing: switches.consent ? between(random, 0.28, 0.38) : 0,
    closing: {
      ...{ visit: between(random, 0.3, 0.7), search: between(random, 0.15, 0.45) },
      ...{ idleVisits: logBetween(random, 1.5, 5), idleSearches: logBetween(random, 0.8, 3.5) },
      ...{ meanHours: logBetween(random, 0.3, 3), spendMatters: between(random, 0.1, 0.3) },
    },
    research: { visits: between(random, 0.7, 2), meanDays: between(random, 1, 4) },
    episodes: {
      ...{ share: between(random, 0.5, 0.9), ending: between(random, 0.1, 0.4) },
      ...{ medianDays: logBetween(random, 4, 16), power: between(random, 1, 3), visits: between(random, 1, 5) },
    },
    mail: {
      ...{ subscribers: between(random, 0.2, 0.5), weekdays: pick(random, [[1], [3], [1, 4], [0, 2, 4], [6]]) },
      ...{ afterPurchase: between(random, 1, 2.5), afterDays: logBetween(random, 0.5, 7) },
      afterEffect: between(random, 0.3, 1),
    },
    pauseDays: between(random, 3, 14),
    synergies: switches.synergy ? drawSynergies(random, channels) : [],
    fatigue: channels.map(() => (switches.fatigue ? between(random, 0.72, 0.95) : 1)),
    videoSearches: switches.videoSearches ? between(random, 5, 15) : 0,
  };
}

function drawUnevenness(random: Random, { eager }: Switches): Unevenness {
  if (eager === "no") return { family: "gamma", value: between(random, 1.5, 4), share: 0 };
  if (eager === "light") return { family: "gamma", value: between(random, 0.7, 1.5), share: 0 };
  const family = pick(random, ["gamma", "lognormal", "two-classes"] as const);
  if (family === "gamma") return { family, value: between(random, 0.2, 0.6), share: 0 };
  if (family === "lognormal") return { family, value: between(random, 0.9, 1.5), share: 0 };
  return { family, value: between(random, 6, 20), share: between(random, 0.05, 0.2) };
}

/** Where most buyers are never reached, they buy clearly less or clearly more than the others. */
function drawReached(random: Random, { untouched }: Switches): MarketSetting["reached"] {
  if (!untouched) return { share: 1, othersBuy: 1 };
  const othersBuy = random.chance(0.5) ? logBetween(random, 0.5, 0.8) : logBetween(random, 1.3, 3);
  return { share: between(random, 0.12, 0.3), othersBuy };
}

function drawSynergies(random: Random, channels: readonly ChannelSetting[]): MarketSetting["synergies"] {
  const acting = [...channels.keys()].filter((i) => channels[i]!.effect > 0);
  // A boost by what hardly anybody sees would be none.
  const frequent = [...acting].sort((a, b) => channels[b]!.volume - channels[a]!.volume).slice(0, 3);
  const pairs: MarketSetting["synergies"][number][] = [];
  const count = wholeBetween(random, 1, 3);
  while (pairs.length < count) {
    const first = pick(random, frequent);
    const second = pick(random, acting);
    // One boost a channel, so that what is lost without either has one answer.
    if (first === second || pairs.some((pair) => pair.second === second)) continue;
    pairs.push({ first, second, boost: between(random, 0.5, 2), days: between(random, 4, 12) });
  }
  return pairs;
}
