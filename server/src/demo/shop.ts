/**
 * What the simulated shop is: its channels with their budgets, prices and true effects, its people and its orders.
 * Amounts are EUR a day, for a shop of REFERENCE_PEOPLE; a smaller shop scales money and volume with its people.
 */

export const CHANNELS = [
  "Paid Search",
  "Brand Search",
  "Paid Social",
  "Display",
  "Retargeting",
  "Video",
  "Email",
  "Direct",
] as const;
export type ChannelName = (typeof CHANNELS)[number];

export const INTERACTIONS = ["impression", "click", "visit", "open", "call"] as const;
export type Interaction = (typeof INTERACTIONS)[number];

export const REFERENCE_PEOPLE = 120_000;
export const CURRENCY = "EUR";
export const COUNTRY = "FR";
export const TIME_ZONE = "Europe/Paris";

/** Runs of `on` weeks in every `cycle` weeks, counted back from the last day; `shift` moves the run. */
interface Flight {
  on: number;
  cycle: number;
  shift: number;
}

export interface CampaignModel {
  name: string;
  /** Share of the channel's money over the long run; the shares of a channel add up to 1. */
  share: number;
  flight?: Flight;
}

/** A stretch of days, counted back from the last day (0), on which the budget is multiplied by `factor`. */
interface BudgetStep {
  fromDaysBack: number;
  toDaysBack: number;
  factor: number;
}

export interface BudgetModel {
  /** Mean daily spend towards the end of the year. */
  today: number;
  /** Spend is multiplied by the season's index to this power: 0 ignores the season, 1 follows it. */
  seasonPower: number;
  /** Level a year before the last day, against today's; the way between is a straight line. */
  yearAgo: number;
  /** Standard deviation of the logarithm of the day-to-day noise, which is an AR(1) process. */
  noise: number;
  steps: BudgetStep[];
}

interface DeliveryModel {
  /** Touches a day that no budget can exceed, and the spend that buys half of them. */
  cap: number;
  half: number;
  /**
   * Share of the delivered touches that reach the shop's market: people who may ever buy here and whose touches the shop
   * can recognise. The others reach people who never buy here; they cost money and cause nothing.
   */
  inMarketShare: number;
}

interface EffectModel {
  /** Additional purchases that one touch of a person of the market causes, over all time, in a season of index 1. */
  conversionsPerTouch: number;
  /** Half of those purchases happen within this time after the touch. */
  halfLifeDays: number;
}

/** Whom a channel's touches meet; what the shares leave meets everybody with the same probability. */
interface AudienceModel {
  /** Drawn in proportion to the lasting propensity to buy. */
  eager: number;
  /** Drawn from people inside an interest episode, the more the closer its end. */
  interested: number;
}

export interface MarketingModel {
  campaigns: CampaignModel[];
  /** Name of the tool that reports the cost. */
  source: string;
  /** Owned channels have a running cost that buys no further volume: plans leave them alone. */
  owned: boolean;
  budget: BudgetModel;
  delivery: DeliveryModel;
  effect: EffectModel;
  audience: AudienceModel;
  /** What one touch is, and so what `cap` counts. */
  touch: "impression" | "click" | "open";
  /** Share of touches in the market that are clicked, and of those outside it. For clicks: clicks an impression. */
  clickShare: { inMarket: number; outside: number };
  /** Whether touches that were not clicked can be joined to a person at all. */
  showsUnclicked: boolean;
}

