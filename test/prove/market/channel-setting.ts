import type { Random } from "../../../server/src/random.ts";
import { drawCampaigns, drawNames, drawWithin, ROLES, type Role } from "./channel-pool.ts";
import { between, logBetween, pick, sum, wholeBetween } from "./draws.ts";
import type { Switches } from "./kinds.ts";
import { drawLag, exponentialLag, type Lag } from "./lag.ts";
import { DAY } from "./season.ts";

/** touches a day = cap x spend^exponent / (half^exponent + spend^exponent): Hill, Michaelis-Menten where the exponent is 1. */
interface Delivery {
  readonly cap: number;
  readonly half: number;
  readonly exponent: number;
}

interface BudgetSetting {
  /** Main units a day; 0: nobody pays for the channel. */
  readonly level: number;
  readonly noise: number;
  readonly persistence: number;
  /** From a share of the days on, the level is multiplied by a factor. */
  readonly steps: readonly { readonly from: number; readonly to: number; readonly factor: number }[];
  /** On for some of every few weeks. */
  readonly flight: { readonly cycle: number; readonly on: number; readonly shift: number } | null;
  readonly demandPower: number;
}

export interface ChannelSetting {
  readonly role: Role;
  readonly name: string;
  readonly campaigns: readonly string[];
  readonly campaignShares: readonly number[];
  /** Touches a day at the budget's level. */
  readonly volume: number;
  /** Expected conversions a touch. */
  readonly effect: number;
  readonly lag: Lag;
  readonly halfLifeDays: number;
  /** Order value of what it causes against the ordinary one. */
  readonly valueFactor: number;
  readonly delivery: Delivery;
  readonly budget: BudgetSetting;
  readonly eagerness: number;
  readonly intent: number;
  /** Share of people that it can reach at all. */
  readonly reach: number;
  /** Clicks an impression. */
  readonly clickRate: number;
  readonly seenByClicksOnly: boolean;
}

interface Scale {
  readonly days: number;
  readonly touches: number;
  readonly conversions: number;
  readonly incrementalShare: number;
  readonly meanOrderValue: number;
}

/** Touches and effects of all channels such that together they cause about the share asked for. */
export function drawChannels(
  random: Random,
  roles: readonly Role[],
  switches: Switches,
  scale: Scale,
): ChannelSetting[] {
  const names = drawNames(random, roles);
  const volumes = roles.map((role) => ROLES[role].volume * logBetween(random, 0.4, 2.5));
  const total = sum(volumes);
  const touches = volumes.map((volume) => (volume / total) * scale.touches);
  const effects = roles.map((role) => ROLES[role].effect * logBetween(random, 0.2, 4));
  const clicked = drawClicksOnly(random, roles, switches);
  if (switches.honestSearch) strengthen("search", 0.06, 0.012, roles, touches, effects);
  if (switches.videoSearches) strengthen("video", 0.18, 0.0035, roles, touches, effects);
  const limited = liftEffects(effects, touches, scale.conversions * scale.incrementalShare);
  const honest = switches.honestSearch ? roles.indexOf("search") : -1;
  const causedADay = (scale.conversions * scale.incrementalShare * scale.meanOrderValue) / scale.days;
  return roles.map((role, i) => {
    const { names: campaigns, shares: campaignShares } = drawCampaigns(random, role);
    const effect = limited[i]!;
    const valueFactor = logBetween(random, 0.8, 1.25);
    const worthADay = (effect * touches[i]! * valueFactor * scale.meanOrderValue) / scale.days;
    // Brand search brings nothing of its own; it costs a small part of what all channels bring.
    const pays = role === "brand" ? between(random, 0.02, 0.1) * causedADay : worthADay;
    const level = paysFor(role) ? pays / logBetween(random, 0.3, 8) : 0;
    const halfLifeDays = i === honest ? between(random, 0.008, 0.035) : logBetween(random, ...ROLES[role].halfLife);
    return {
      ...{ role, name: names[i]!, campaigns, campaignShares, effect, valueFactor, halfLifeDays },
      volume: touches[i]! / scale.days,
      lag: i === honest ? exponentialLag(halfLifeDays * DAY) : drawLag(random, halfLifeDays * DAY),
      delivery: drawDelivery(random, level, touches[i]! / scale.days),
      budget: drawBudget(random, role, level, switches),
      eagerness: drawWithin(random, ROLES[role].eagerness) * (switches.eager === "strong" ? 1 : 0.4),
      intent: drawWithin(random, ROLES[role].intent),
      reach: between(random, 0.35, 1),
      clickRate: ROLES[role].interaction === "click" ? between(random, 0.02, 0.08) : between(random, 0.01, 0.03),
      seenByClicksOnly: clicked.has(i),
    };
  });
}

