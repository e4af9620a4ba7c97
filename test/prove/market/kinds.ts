/** One way in which a market differs from a clean one. A kind of market is a set of them, so that they can be combined. */
export interface Switches {
  /** Most buyers are people whom no ad ever reaches, and who buy at another rate. */
  readonly untouched: boolean;
  /** How unevenly people buy of their own accord, and how far channels aim at those who do. */
  readonly eager: "no" | "light" | "strong";
  /** Direct visits and brand searches come within hours before a purchase, whatever caused it. */
  readonly capture: boolean;
  /** A generic search channel whose own effect also comes within the hour. */
  readonly honestSearch: boolean;
  /** Intent rises over days, draws visits and touches, and ends in one purchase at most. */
  readonly rising: boolean;
  /** Lift tests were run on two or three channels; where some are seen by their clicks only, on these. */
  readonly tests: boolean;
  /** Ads follow visits of the last days and pause after a purchase. */
  readonly retargeting: boolean;
  /** A purchase triggers mails. */
  readonly purchaseMails: boolean;
  /** Budgets are raised when demand is high. */
  readonly spendFollowsDemand: boolean;
  /** A channel does more for people whom another has just reached. */
  readonly synergy: boolean;
  /** A channel does less with every touch of the last days. */
  readonly fatigue: boolean;
  /** Video makes people search for the brand and visit, with or without a purchase. */
  readonly videoSearches: boolean;
  /** About a third of visitors refuse: their touches and the ids of their conversions are missing. */
  readonly consent: boolean;
  /** Of one or two channels only the clicks are seen. */
  readonly clicksOnly: boolean;
}

const CLEAN: Switches = {
  ...{ untouched: false, eager: "no", capture: false, honestSearch: false, rising: false, tests: false },
  ...{ retargeting: false, purchaseMails: false, spendFollowsDemand: false, synergy: false, fatigue: false },
  ...{ videoSearches: false, consent: false, clicksOnly: false },
};

const CHANGES = {
  clean: {},
  untouched: { untouched: true },
  eager: { eager: "strong" },
  capture: { eager: "light", capture: true },
  "capture-beside-honest": { eager: "light", capture: true, honestSearch: true },
  rising: { rising: true },
  "rising-tests": { rising: true, tests: true },
  retargeting: { eager: "light", retargeting: true },
  "mail-after-purchase": { purchaseMails: true },
  "spend-follows-demand": { spendFollowsDemand: true },
  synergy: { synergy: true },
  fatigue: { fatigue: true },
  "video-brand": { eager: "light", capture: true, videoSearches: true },
  consent: { consent: true },
  "clicks-only": { clicksOnly: true },
  "clicks-only-tests": { clicksOnly: true, tests: true },
  shop: { eager: "strong", capture: true, retargeting: true },
  hard: { rising: true, consent: true },
} as const satisfies Record<string, Partial<Switches>>;

export type MarketKind = keyof typeof CHANGES;

export const MARKET_KINDS = Object.keys(CHANGES) as MarketKind[];

export function switchesOf(kind: MarketKind): Switches {
  return { ...CLEAN, ...CHANGES[kind] };
}
