import type { Random } from "../random.ts";
import type { Season } from "./calendar.ts";
import {
  type BudgetModel,
  type CampaignModel,
  CHANNELS,
  type ChannelName,
  MARKETING,
  type MarketingModel,
} from "./shop.ts";

interface Campaign {
  name: string;
  channel: ChannelName;
  /** Absent for own visits, which nobody pays for. */
  model?: MarketingModel;
}

/** Touchpoints of own visits need a campaign too: the name that web analytics gives to "none". */
const NO_CAMPAIGN = "(none)";

/** Every campaign of the shop, by channel in the order of CHANNELS: a campaign's number everywhere in this folder. */
export const CAMPAIGNS: readonly Campaign[] = CHANNELS.flatMap((channel): Campaign[] => {
  if (channel === "Direct") return [{ name: NO_CAMPAIGN, channel }];
  const model = MARKETING[channel];
  return model.campaigns.map(({ name }) => ({ name, channel, model }));
});

/** Cents by campaign and day: `cents[campaign * days + day]`. */
export interface Budgets {
  days: number;
  cents: Int32Array;
}

/**
 * Draws what every campaign spends on every day: level and ramp, season, budget steps, flights, and AR(1) noise of the
 * channel and of the campaign, so that spend moves for reasons of its own and response can be learnt from it.
 * @param scale size of the shop against the reference one
 */
export function drawBudgets(random: Random, season: Season, scale: number): Budgets {
  const days = season.demand.length;
  const cents = new Int32Array(CAMPAIGNS.length * days);
  let campaign = 0;
  for (const channel of CHANNELS) {
    if (channel === "Direct") continue;
    const { budget, campaigns } = MARKETING[channel];
    const channelNoise = drawNoise(random, days, budget.noise, 0.75);
    for (const { share, flight } of campaigns) {
      const campaignNoise = drawNoise(random, days, budget.noise / 2, 0.9);
      for (let day = 0; day < days; day++) {
        const daysBack = days - 1 - day;
        const level = budget.today * scale * share * budgetLevel(budget, daysBack) * flightLevel(flight, daysBack);
        const follows = season.demand[day]! ** budget.seasonPower;
        cents[campaign * days + day] = Math.round(100 * level * follows * channelNoise[day]! * campaignNoise[day]!);
      }
      campaign++;
    }
  }
  return { days, cents };
}

function budgetLevel(budget: BudgetModel, daysBack: number): number {
  let level = 1 + (budget.yearAgo - 1) * Math.min(1, daysBack / 365);
  for (const step of budget.steps) {
    if (daysBack <= step.fromDaysBack && daysBack >= step.toDaysBack) level *= step.factor;
  }
  return level;
}

/** A flight spends in its weeks on what a steady campaign spreads over all of them. */
function flightLevel(flight: CampaignModel["flight"], daysBack: number): number {
  if (!flight) return 1;
  const week = Math.floor(daysBack / 7) + flight.shift;
  return week % flight.cycle < flight.on ? flight.cycle / flight.on : 0;
}

/** Log-normal AR(1) factors with mean 1. */
function drawNoise(random: Random, days: number, deviation: number, persistence: number): Float64Array {
  const factors = new Float64Array(days).fill(1);
  if (deviation === 0) return factors;
  const innovation = Math.sqrt(1 - persistence * persistence);
  let state = random.normal();
  for (let day = 0; day < days; day++) {
    factors[day] = Math.exp(deviation * state - (deviation * deviation) / 2);
    state = persistence * state + innovation * random.normal();
  }
  return factors;
}