/** Scales effects so that all touches cause about `wanted` conversions, each effect between 0.0005 and 0.03. */
function liftEffects(effects: readonly number[], touches: readonly number[], wanted: number): number[] {
  let lift = 1;
  let limited = [...effects];
  for (let round = 0; round < 4; round++) {
    lift *= wanted / limited.reduce((all, effect, i) => all + effect * touches[i]!, 0);
    limited = effects.map((effect) => (effect === 0 ? 0 : limitEffect(effect * lift)));
  }
  return limited;
}

/** Draws do not heap on the larger limit. */
function limitEffect(effect: number): number {
  return Math.max(0.0005, 0.03 * (1 - Math.exp(-effect / 0.03)));
}

export function paysFor(role: Role): boolean {
  return role !== "direct" && role !== "newsletter";
}

/** The channel that a kind of market is about has to matter, or nobody could tell that it was misjudged. */
function strengthen(
  role: Role,
  share: number,
  effect: number,
  roles: readonly Role[],
  touches: number[],
  effects: number[],
): void {
  const at = roles.indexOf(role);
  touches[at] = Math.max(touches[at]!, share * sum(touches));
  effects[at] = Math.max(effects[at]!, effect);
}

function drawClicksOnly(random: Random, roles: readonly Role[], switches: Switches): Set<number> {
  if (!switches.clicksOnly) return new Set();
  const shown = [...roles.keys()].filter((i) => ROLES[roles[i]!].interaction === "impression");
  const count = Math.min(shown.length, wholeBetween(random, 1, 2));
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(pick(random, shown));
  return chosen;
}

function drawDelivery(random: Random, level: number, volume: number): Delivery {
  const exponent = random.chance(0.6) ? 1 : between(random, 0.7, 1);
  const half = level * logBetween(random, 0.2, 5);
  const cap = level === 0 ? 0 : volume * (1 + (half / level) ** exponent);
  return { cap, half, exponent };
}

function drawBudget(random: Random, role: Role, level: number, switches: Switches): BudgetSetting {
  const steps = Array.from({ length: random.below(3) }, () => {
    const from = between(random, 0, 0.8);
    return { from, to: from + between(random, 0.12, 0.5), factor: logBetween(random, 0.45, 2) };
  });
  const cycle = wholeBetween(random, 3, 6);
  const flies = role !== "brand" && role !== "retargeting" && random.chance(0.25);
  return {
    ...{ level, steps, noise: between(random, 0.15, 0.45), persistence: between(random, 0.4, 0.9) },
    flight: flies ? { cycle, on: wholeBetween(random, 2, cycle - 1), shift: random.below(cycle) } : null,
    demandPower: switches.spendFollowsDemand ? between(random, 0.8, 2) : between(random, 0, 0.4),
  };
}

/** Touches a day that a daily spend buys. */
export function deliveredBy({ cap, half, exponent }: Delivery, spend: number): number {
  if (spend <= 0 || cap === 0) return 0;
  const power = spend ** exponent;
  return (cap * power) / (half ** exponent + power);
}
