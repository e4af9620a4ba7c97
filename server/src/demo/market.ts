import type { Random } from "../random.ts";
import { type Budgets, CAMPAIGNS } from "./budgets.ts";
import { type Calendar, DayClock, dayOf, SECONDS_PER_DAY, type Season } from "./calendar.ts";
import { EventList } from "./event-list.ts";
import {
  CHANNELS,
  type ChannelName,
  EMAIL_WEEKDAYS,
  INTERACTIONS,
  type Interaction,
  MARKETING,
  type MarketingModel,
  PEOPLE,
} from "./shop.ts";
import { WeightedChoice } from "./weighted-choice.ts";

/** Why a purchase happened: one of the two baseline origins, or FIRST_CHANNEL + the channel's place in CHANNELS. */
export const FROM_PROPENSITY = 0;
export const FROM_INTEREST = 1;
export const FIRST_CHANNEL = 2;

/** Visits of the last days that retargeting follows; and how soon a visitor who bought is shown ads again. */
const RETARGETING_DAYS = 7;
const PAUSE_AFTER_PURCHASE_SECONDS = 7 * SECONDS_PER_DAY;
const SHORTEST_LAG_SECONDS = 120;
const LONGEST_CLOSING_SECONDS = 20 * 3600;
const LONGEST_EPISODE_DAYS = 30;
const EPISODE_END_TRIES = 4;

/** What one day brought; times are inside the day, lists unsorted. */
export interface MarketDay {
  touches: EventList;
  purchases: EventList;
  /** Delivered by campaign, also what no touchpoint shows. */
  impressions: Float64Array;
  clicks: Float64Array;
}

function touchTag(campaign: number, interaction: Interaction): number {
  return campaign * INTERACTIONS.length + INTERACTIONS.indexOf(interaction);
}
export const campaignOf = (tag: number): number => Math.floor(tag / INTERACTIONS.length);
export const interactionOf = (tag: number): Interaction => INTERACTIONS[tag % INTERACTIONS.length]!;

/** Searches for the shop's name, whether or not an ad was bought for them: sums over the counted days. */
export interface BrandDemand {
  searches: number;
  seasonIndex: number;
}

/**
 * The market, a day at a time. What a day's touches and moments lead to later is put into the lists of later days, so
 * memory holds a few weeks of the future and never the year. The model is written up in simulated-shop.ts.
 */
export class Market {
  readonly brandDemand: BrandDemand = { searches: 0, seasonIndex: 0 };
  private readonly calendar: Calendar;
  private readonly season: Season;
  private readonly budgets: Budgets;
  private readonly random: Random;
  private readonly clock: DayClock;
  private readonly people: number;
  private readonly scale: number;
  private readonly firstCountedDay: number;
  private readonly byPropensity: WeightedChoice;
  private readonly lastPurchase: Float64Array;
  /** By day: what is planned, who is inside an interest episode (more often the closer to its end), who visited. */
  private readonly touches: (EventList | undefined)[];
  private readonly purchases: (EventList | undefined)[];
  private readonly interested: (number[] | undefined)[];
  private readonly visits: (EventList | undefined)[];
  private readonly unseen = new Float64Array(CAMPAIGNS.length);
  private readonly unshown = new Float64Array(CAMPAIGNS.length);

  /** @param firstCountedDay days before it are burn-in: they happen, but brand demand is measured from here */
  constructor(setting: {
    calendar: Calendar;
    season: Season;
    budgets: Budgets;
    propensity: Float64Array;
    scale: number;
    random: Random;
    firstCountedDay: number;
  }) {
    this.calendar = setting.calendar;
    this.season = setting.season;
    this.budgets = setting.budgets;
    this.random = setting.random;
    this.clock = new DayClock(setting.calendar, setting.random);
    this.people = setting.propensity.length;
    this.scale = setting.scale;
    this.firstCountedDay = setting.firstCountedDay;
    this.byPropensity = new WeightedChoice(setting.propensity);
    this.lastPurchase = new Float64Array(this.people).fill(Number.NEGATIVE_INFINITY);
    const days = setting.calendar.dates.length;
    this.touches = new Array<EventList | undefined>(days);
    this.purchases = new Array<EventList | undefined>(days);
    this.interested = new Array<number[] | undefined>(days);
    this.visits = new Array<EventList | undefined>(days);
  }

