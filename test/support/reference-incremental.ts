/** An independent account of what the incremental model is fitted on and what it credits, written for clarity: the SQL has to agree. */

export interface KnownTouch {
  readonly at: number;
  /** Null where nobody knows who. */
  readonly person: string | null;
  /** Place of the channel in the list. */
  readonly channel: number;
  readonly campaign: string;
  readonly device: string;
}

export interface KnownSale {
  readonly at: number;
  readonly person: string | null;
  readonly type: string;
  readonly revenue: number;
  readonly margin: number;
}

export interface KnownEvents {
  readonly touches: readonly KnownTouch[];
  readonly sales: readonly KnownSale[];
  /** The part of the people that somebody belongs to. */
  bucketOf(person: string): number;
}

export interface ReferenceScope {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly channels: readonly string[];
  readonly conversionTypes: readonly string[];
  readonly reaching: readonly number[];
  readonly sizeEdges: readonly number[];
  readonly earlierEdges: readonly number[];
  readonly laterEdges: readonly number[];
}

const DAY_MS = 86_400_000;
const MOST_NEAR = 2_000;

const wallClocks = new Map<string, Intl.DateTimeFormat>();

/** What the calendar and the clock on the wall say at a moment: "2026-03-29" and the hour. */
function localTime(at: number, timeZone: string): { date: string; hour: number } {
  let clock = wallClocks.get(timeZone);
  clock ??= new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  wallClocks.set(timeZone, clock);
  const [date, time] = clock.format(at).split(" ");
  return { date: date!, hour: Number(time!.slice(0, 2)) };
}

const dayBetween = (from: string, date: string) => (Date.parse(date) - Date.parse(from)) / DAY_MS;
const classOf = (edges: readonly number[], value: number) => edges.filter((edge) => edge <= value).length - 1;

const count = <K extends string | number>(keys: readonly K[]): Map<K, number> => {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};
const byNumbers = (a: readonly number[], b: readonly number[]) => {
  const i = a.findIndex((value, place) => value !== b[place]);
  return i === -1 ? 0 : a[i]! - b[i]!;
};
/** How often each list of numbers occurs: [...list, count], sorted. */
const tally = (lists: readonly (readonly number[])[]) =>
  [...count(lists.map((list) => list.join(" ")))]
    .map(([list, n]) => [...list.split(" ").map(Number), n])
    .sort(byNumbers);

