import type { Random } from "../../../server/src/random.ts";
import { between, logBetween, pick, wholeBetween } from "./draws.ts";
import type { Switches } from "./kinds.ts";
import type { SimulatedChannel } from "./simulated-market.ts";

export type Role =
  | "social"
  | "video"
  | "display"
  | "audio"
  | "search"
  | "shopping"
  | "affiliate"
  | "newsletter"
  | "retargeting"
  | "brand"
  | "direct";

/** What channels of a role have in common; every market draws its own figures around it. */
export interface RoleSetting {
  readonly names: readonly string[];
  readonly interaction: SimulatedChannel["interaction"];
  /** Touches and conversions a touch, relative to other roles. */
  readonly volume: number;
  readonly effect: number;
  /** Days. */
  readonly halfLife: readonly [number, number];
  /** How far it aims at people who buy anyway (exponent on their rate) and at people inside an intent episode (share of touches). */
  readonly eagerness: readonly [number, number];
  readonly intent: readonly [number, number];
}

/** Names that say nothing: brand search must not be known by its name. */
const SEARCHES = ["Search A", "Search B", "SEA 1", "SEA 2", "Bing", "Google Ads", "Text ads"];

export const ROLES: Readonly<Record<Role, RoleSetting>> = {
  social: {
    names: ["Meta", "Instagram", "TikTok", "Pinterest", "Snapchat", "Paid Social", "LinkedIn", "Reddit"],
    ...{ interaction: "impression", volume: 3, effect: 0.003 },
    ...{ halfLife: [0.8, 9], eagerness: [0.2, 0.6], intent: [0.05, 0.25] },
  },
  video: {
    names: ["YouTube", "Online Video", "CTV", "Video A", "Catch-up TV"],
    ...{ interaction: "impression", volume: 2, effect: 0.0022 },
    ...{ halfLife: [3, 21], eagerness: [0, 0.3], intent: [0, 0.12] },
  },
  display: {
    names: ["Display", "Programmatic", "Native", "GDN", "Banner network", "DSP 2"],
    ...{ interaction: "impression", volume: 3, effect: 0.0018 },
    ...{ halfLife: [0.5, 10], eagerness: [0.1, 0.6], intent: [0, 0.2] },
  },
  audio: {
    names: ["Podcasts", "Streaming audio", "Radio app"],
    ...{ interaction: "impression", volume: 1.5, effect: 0.0022 },
    ...{ halfLife: [2, 14], eagerness: [0, 0.3], intent: [0, 0.1] },
  },
  search: {
    names: ["Google Generic", "Non-Brand Search", "Generic SEA", ...SEARCHES],
    ...{ interaction: "click", volume: 0.8, effect: 0.009 },
    ...{ halfLife: [0.05, 2.5], eagerness: [0.4, 0.8], intent: [0.3, 0.7] },
  },
  shopping: {
    names: ["Google Shopping", "Product Ads", "PMax", "Shopping B"],
    ...{ interaction: "click", volume: 0.7, effect: 0.009 },
    ...{ halfLife: [0.08, 2], eagerness: [0.4, 0.8], intent: [0.3, 0.7] },
  },
  affiliate: {
    names: ["Affiliates", "Awin", "Price comparison", "Coupon partners", "Publisher deals"],
    ...{ interaction: "click", volume: 0.5, effect: 0.008 },
    ...{ halfLife: [0.06, 3], eagerness: [0.3, 0.7], intent: [0.2, 0.6] },
  },
  newsletter: {
    names: ["Newsletter", "Email", "CRM mail", "Mailing"],
    ...{ interaction: "open", volume: 1.2, effect: 0.005 },
    ...{ halfLife: [0.2, 4], eagerness: [0.3, 0.7], intent: [0, 0.15] },
  },
  retargeting: {
    names: ["Retargeting", "Criteo", "Dynamic ads", "Remarketing", "RTB House"],
    ...{ interaction: "impression", volume: 1, effect: 0.004 },
    ...{ halfLife: [0.2, 3], eagerness: [0.8, 1], intent: [0.6, 0.92] },
  },
  brand: {
    names: ["Google Brand", "Brand Search", "Brand SEA", ...SEARCHES],
    ...{ interaction: "click", volume: 0, effect: 0 },
    ...{ halfLife: [1, 1], eagerness: [0, 0], intent: [0, 0] },
  },
  direct: {
    names: ["Direct", "(direct)", "Own visits"],
    ...{ interaction: "visit", volume: 0, effect: 0 },
    ...{ halfLife: [1, 1], eagerness: [0, 0], intent: [0, 0] },
  },
};

const COMMON: readonly Role[] = [
  "social",
  "social",
  "video",
  "display",
  "search",
  "shopping",
  "affiliate",
  "newsletter",
];
const RARE: readonly Role[] = ["social", "display", "video", "audio", "search", "affiliate"];
const CAMPAIGN_WORDS = ["Prospecting", "Always on", "Spring", "Launch", "Lookalike", "Test", "Core", "Region", "Sale"];

/** The channels of a market by role: what the switches need, and others up to 5 to 12. */
export function drawRoles(random: Random, switches: Switches): Role[] {
  const roles: Role[] = [];
  const { capture, rising, retargeting, eager } = switches;
  if (capture || rising || retargeting) roles.push("direct");
  if (capture || (rising && random.chance(0.5))) roles.push("brand");
  if (retargeting || eager === "strong" || (rising && random.chance(0.7))) roles.push("retargeting");
  if (switches.purchaseMails) roles.push("newsletter");
  if (switches.videoSearches) roles.push("video");
  if (switches.honestSearch) roles.push("search");
  const count = wholeBetween(random, Math.max(5, roles.length + 3), 12);
  const common = [...COMMON];
  while (roles.length < count) {
    const isCommon = common.length > 0 && random.chance(0.75);
    const role = isCommon ? common.splice(random.below(common.length), 1)[0]! : pick(random, RARE);
    if (role === "newsletter" && roles.includes("newsletter")) continue;
    if (role === "video" && switches.videoSearches) continue; // one video channel, so that its searches are its own
    roles.push(role);
  }
  return shuffled(random, roles);
}

/** The order of channels says nothing either. */
function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const left = [...items];
  const out: T[] = [];
  while (left.length > 0) out.push(left.splice(random.below(left.length), 1)[0]!);
  return out;
}

/** A name for each role, no name twice. */
export function drawNames(random: Random, roles: readonly Role[]): string[] {
  const taken = new Set<string>();
  return roles.map((role) => {
    const free = ROLES[role].names.filter((name) => !taken.has(name));
    const name = free.length > 0 ? pick(random, free) : `${ROLES[role].names[0]} ${taken.size}`;
    taken.add(name);
    return name;
  });
}

/** Campaigns and what share of the channel's money each gets. */
export function drawCampaigns(random: Random, role: Role): { names: string[]; shares: number[] } {
  if (role === "direct") return { names: ["(none)"], shares: [1] };
  const names = shuffled(random, CAMPAIGN_WORDS).slice(0, wholeBetween(random, 1, 4));
  const weights = names.map(() => logBetween(random, 0.3, 2));
  const total = weights.reduce((a, b) => a + b, 0);
  return { names, shares: weights.map((weight) => weight / total) };
}

export function drawWithin(random: Random, [low, high]: readonly [number, number]): number {
  return between(random, low, high);
}