export const MARKETING: Readonly<Record<Exclude<ChannelName, "Direct">, MarketingModel>> = {
  // A fair price, near its best spend; a third of its clicks come from people who are about to buy anyway.
  "Paid Search": {
    campaigns: [
      { name: "Generic - Clothing", share: 0.45 },
      { name: "Generic - Home", share: 0.25 },
      { name: "Shopping Ads", share: 0.3 },
    ],
    source: "search-ads",
    owned: false,
    budget: {
      today: 700,
      seasonPower: 0.8,
      yearAgo: 0.9,
      noise: 0.16,
      steps: [
        { fromDaysBack: 118, toDaysBack: 98, factor: 0.55 },
        { fromDaysBack: 230, toDaysBack: 210, factor: 1.6 },
      ],
    },
    delivery: { cap: 1780, half: 900, inMarketShare: 0.9 },
    effect: { conversionsPerTouch: 0.025, halfLifeDays: 1 },
    audience: { eager: 0.25, interested: 0.33 },
    touch: "click",
    clickShare: { inMarket: 0.055, outside: 0.055 },
    showsUnclicked: true,
  },
  // Clicks come out of the moments in which somebody already shops; the budget only decides who pays for them.
  "Brand Search": {
    campaigns: [
      { name: "Brand - Exact", share: 0.75 },
      { name: "Brand - Broad", share: 0.25 },
    ],
    source: "search-ads",
    owned: false,
    budget: { today: 50, seasonPower: 1, yearAgo: 0.95, noise: 0.1, steps: [] },
    // The cap of this channel is what people search, so it is measured in the run: see BrandDemand in market.ts.
    delivery: { cap: 0, half: 12.5, inMarketShare: 0.92 },
    effect: { conversionsPerTouch: 0.002, halfLifeDays: 0.08 },
    audience: { eager: 0, interested: 0 },
    touch: "click",
    clickShare: { inMarket: 0.22, outside: 0.22 },
    showsUnclicked: true,
  },
  // The channel with room: far from its saturation.
  "Paid Social": {
    campaigns: [
      { name: "Prospecting - Lookalike", share: 0.4 },
      { name: "Prospecting - Broad", share: 0.35 },
      { name: "Reels - New Collection", share: 0.25 },
    ],
    source: "social-ads",
    owned: false,
    budget: {
      today: 400,
      seasonPower: 0.3,
      yearAgo: 0.6,
      noise: 0.22,
      steps: [
        { fromDaysBack: 74, toDaysBack: 61, factor: 0.35 },
        { fromDaysBack: 221, toDaysBack: 201, factor: 1.9 },
      ],
    },
    delivery: { cap: 214_000, half: 1100, inMarketShare: 0.02 },
    effect: { conversionsPerTouch: 0.0122, halfLifeDays: 3 },
    audience: { eager: 0.3, interested: 0.03 },
    touch: "impression",
    clickShare: { inMarket: 0.015, outside: 0.011 },
    showsUnclicked: true,
  },
  // Raised five months ago, and since then far beyond what its audience can take.
  Display: {
    campaigns: [
      { name: "Programmatic - Open", share: 0.6, flight: { on: 4, cycle: 5, shift: 0 } },
      { name: "Native - Publishers", share: 0.4, flight: { on: 2, cycle: 3, shift: 1 } },
    ],
    source: "display-ads",
    owned: false,
    budget: {
      today: 420,
      seasonPower: 0,
      yearAgo: 1,
      noise: 0.2,
      steps: [{ fromDaysBack: 1000, toDaysBack: 150, factor: 0.55 }],
    },
    delivery: { cap: 159_000, half: 120, inMarketShare: 0.019 },
    effect: { conversionsPerTouch: 0.0024, halfLifeDays: 6 },
    audience: { eager: 0.12, interested: 0 },
    touch: "impression",
    clickShare: { inMarket: 0.002, outside: 0.0011 },
    showsUnclicked: true,
  },
  // Shown to who was in the shop within the last days: looks splendid by last touch, causes next to nothing.
  Retargeting: {
    campaigns: [
      { name: "Dynamic - Viewed Products", share: 0.7 },
      { name: "Dynamic - Cart", share: 0.3 },
    ],
    source: "retargeting-ads",
    owned: false,
    budget: {
      today: 180,
      seasonPower: 0.5,
      yearAgo: 0.9,
      noise: 0.18,
      steps: [{ fromDaysBack: 1000, toDaysBack: 240, factor: 0.7 }],
    },
    delivery: { cap: 50_800, half: 150, inMarketShare: 0.028 },
    effect: { conversionsPerTouch: 0.0015, halfLifeDays: 1 },
    audience: { eager: 0, interested: 0 },
    touch: "impression",
    clickShare: { inMarket: 0.009, outside: 0.005 },
    showsUnclicked: true,
  },
  // Works for days, and can be joined to a person only where somebody clicked.
  Video: {
    campaigns: [
      { name: "Video - In-Stream", share: 0.65, flight: { on: 3, cycle: 4, shift: 0 } },
      { name: "Video - Shorts", share: 0.35, flight: { on: 2, cycle: 4, shift: 1 } },
    ],
    source: "video-ads",
    owned: false,
    budget: { today: 280, seasonPower: 0.2, yearAgo: 0.9, noise: 0.15, steps: [] },
    delivery: { cap: 78_000, half: 500, inMarketShare: 0.1 },
    effect: { conversionsPerTouch: 0.0026, halfLifeDays: 9 },
    audience: { eager: 0, interested: 0 },
    touch: "impression",
    clickShare: { inMarket: 0.085, outside: 0.0015 },
    showsUnclicked: false,
  },
  Email: {
    campaigns: [
      { name: "Newsletter", share: 0.6 },
      { name: "Offers", share: 0.3 },
      { name: "Back in Stock", share: 0.1 },
    ],
    source: "email-tool",
    owned: true,
    budget: { today: 45, seasonPower: 0, yearAgo: 1, noise: 0, steps: [] },
    delivery: { cap: 505, half: 5, inMarketShare: 0.9 },
    effect: { conversionsPerTouch: 0.014, halfLifeDays: 0.7 },
    audience: { eager: 0.5, interested: 0 },
    touch: "open",
    clickShare: { inMarket: 0.09, outside: 0.06 },
    showsUnclicked: true,
  },
};