  /** Plays one day. Days must be played in order, each once. */
  play(day: number): MarketDay {
    this.unseen.fill(0);
    this.unshown.fill(0);
    this.openMoments(day + 1); // a day ahead, so that the visit before a purchase may lie on the evening before
    this.openEpisodes(day);
    for (const channel of CHANNELS) {
      if (channel === "Direct" || channel === "Brand Search" || channel === "Retargeting") continue;
      this.deliver(channel, day);
    }
    this.rememberVisits(day);
    this.deliver("Retargeting", day);
    if (day >= this.firstCountedDay) this.brandDemand.seasonIndex += this.season.demand[day]!;

    const touches = this.touches[day] ?? new EventList();
    const purchases = this.purchases[day] ?? new EventList();
    this.touches[day] = undefined;
    this.purchases[day] = undefined;
    this.interested[day] = undefined;
    if (day >= RETARGETING_DAYS) this.visits[day - RETARGETING_DAYS] = undefined;
    return { touches, purchases, ...this.countDelivered(touches) };
  }

  /** Somebody comes to shop, out of a lasting propensity; a share of them buys. */
  private openMoments(day: number): void {
    if (day >= this.calendar.dates.length) return;
    const expected = (this.people * PEOPLE.momentsAYear * this.season.demand[day]!) / 365;
    for (let left = this.random.poisson(expected); left > 0; left--) {
      const person = this.byPropensity.draw(this.random);
      const second = this.clock.draw(day);
      this.comeIn(person, second, second - LONGEST_CLOSING_SECONDS);
      if (this.random.chance(PEOPLE.momentPurchaseShare)) this.buy(person, second, FROM_PROPENSITY);
    }
  }

  /**
   * Interest rises over days and ends. The touches on the way are the same whether or not the end is a purchase, and
   * stop with it: they go with the purchase without causing it.
   */
  private openEpisodes(day: number): void {
    const { random, calendar } = this;
    const expected = (this.people * PEOPLE.episodesAYear * this.season.demand[day]!) / 365;
    for (let left = random.poisson(expected); left > 0; left--) {
      const person = this.byPropensity.draw(random);
      const start = this.clock.draw(day);
      const { length, endDay } = this.drawEpisodeEnd(start);
      const visible = Math.min(endDay, calendar.dates.length - 1);
      for (let inside = day; inside <= visible && inside < endDay; inside++) {
        if (!random.chance((inside - day + 1) / (endDay - day + 1))) continue;
        const pool = this.interested[inside] ?? [];
        this.interested[inside] = pool;
        pool.push(person);
      }
      const drawnEnd = endDay < calendar.dates.length ? this.clock.draw(endDay) : Number.POSITIVE_INFINITY;
      const end = Math.max(drawnEnd, start + SHORTEST_LAG_SECONDS);
      for (let visits = random.poisson(PEOPLE.episodeMeanVisits); visits > 0; visits--) {
        // The square root makes visits as frequent as interest is high: rising in a straight line.
        const visitDay = dayOf(calendar, start + Math.sqrt(random.uniform()) * length * SECONDS_PER_DAY);
        if (visitDay >= calendar.dates.length) continue;
        const second = this.clock.draw(visitDay);
        if (second > start && second < end) this.comeIn(person, second, start);
      }
      if (end === Number.POSITIVE_INFINITY) continue;
      this.comeIn(person, end, start);
      if (random.chance(PEOPLE.episodePurchaseShare)) this.buy(person, end, FROM_INTEREST);
    }
  }

  /** People time the end of their interest: of several ends that would do, one in a good season is taken sooner. */
  private drawEpisodeEnd(start: number): { length: number; endDay: number } {
    const { random, calendar } = this;
    for (let attempt = 1; ; attempt++) {
      const length = Math.min(LONGEST_EPISODE_DAYS, random.gamma(2, PEOPLE.episodeMeanDays / 2));
      const endDay = dayOf(calendar, start + length * SECONDS_PER_DAY);
      const demand = this.season.demand[Math.min(endDay, calendar.dates.length - 1)]!;
      if (attempt === EPISODE_END_TRIES || random.chance(demand / 2)) return { length, endDay };
    }
  }

