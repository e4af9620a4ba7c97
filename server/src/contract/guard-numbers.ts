import type { GuardRule } from "./rebalancing.ts";

/**
 * By rule, the names under which `numbers` of a check may hold what it looked at; whoever puts a check into words reads them from
 * here. `says` is which of the rule's sentences: each rule lists its own. Shares and factors are numbers (0.2 is 20 %), amounts are
 * decimals of a week unless `days` says otherwise, days are `YYYY-MM-DD`.
 */
export const GUARD_NUMBERS = {
  /** fine | stale | spend-missing (touches of the channel go on, its spend does not arrive) | ended */
  "stale-source": ["says", "source", "kind", "newest", "hours", "limitHours", "sources"],
  /** fine | short | unknown */
  "incomplete-days": ["says", "source", "kind", "day", "rows", "usual", "share", "days", "falseAlarm"],
  /** fine | zero | fallen | revenue (conversions come, their revenue does not) | unknown. `type` is the conversion type */
  "conversions-dropped": ["says", "type", "from", "to", "days", "seen", "expected", "share", "falseAlarm"],
  /** fine | twice (the same rows from two sources or campaigns) | jumped | unknown. `amount` is the money counted twice */
  "spend-jumped": [
    ...["says", "source", "other", "rows", "amount", "currency", "from", "to", "days"],
    ...["seen", "expected", "factor", "touches", "clicks", "impressions", "falseAlarm"],
  ],
  /** fine | silent | most (silent channels have more than half of the budget). `daily` is what it spent a day, `share` of the budget */
  "channel-silent": ["says", "since", "days", "daily", "currency", "share", "channels"],
  /** fine | drifted | planned (the plans approved here explain it) | first (nothing to compare with) | unknown */
  "spend-drift": ["says", "index", "limit", "byChance", "largest", "before", "after", "from", "to", "plans"],
  "journey-drift": ["says", "of", "index", "limit", "byChance", "largest", "before", "after", "from", "to", "plans"],
  "conversion-drift": ["says", "of", "index", "limit", "byChance", "largest", "before", "after", "from", "to"],
  /** fine | jumped (a channel's share of the credit) | most (such channels have more than half of the budget) | unidentified | first */
  "model-health": ["says", "before", "after", "low", "high", "lowBefore", "highBefore", "share", "channels"],
  /** fine | blackout */
  blackout: ["says", "day", "from", "to", "reason"],
  /** fine | waits */
  "standing-proposal": ["says", "proposals", "name", "by", "since"],
  /** fine | at-limit (the channel would move further) | impossible (no plan keeps all limits) */
  "channel-change": ["says", "limit", "from", "to", "currency", "channels"],
  /** fine | limited. `moved` and `wanted` are shares of the budget with and without the rule, gains are of a week */
  "total-moved": ["says", "limit", "moved", "wanted", "gain", "gainWanted", "currency"],
  /** fine | rests */
  "cool-down": ["says", "changed", "days", "daysLeft"],
  /** fine | capped | off. `largest` is the largest spend of a day that was reached on three days, times 7 */
  extrapolation: ["says", "largest", "to", "currency", "channels"],
  /** fine | noise (too few draws gain) | best (nothing better was found) | no-draws | dropped (a channel's own move) */
  "within-noise": ["says", "probability", "limit", "low", "high", "level", "gain", "currency"],
  /** fine | protected */
  protected: ["says", "channels"],
  /** fine | held. `why` is the plan's reason code: unidentified, uncertain, no-curve, demand-capture or low-coverage */
  "not-identified": ["says", "why", "channels"],
  /** fine (everything varies by itself) | nudged | off | later (it did not fit into this plan) */
  exploration: ["says", "least", "varied", "weeks", "from", "to", "currency", "channels"],
} as const satisfies Record<GuardRule, readonly string[]>;

/** What a check of this rule may say in figures. */
export type GuardNumbers<R extends GuardRule> = { readonly says: string } & {
  readonly [K in (typeof GUARD_NUMBERS)[R][number]]?: string | number;
};