/** Opens come with the sendings: Tuesday, Thursday and Sunday. Monday first, mean 1. */
export const EMAIL_WEEKDAYS = [0.4, 1.75, 0.5, 1.75, 0.5, 0.35, 1.75] as const;

/** What happens without any marketing. Rates are a year and a person of mean propensity, in a season of index 1. */
export const PEOPLE = {
  /** Shape of the gamma distribution of propensity; its mean is 1. Below 1: many rarely buy, few buy often. */
  propensityShape: 0.7,
  /** Shopping moments: somebody comes to the shop, and buys with this probability. */
  momentsAYear: 0.99,
  momentPurchaseShare: 0.1,
  /** Interest episodes: interest rises over days and ends, in a purchase with this probability. */
  episodesAYear: 0.33,
  episodePurchaseShare: 0.35,
  episodeMeanDays: 7,
  episodeMeanVisits: 2.6,
  /** How somebody comes in when about to shop: directly, by searching the shop's name, or by neither. */
  cameDirectly: 0.42,
  searchedBrand: 0.33,
  /** Mean time between coming in and buying. */
  closingMeanHours: 1.1,
} as const;

interface ProductGroup {
  name: string;
  share: number;
  /** Mean order value, EUR. */
  mean: number;
  marginRate: number;
}

export const PRODUCT_GROUPS: readonly ProductGroup[] = [
  { name: "Women", share: 0.34, mean: 74, marginRate: 0.41 },
  { name: "Men", share: 0.2, mean: 79, marginRate: 0.39 },
  { name: "Home", share: 0.18, mean: 92, marginRate: 0.34 },
  { name: "Beauty", share: 0.16, mean: 58, marginRate: 0.44 },
  { name: "Kids", share: 0.12, mean: 64, marginRate: 0.36 },
];
/** Standard deviation of the logarithm of an order's value. */
export const ORDER_VALUE_SPREAD = 0.48;

/** Expected order value on an ordinary day, EUR. */
export const MEAN_ORDER_VALUE = PRODUCT_GROUPS.reduce((sum, group) => sum + group.share * group.mean, 0);

export const DEVICES = [
  { name: "mobile", share: 0.64 },
  { name: "desktop", share: 0.3 },
  { name: "tablet", share: 0.06 },
] as const;

/** The regions of metropolitan France with their approximate shares of the population. */
export const REGIONS = [
  { name: "Île-de-France", share: 0.188 },
  { name: "Auvergne-Rhône-Alpes", share: 0.124 },
  { name: "Nouvelle-Aquitaine", share: 0.093 },
  { name: "Occitanie", share: 0.093 },
  { name: "Hauts-de-France", share: 0.091 },
  { name: "Grand Est", share: 0.085 },
  { name: "Provence-Alpes-Côte d'Azur", share: 0.079 },
  { name: "Pays de la Loire", share: 0.059 },
  { name: "Bretagne", share: 0.052 },
  { name: "Normandie", share: 0.051 },
  { name: "Bourgogne-Franche-Comté", share: 0.043 },
  { name: "Centre-Val de Loire", share: 0.039 },
  { name: "Corse", share: 0.005 },
] as const;
