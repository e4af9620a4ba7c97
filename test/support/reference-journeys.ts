/** An independent account of journeys and rule credit, written for clarity: the SQL has to agree with it. */

export interface TouchEvent {
  readonly id: string;
  readonly at: number;
  readonly visitor: string;
  readonly channel: string;
}

export interface ConversionEvent {
  readonly id: string;
  readonly at: number;
  readonly visitor: string;
  readonly revenue: number;
}

export interface ReferenceJourney {
  readonly endedAt: number;
  readonly touches: readonly TouchEvent[];
  /** Empty for an unconverted journey. */
  readonly conversions: readonly ConversionEvent[];
}

const DAY_MS = 86_400_000;

/** A touch belongs to the next conversion of its visitor if that comes within the window, otherwise to an unconverted journey. */
export function referenceJourneys(
  touches: readonly TouchEvent[],
  conversions: readonly ConversionEvent[],
  lookbackDays: number,
): ReferenceJourney[] {
  const window = lookbackDays * DAY_MS;
  const journeys: ReferenceJourney[] = [];
  for (const visitor of new Set(touches.map((touch) => touch.visitor))) {
    const own = touches
      .filter((touch) => touch.visitor === visitor)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    const moments = [...new Set(conversions.filter((each) => each.visitor === visitor).map(({ at }) => at))].sort(
      (a, b) => a - b,
    );
    const endOf = (touch: TouchEvent): number | null => {
      const next = moments.find((at) => at >= touch.at);
      return next !== undefined && next - touch.at <= window ? next : null;
    };
    let open: TouchEvent[] = [];
    const close = () => {
      if (open.length === 0) return;
      const end = endOf(open[0]!);
      journeys.push({
        endedAt: end ?? open.at(-1)!.at,
        touches: open,
        conversions: end === null ? [] : conversions.filter((each) => each.visitor === visitor && each.at === end),
      });
      open = [];
    };
    for (const touch of own) {
      const before = open.at(-1);
      if (before !== undefined) {
        const isNew = endOf(before) !== endOf(touch) || (endOf(touch) === null && touch.at - before.at > window);
        if (isNew) close();
      }
      open.push(touch);
    }
    close();
  }
  return journeys;
}

export type ReferenceRule = "first" | "last" | "linear" | "time-decay" | "position-based";

export function referenceWeights(
  rule: ReferenceRule,
  { touches, endedAt }: ReferenceJourney,
  halfLifeDays: number,
): number[] {
  const n = touches.length;
  const raw = touches.map((touch, i) => {
    switch (rule) {
      case "first":
        return i === 0 ? 1 : 0;
      case "last":
        return i === n - 1 ? 1 : 0;
      case "linear":
        return 1;
      case "time-decay":
        return 2 ** (-(endedAt - touch.at) / (halfLifeDays * DAY_MS));
      case "position-based":
        return n <= 2 ? 1 : i === 0 || i === n - 1 ? 0.4 : 0.2 / (n - 2);
      default:
        throw new Error(`no such rule: ${rule satisfies never}`);
    }
  });
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}