  /** Comes to the shop shortly before `second`, not before `earliest`: directly, by its name in a search, or untraced. */
  private comeIn(person: number, second: number, earliest: number): void {
    const { random } = this;
    const kind = random.uniform();
    if (kind >= PEOPLE.cameDirectly + PEOPLE.searchedBrand) return;
    const longest = Math.min(LONGEST_CLOSING_SECONDS, 0.9 * (second - earliest));
    const gap = Math.ceil(Math.min(longest, 30 + random.exponential(PEOPLE.closingMeanHours * 3600)));
    const arrival = second - gap;
    const day = dayOf(this.calendar, arrival);
    if (day < 0 || day >= this.calendar.dates.length) return;
    if (kind < PEOPLE.cameDirectly || !this.clickBrandAd(person, arrival, day))
      this.addTouch(person, arrival, DIRECT_VISIT);
  }

  /** An ad above the results takes the click where the day's budget reaches; else the free result does, a direct visit. */
  private clickBrandAd(person: number, second: number, day: number): boolean {
    if (day >= this.firstCountedDay) this.brandDemand.searches++;
    const spend = this.channelSpend("Brand Search", day);
    const half = MARKETING["Brand Search"].delivery.half * this.scale * this.season.demand[day]!;
    if (spend === 0 || !this.random.chance(spend / (half + spend))) return false;
    this.addTouch(person, second, touchTag(this.drawCampaign("Brand Search", day), "click"));
    this.cause("Brand Search", person, second, 1);
    return true;
  }

  private deliver(channel: Exclude<ChannelName, "Direct">, day: number): void {
    const { random } = this;
    const model = MARKETING[channel];
    const { inMarketShare } = model.delivery;
    const delivered = this.expectedDelivery(channel, model, day);
    if (delivered === 0) return;
    const unclicked = model.touch;
    for (let left = random.poisson(delivered * inMarketShare); left > 0; left--) {
      const campaign = this.drawCampaign(channel, day);
      let person: number;
      let second: number;
      if (channel === "Retargeting") {
        const follows = this.drawRecentVisitor(day);
        if (!follows) break; // nobody left to follow: the ads are not shown
        person = follows.person;
        second = follows.second;
      } else {
        person = this.drawReached(model, day);
        second = this.clock.draw(day);
      }
      const clicked = unclicked !== "click" && random.chance(model.clickShare.inMarket);
      if (clicked || model.showsUnclicked) {
        this.addTouch(person, second, touchTag(campaign, clicked ? "click" : unclicked));
      } else {
        this.unshown[campaign] = this.unshown[campaign]! + 1;
      }
      this.cause(channel, person, second, this.season.demand[day]!);
    }
    const total = this.channelSpend(channel, day);
    for (const campaign of CAMPAIGNS_OF[channel]) {
      const share = this.budgets.cents[campaign * this.budgets.days + day]! / 100 / total;
      this.unseen[campaign] = random.poisson(delivered * (1 - inMarketShare) * share);
    }
  }

  private expectedDelivery(channel: ChannelName, model: MarketingModel, day: number): number {
    const spend = this.channelSpend(channel, day);
    const { cap, half } = model.delivery;
    const touches = (cap * this.scale * spend) / (half * this.scale + spend);
    if (channel !== "Email") return touches;
    const weekday = new Date(`${this.calendar.dates[day]}T00:00:00Z`).getUTCDay();
    return touches * EMAIL_WEEKDAYS[(weekday + 6) % 7]!;
  }

  private drawReached(model: MarketingModel, day: number): number {
    const { random } = this;
    const kind = random.uniform();
    const pool = this.interested[day];
    if (kind < model.audience.interested && pool && pool.length > 0) return pool[random.below(pool.length)]!;
    if (kind < model.audience.interested + model.audience.eager) return this.byPropensity.draw(random);
    return random.below(this.people);
  }

  /** Somebody who visited within the last week, recent visits first, and has not bought since; and when they see the ad. */
  private drawRecentVisitor(day: number): { person: number; second: number } | undefined {
    const { random } = this;
    for (let attempt = 0; attempt < 40; attempt++) {
      const back = Math.floor(random.exponential(2.2));
      if (back >= RETARGETING_DAYS) continue;
      const visits = this.visits[day - back];
      if (!visits || visits.length === 0) continue;
      const at = random.below(visits.length);
      const person = visits.people[at]!;
      const second = this.clock.draw(day);
      const bought = this.lastPurchase[person]!;
      if (second <= visits.seconds[at]!) continue;
      if (bought <= second && bought > second - PAUSE_AFTER_PURCHASE_SECONDS) continue;
      return { person, second };
    }
    return undefined;
  }

