import { Random } from "../../../server/src/random.ts";
import { type Budgets, drawBudgets } from "../market/budgets.ts";
import { paysFor } from "../market/channel-setting.ts";
import { sum } from "../market/draws.ts";
import type { MarketSetting } from "../market/market-setting.ts";
import { drawNoise, type Season } from "../market/season.ts";

const WEEK = 7;
const RECENT_DAYS = 28;

/**
 * The budgets of a market that goes on after its history, week by week as it is decided. A week costs what was decided for it, to
 * the cent; its days and campaigns differ by the same noise as those of the history.
 * Law: a week's budgets hang on its own decision alone.
 */
export class WeeklyBudgets implements Budgets {
  readonly spend: readonly Float64Array[];
  readonly cents: readonly Int32Array[];
  /** Spend a day by channel over the last four weeks that nobody decided. */
  readonly today: Float64Array;
  private readonly setting: MarketSetting;
  private readonly season: Season;
  private readonly shares: readonly Float64Array[];

  constructor(seed: number, setting: MarketSetting, season: Season, historyDays: number) {
    const { days, channels } = setting;
    this.setting = setting;
    this.season = season;
    const past = drawBudgets(new Random(seed, 4), { ...setting, days: historyDays }, season);
    this.spend = past.spend.map((daily) => extend(new Float64Array(days), daily, historyDays, 1));
    this.cents = past.cents.map((amounts, i) =>
      extend(new Int32Array(days * channels[i]!.campaignShares.length), amounts, historyDays, days),
    );
    this.today = Float64Array.from(past.spend, (daily) => sum(daily.subarray(-RECENT_DAYS)) / RECENT_DAYS);
    const random = new Random(seed, 14);
    this.shares = channels.map((channel) => drawShares(random, channel, days));
  }

  /** Decides the seven days from `from` on. @param levels spend a day by channel */
  decide(from: number, levels: ArrayLike<number>): void {
    this.setting.channels.forEach((channel, at) => {
      if (paysFor(channel.role)) this.decideChannel(at, from, levels[at]!);
    });
  }

  private decideChannel(at: number, from: number, level: number): void {
    const { days } = this.setting;
    const { demandPower } = this.setting.channels[at]!.budget;
    const campaigns = this.setting.channels[at]!.campaignShares.length;
    const weights = Array.from({ length: WEEK * campaigns }, (_, i) => {
      const day = from + (i % WEEK);
      const yesterday = this.season.demand[day - 1]!;
      return this.shares[at]![Math.floor(i / WEEK) * days + day]! * yesterday ** demandPower;
    });
    const unit = Math.round(level * WEEK * 100) / sum(weights);
    this.spend[at]!.fill(0, from, from + WEEK);
    let due = 0;
    let given = 0;
    weights.forEach((weight, i) => {
      due += weight * unit;
      const amount = Math.round(due) - given;
      given += amount;
      const day = from + (i % WEEK);
      this.cents[at]![Math.floor(i / WEEK) * days + day] = amount;
      this.spend[at]![day]! += amount / 100;
    });
  }
}

/** Of a channel's money, by campaign and day: how much falls there, before weeks are brought to what was decided for them. */
function drawShares(
  random: Random,
  { budget, campaignShares }: MarketSetting["channels"][number],
  days: number,
): Float64Array {
  const shares = new Float64Array(days * campaignShares.length);
  const own = drawNoise(random, days, budget.noise, budget.persistence);
  campaignShares.forEach((share, campaign) => {
    const noise = drawNoise(random, days, budget.noise / 2, 0.9);
    for (let day = 0; day < days; day++) shares[campaign * days + day] = share * own[day]! * noise[day]!;
  });
  return shares;
}

/** Rows of `from` days each become rows of more days. */
function extend<T extends Float64Array | Int32Array>(into: T, rows: T, from: number, to: number): T {
  for (let row = 0; row * from < rows.length; row++) into.set(rows.subarray(row * from, (row + 1) * from), row * to);
  return into;
}