/** The touches and sales of a scope, and what is known of each. */
export function referenceIncremental(events: KnownEvents, scope: ReferenceScope) {
  const { from, to, timeZone, channels, reaching, sizeEdges } = scope;
  const dateOf = (at: number) => localTime(at, timeZone).date;
  const isBetween = (first: string, last: string) => (event: { at: number }) =>
    dateOf(event.at) >= first && dateOf(event.at) <= last;
  const touches = events.touches.filter(isBetween(from, to)).filter(({ person }) => person !== null);
  const touchesOf = (person: string | null) =>
    touches
      .filter((touch) => person !== null && touch.person === person)
      .sort((a, b) => a.at - b.at || a.channel - b.channel);
  const reachedBy = (own: readonly KnownTouch[]) => own.filter(({ channel }) => reaching.includes(channel));
  const sales = (first: string, last: string) =>
    events.sales
      .filter(isBetween(first, last))
      .filter(({ type }) => scope.conversionTypes.length === 0 || scope.conversionTypes.includes(type));
  const dayOf = (at: number) => dayBetween(from, dateOf(at));
  const days = dayBetween(from, to) + 1;
  const dense = (keys: readonly number[], length: number) => {
    const counts = count(keys);
    return Array.from({ length }, (_, i) => counts.get(i) ?? 0);
  };
  const earlier = (sale: KnownSale, own: readonly KnownTouch[]) =>
    own
      .filter(({ at }) => at <= sale.at && sale.at - at < scope.earlierEdges.at(-1)! * 1000)
      .slice(-MOST_NEAR)
      .map((touch) => ({ touch, bin: classOf(scope.earlierEdges, (sale.at - touch.at) / 1000) }));
  const later = (sale: KnownSale, own: readonly KnownTouch[]) =>
    own
      .filter(({ at }) => at > sale.at && at - sale.at < scope.laterEdges.at(-1)! * 1000)
      .slice(0, MOST_NEAR)
      .map((touch) => ({ touch, bin: classOf(scope.laterEdges, (touch.at - sale.at) / 1000) }));

  return {
    touchDays() {
      const cells = new Map<string, number[]>();
      for (const { person, channel, at } of touches) {
        const cell = `${events.bucketOf(person!)} ${channel}`;
        cells.set(cell, [...(cells.get(cell) ?? []), dayOf(at)]);
      }
      return [...cells]
        .map(([cell, own]) => ({ place: cell.split(" ").map(Number), touches: dense(own, days) }))
        .sort((a, b) => byNumbers(a.place, b.place))
        .map(({ place: [bucket, channel], touches: own }) => ({ bucket, channel, touches: own }));
    },
    touchHours: () =>
      [...new Set(touches.map(({ channel }) => channel))]
        .sort((a, b) => a - b)
        .map((channel) => {
          const own = touches.filter((touch) => touch.channel === channel);
          const hours = own.map(({ at }) => localTime(at, timeZone).hour);
          return { channel, touches: dense(hours, 24) };
        }),
    people() {
      const groups = new Map<string, { people: number; channels: number[] }>();
      for (const person of new Set(touches.map((touch) => touch.person!))) {
        const own = reachedBy(touchesOf(person)).map(({ channel }) => channel);
        if (own.length === 0) continue;
        const name = `${events.bucketOf(person)} ${classOf(sizeEdges, own.length)}`;
        const group = groups.get(name) ?? { people: 0, channels: [] };
        groups.set(name, { people: group.people + 1, channels: [...group.channels, ...own] });
      }
      return [...groups]
        .map(([name, group]) => ({ place: name.split(" ").map(Number), group }))
        .sort((a, b) => byNumbers(a.place, b.place))
        .map(({ place: [bucket, sizeClass], group }) => ({
          ...{ bucket, sizeClass, people: group.people },
          touches: dense(group.channels, channels.length),
        }));
    },
    conversions: () =>
      sales(from, to)
        .map((sale) => ({ sale, own: touchesOf(sale.person) }))
        .filter(({ own }) => own.length > 0)
        .map(({ sale, own }) => ({ ...sale, own, day: dayOf(sale.at), bucket: events.bucketOf(sale.person!) }))
        .sort(
          (a, b) =>
            a.day - b.day || a.bucket - b.bucket || a.at - b.at || (BigInt(a.person!) < BigInt(b.person!) ? -1 : 1),
        )
        .map(({ day, bucket, own, ...sale }) => ({
          ...{ day, hour: localTime(sale.at, timeZone).hour, bucket },
          history: tally(own.map(({ channel }) => [channel])).flat(),
          earlier: tally(earlier(sale, own).map(({ touch, bin }) => [touch.channel, bin])).flat(),
          later: tally(later(sale, own).map(({ touch, bin }) => [touch.channel, bin])).flat(),
        })),
    untouchedDays() {
      const untouched = sales(from, to).filter(({ person }) => reachedBy(touchesOf(person)).length === 0);
      return [...count(untouched.map(({ at }) => dayOf(at)))]
        .map(([day, conversions]) => ({ day, conversions }))
        .sort((a, b) => a.day - b.day);
    },
    /** Amounts by "date channel campaign attribute", with how many conversions were credited at all. */
    credit(fit: ReferenceFit) {
      const cells = new Map<string, { conversions: number; revenue: number; margin: number }>();
      let credited = 0;
      for (const sale of sales(fit.creditFrom, fit.creditTo)) {
        const own = touchesOf(sale.person);
        const reached = reachedBy(own).length;
        const near = earlier(sale, own);
        const rate = (channel: number, bin: number) => fit.rates[channel * (scope.earlierEdges.length - 1) + bin]!;
        const oddsOf = (channel: number, bin: number) =>
          fit.odds.length === 0 ? 0 : fit.odds[channel * (scope.earlierEdges.length - 1) + bin]!;
        const effect = near.reduce((sum, { touch, bin }) => sum + rate(touch.channel, bin), 0);
        const odds = near.reduce((sum, { touch, bin }) => sum + oddsOf(touch.channel, bin), 0);
        if ((reached === 0 && odds === 0) || effect + odds === 0) continue;
        credited++;
        const selection = own.reduce((sum, { channel }) => sum + fit.selectionRates[channel]!, 0);
        const weight = (channel: number, bin: number) =>
          fit.markWeights[channel * (scope.earlierEdges.length - 1) + bin]!;
        const marks = near.reduce((sum, { touch, bin }) => sum + weight(touch.channel, bin), 0);
        const base =
          fit.stratumRates[classOf(sizeEdges, reached)]! +
          fit.intentRates[fit.markEdges.filter((edge) => edge < marks).length]!;
        const usual = effect + Math.max(0.2 * base, base + selection);
        for (const { touch, bin } of near) {
          const share = (rate(touch.channel, bin) / usual + oddsOf(touch.channel, bin)) / (1 + odds);
          if (share === 0) continue;
          const date = dateOf(fit.dateBasis === "touch" ? touch.at : sale.at);
          const attribute = { "": "", device: touch.device, conversion_type: sale.type }[fit.attribute];
          const name = [date, channels[touch.channel]!, touch.campaign, attribute].join("|");
          const cell = cells.get(name) ?? { conversions: 0, revenue: 0, margin: 0 };
          cells.set(name, {
            conversions: cell.conversions + share,
            revenue: cell.revenue + share * sale.revenue,
            margin: cell.margin + share * sale.margin,
          });
        }
      }
      return { cells, credited };
    },
  };
}

export interface ReferenceFit {
  readonly creditFrom: string;
  readonly creditTo: string;
  readonly dateBasis: "conversion" | "touch";
  readonly attribute: "" | "device" | "conversion_type";
  readonly rates: number[];
  /** None, or as many as rates. */
  readonly odds: number[];
  readonly stratumRates: number[];
  readonly selectionRates: number[];
  readonly markWeights: number[];
  readonly markEdges: number[];
  readonly intentRates: number[];
}
