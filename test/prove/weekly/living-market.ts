import { Random } from "../../../server/src/random.ts";
import { EventColumns } from "../market/columns.ts";
import { type Aim, aimOf, prepareTouches } from "../market/deliver.ts";
import { sum } from "../market/draws.ts";
import { Episodes } from "../market/episodes.ts";
import { drawExperiments } from "../market/experiments.ts";
import { History } from "../market/history.ts";
import type { MarketKind } from "../market/kinds.ts";
import { type LifeStreams, liveMarket } from "../market/life.ts";
import { drawSetting, type MarketSetting } from "../market/market-setting.ts";
import { conversionsOf, describeChannel, seeTouches } from "../market/observe.ts";
import { addOrganic } from "../market/organic.ts";
import { drawPeople, type People } from "../market/people.ts";
import { DAY, drawSeason, type Season } from "../market/season.ts";
import type { SimulatedChannel, SimulatedExperiment } from "../market/simulated-market.ts";
import { prepareSpendRows } from "../market/spend-rows.ts";
import { measureWorth, type WorthFacts } from "../market/worth.ts";
import type { MarketRows } from "../write-files.ts";
import { keyedRandom } from "./keyed-random.ts";
import { rowsBetween } from "./rows-between.ts";
import { WeeklyBudgets } from "./weekly-budgets.ts";

const WEEK = 7;
/** Simulated days end before those on which anybody runs this. */
const EARLIER_DAYS = 104 * WEEK;

/**
 * A market that can be lived on: after its history, whole weeks from Monday to Sunday, come weeks whose budgets are decided one by
 * one, and people live with what these buy. The last week of the history costs what the four before it cost on average, so that
 * there is one answer to what is spent today.
 * Law: budgets from a day on change nothing before that day.
 */
export class LivingMarket {
  readonly kind: MarketKind;
  readonly seed: number;
  readonly historyDays: number;
  readonly firstDay: string;
  readonly channels: readonly SimulatedChannel[];
  /** Spend a day by channel in the last week of the history. */
  readonly today: Float64Array;
  /** The truth, as the history shows it. */
  readonly worthFacts: WorthFacts;
  /** Lift tests of the history; those of the channels that they are about. */
  readonly experiments: readonly SimulatedExperiment[];
  private until = 0;
  private readonly setting: MarketSetting;
  private readonly season: Season;
  private readonly people: People;
  private readonly episodes: Episodes;
  private readonly budgets: WeeklyBudgets;
  private readonly events: EventColumns;
  private readonly aims: readonly Aim[];
  private readonly addDay: readonly (((random: Random, day: number) => void) | null)[];
  private lived: History;

  constructor(kind: MarketKind, seed: number, { size = 1, weeks }: { size?: number; weeks: number }) {
    const drawn = drawSetting(kind, seed, size);
    this.kind = kind;
    this.seed = seed;
    const drawnDays = Math.ceil(drawn.days / WEEK) * WEEK;
    this.historyDays = drawnDays + WEEK;
    const setting = goOn(drawn, this.historyDays + weeks * WEEK);
    this.setting = setting;
    this.firstDay = setting.firstDay;
    this.season = drawSeason(new Random(seed, 2), setting.days, setting.demandShock);
    this.people = drawPeople(new Random(seed, 3), setting);
    this.budgets = new WeeklyBudgets(seed, setting, this.season, drawnDays);
    this.today = this.budgets.today;
    this.budgets.decide(drawnDays, this.today);
    this.channels = setting.channels.map((channel) => describeChannel(setting, channel));
    const random = new Random(seed, 5);
    const { season, people } = this;
    this.episodes = new Episodes(random, setting, people, season);
    const expected = sum(setting.channels.map(({ volume }) => volume)) * setting.days;
    this.events = new EventColumns(1.5 * expected + 8 * setting.baseline);
    addOrganic({ random, setting, people, season }, this.episodes, this.events);
    const delivery = { setting, people, season, budgets: this.budgets, episodes: this.episodes, events: this.events };
    this.aims = setting.channels.map((_, at) => aimOf(keyedRandom("reach", seed, at), delivery, at));
    const prepare = prepareTouches(delivery);
    this.addDay = setting.channels.map(({ effect }, at) => (effect > 0 ? prepare(at, this.aims[at]!) : null));
    this.lived = this.liveUntil(this.historyDays);
    this.worthFacts = measureWorth(setting, season, this.aims, this.lived);
    this.experiments = drawExperiments(new Random(seed, 9), setting, this.budgets, this.lived, this.historyDays);
  }

  /** Decides the next seven days' budgets, and lives them. @param levels spend a day by channel */
  liveWeek(levels: ArrayLike<number>): void {
    this.budgets.decide(this.until, levels);
    this.lived = this.liveUntil(this.until + WEEK);
  }

  /** What the systems saw from a day on, up to now. Lift tests come with the first day. */
  rows(fromDay: number): MarketRows {
    const { seed, setting, people, budgets, until, lived, firstDay, channels, experiments } = this;
    const { touches: all } = lived;
    const isClicked = (clickRate: number, row: number) =>
      keyedRandom("sight", seed, all.person[row]!, all.second[row]!, all.channel[row]!).chance(clickRate);
    const { touches, clicks } = seeTouches(isClicked, setting, people, lived);
    const report = (...place: [number, number, number]) => keyedRandom("report", seed, ...place);
    return rowsBetween(fromDay * DAY, until * DAY, {
      ...{ seed, firstDay, channels, touches, days: setting.days },
      conversions: conversionsOf(setting, people, lived),
      spend: prepareSpendRows(report, setting, budgets, lived, clicks),
      experiments: fromDay === 0 ? experiments : [],
    });
  }

  /** The most that each channel has spent on a day up to now. */
  largestDays(): number[] {
    return this.budgets.spend.map((daily) => Math.max(...daily.subarray(0, this.until)));
  }

  /** How much more a touch brings in a week than in ordinary times. @param week counted from the first decision */
  seasonOf(week: number): number {
    const { effectSeason } = this.setting;
    const strength = this.season.demand.map((demand) => demand ** effectSeason);
    const from = this.historyDays + week * WEEK;
    return sum(strength.subarray(from, from + WEEK)) / WEEK / (sum(strength) / strength.length);
  }

  /** What a market's orders are like. */
  get orders(): { readonly mean: number; readonly deviation: number } {
    return { mean: this.setting.meanOrderValue, deviation: this.setting.orderDeviation };
  }

  private liveUntil(until: number): History {
    const { setting, season, episodes, events, seed } = this;
    this.addDay.forEach((add, at) => {
      for (let day = this.until; day < until; day++) add?.(keyedRandom("delivery", seed, at, day), day);
    });
    this.until = until;
    const history = new History(setting, events.length);
    const streams: LifeStreams = {
      of: (...event) => keyedRandom("event", seed, ...event),
      from: (key) => keyedRandom("follow", seed, key),
    };
    const { spend } = this.budgets;
    liveMarket({ random: new Random(seed, 6), streams, until, setting, season, episodes, events, spend, history });
    return history;
  }
}

/** The same market with more days. */
function goOn(setting: MarketSetting, days: number): MarketSetting {
  const firstDay = new Date(Date.parse(setting.firstDay) - EARLIER_DAYS * DAY * 1000).toISOString().slice(0, 10);
  return { ...setting, days, firstDay, baseline: (setting.baseline * days) / setting.days };
}
