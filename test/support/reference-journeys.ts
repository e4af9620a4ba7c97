/** An independent account of journeys and rule credit, written for clarity: the SQL has to agree with it. */

export interface TouchEvent {
  readonly id: string;
  readonly at: number;
  readonly visitor: string;
  readonly channel: string;
  readonly interaction?: string;
}

export interface ConversionEvent {
  readonly id: string;
  readonly at: number;
  readonly visitor: string;
  readonly revenue: number;
}

export interface ReferenceJourney<T extends TouchEvent = TouchEvent, C extends ConversionEvent = ConversionEvent> {
  readonly endedAt: number;
  readonly touches: readonly T[];
  /** Empty for an unconverted journey. */
  readonly conversions: readonly C[];
}

const DAY_MS = 86_400_000;
const VIEWS: readonly string[] = ["impression", "open"];

/**
 * A touch belongs to the next conversion of its visitor if that comes within its window, otherwise to an unconverted journey; those
 * are cut where touches lie too far apart, or where a conversion lies between them.
 */
export function referenceJourneys<T extends TouchEvent, C extends ConversionEvent>(
  touches: readonly T[],
  conversions: readonly C[],
  lookbackDays: number,
  viewDays = lookbackDays,
): ReferenceJourney<T, C>[] {
  const journeys: ReferenceJourney<T, C>[] = [];
  for (const visitor of new Set(touches.map((touch) => touch.visitor))) {
    const own = touches
      .filter((touch) => touch.visitor === visitor)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    const sold = conversions.filter((each) => each.visitor === visitor);
    const nextOf = (touch: T) => Math.min(...sold.filter(({ at }) => at >= touch.at).map(({ at }) => at));
    const counts = (touch: T) => {
      const days = VIEWS.includes(touch.interaction ?? "") ? Math.min(viewDays, lookbackDays) : lookbackDays;
      return nextOf(touch) - touch.at <= days * DAY_MS;
    };
    for (const next of new Set(own.map(nextOf))) {
      const before = own.filter((touch) => nextOf(touch) === next);
      const counted = before.filter(counts);
      if (counted.length > 0)
        journeys.push({ endedAt: next, touches: counted, conversions: sold.filter(({ at }) => at === next) });
      const rest = before.filter((touch) => !counts(touch));
      let open: T[] = [];
      rest.forEach((touch, i) => {
        open.push(touch);
        if (i + 1 < rest.length && rest[i + 1]!.at - touch.at <= lookbackDays * DAY_MS) return;
        journeys.push({ endedAt: touch.at, touches: open, conversions: [] });
        open = [];
      });
    }
  }
  return journeys;
}

export const REFERENCE_RULES = [
  "first",
  "last",
  "last-non-direct",
  "linear",
  "time-decay",
  "position-based",
  "w-shaped",
  "first-paid",
  "last-paid",
  "last-click",
  "shapley-ordered",
] as const;
export type ReferenceRule = (typeof REFERENCE_RULES)[number];

export interface RuleFacts {
  readonly halfLifeDays: number;
  readonly paid?: ReadonlySet<string>;
  readonly direct?: ReadonlySet<string>;
}

/** The touch that has all, by place from 0; undefined where a rule finds none. */
function chosen(rule: ReferenceRule, touches: readonly TouchEvent[], { paid, direct }: RuleFacts): number | undefined {
  const places = touches.map((_, place) => place);
  const isPaid = (place: number) => paid!.has(touches[place]!.channel);
  switch (rule) {
    case "first":
      return 0;
    case "last":
      return places.at(-1);
    case "last-non-direct":
      return places.filter((place) => !direct!.has(touches[place]!.channel)).at(-1) ?? places.at(-1);
    case "first-paid":
      return places.find(isPaid) ?? 0;
    case "last-paid":
      return places.filter(isPaid).at(-1) ?? places.at(-1);
    case "last-click":
      return places.filter((place) => !VIEWS.includes(touches[place]!.interaction!)).at(-1) ?? places.at(-1);
    default:
      return undefined;
  }
}

/** What each touch of a journey gets: adds up to 1. */
export function referenceWeights(
  rule: ReferenceRule,
  { touches, endedAt }: ReferenceJourney,
  facts: RuleFacts,
): number[] {
  const n = touches.length;
  const place = chosen(rule, touches, facts);
  const isEnd = (i: number) => i === 0 || i === n - 1;
  const raw = touches.map((touch, i) => {
    if (place !== undefined) return i === place ? 1 : 0;
    switch (rule) {
      case "time-decay":
        return 2 ** (-(endedAt - touch.at) / (facts.halfLifeDays * DAY_MS));
      case "position-based":
        return n <= 2 ? 1 : isEnd(i) ? 0.4 : 0.2 / (n - 2);
      case "w-shaped":
        return n <= 3 || isEnd(i) || i === Math.ceil(n / 2) - 1 ? 0.3 : 0.1 / (n - 3);
      case "shapley-ordered":
        return 1 / touches.filter(({ channel }) => channel === touch.channel).length;
      default:
        return 1;
    }
  });
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}