  private rememberVisits(day: number): void {
    const visits = new EventList();
    const touches = this.touches[day];
    for (let i = 0; touches && i < touches.length; i++) {
      const interaction = interactionOf(touches.tags[i]!);
      if (interaction === "visit" || interaction === "click") visits.add(touches.seconds[i]!, touches.people[i]!, 0);
    }
    this.visits[day] = visits;
  }

  /** A touch adds to the rate of buying: Poisson many purchases, each after an exponential lag. */
  private cause(channel: Exclude<ChannelName, "Direct">, person: number, second: number, seasonIndex: number): void {
    const { random } = this;
    const { conversionsPerTouch, halfLifeDays } = MARKETING[channel].effect;
    for (let left = random.poisson(conversionsPerTouch * seasonIndex); left > 0; left--) {
      const lag = random.exponential((halfLifeDays * SECONDS_PER_DAY) / Math.LN2);
      let at = second + Math.max(SHORTEST_LAG_SECONDS, Math.floor(lag));
      const day = dayOf(this.calendar, at);
      if (day >= this.calendar.dates.length) continue; // after the last day: not in these files, not in the truth
      // Beyond a day only the day of the purchase is the lag's; its hour is that of people who are awake.
      if (lag > 1.05 * SECONDS_PER_DAY) at = this.clock.draw(day);
      this.comeIn(person, at, second);
      this.buy(person, at, FIRST_CHANNEL + CHANNELS.indexOf(channel));
    }
  }

  private buy(person: number, second: number, origin: number): void {
    const day = dayOf(this.calendar, second);
    if (day < 0 || day >= this.calendar.dates.length) return;
    const list = this.purchases[day] ?? new EventList();
    this.purchases[day] = list;
    list.add(second, person, origin);
    this.lastPurchase[person] = second;
  }

  private addTouch(person: number, second: number, tag: number): void {
    const day = dayOf(this.calendar, second);
    const list = this.touches[day] ?? new EventList();
    this.touches[day] = list;
    list.add(second, person, tag);
  }

  /** EUR. */
  private channelSpend(channel: ChannelName, day: number): number {
    let cents = 0;
    for (const campaign of CAMPAIGNS_OF[channel]) cents += this.budgets.cents[campaign * this.budgets.days + day]!;
    return cents / 100;
  }

  /** In proportion to the day's spend. */
  private drawCampaign(channel: ChannelName, day: number): number {
    let left = this.random.uniform() * this.channelSpend(channel, day) * 100;
    let last = 0;
    for (const campaign of CAMPAIGNS_OF[channel]) {
      const cents = this.budgets.cents[campaign * this.budgets.days + day]!;
      if (cents === 0) continue;
      last = campaign;
      left -= cents;
      if (left < 0) break;
    }
    return last;
  }

  /** Law: delivered impressions and clicks are never fewer than the touchpoints that show them. */
  private countDelivered(touches: EventList): { impressions: Float64Array; clicks: Float64Array } {
    const { random } = this;
    const impressions = new Float64Array(CAMPAIGNS.length);
    const clicks = new Float64Array(CAMPAIGNS.length);
    for (let i = 0; i < touches.length; i++) {
      const tag = touches.tags[i]!;
      const campaign = campaignOf(tag);
      impressions[campaign] = impressions[campaign]! + 1;
      if (interactionOf(tag) === "click") clicks[campaign] = clicks[campaign]! + 1;
    }
    CAMPAIGNS.forEach(({ channel, model }, campaign) => {
      if (!model) return;
      const { inMarketShare } = model.delivery;
      const shown = impressions[campaign]! + this.unshown[campaign]!;
      const outside =
        channel === "Brand Search" ? random.poisson(shown * (1 / inMarketShare - 1)) : this.unseen[campaign]!;
      if (model.touch === "click") {
        clicks[campaign] = shown + outside;
        impressions[campaign] =
          clicks[campaign]! + random.poisson(clicks[campaign]! * (1 / model.clickShare.inMarket - 1));
      } else {
        impressions[campaign] = shown + outside;
        clicks[campaign] = clicks[campaign]! + random.poisson(outside * model.clickShare.outside);
      }
    });
    return { impressions, clicks };
  }
}

const CAMPAIGNS_OF = Object.fromEntries(
  CHANNELS.map((channel) => [channel, CAMPAIGNS.flatMap((campaign, at) => (campaign.channel === channel ? [at] : []))]),
) as Record<ChannelName, number[]>;

const DIRECT_VISIT = touchTag(CAMPAIGNS_OF.Direct[0]!, "visit");
