import { type CollectorEvent, UnreadableEvents } from "./events.ts";
import { conversionLine, type EventLine, identityLine, type Surroundings, touchpointOfPageView } from "./lines.ts";

export const COLLECTED_KINDS = ["touchpoints", "conversions", "identities"] as const;
export type CollectedKind = (typeof COLLECTED_KINDS)[number];

export interface SortedEvents {
  readonly lines: Readonly<Record<CollectedKind, readonly EventLine[]>>;
  /** Visitors who took their consent back. */
  readonly withdrawn: readonly string[];
  /** Events that leave no line: page views inside a visit, and links of visitors who may not be known. */
  readonly passing: number;
}

/**
 * What each event becomes. A browser that sends Global Privacy Control or Do Not Track with the request is taken at its word.
 * @throws UnreadableEvents when an amount has no currency
 */
export function sortEvents(
  events: readonly CollectorEvent[],
  surroundings: Surroundings,
  { optsOut, currency }: { optsOut: boolean; currency: string },
): SortedEvents {
  const lines: Record<CollectedKind, EventLine[]> = { touchpoints: [], conversions: [], identities: [] };
  const withdrawn: string[] = [];
  let passing = 0;
  const keep = (kind: CollectedKind, line: EventLine | null) => {
    if (line === null) passing++;
    else lines[kind].push(line);
  };
  for (const given of events) {
    if (given.type === "withdrawal") {
      withdrawn.push(given.visitor_id);
      continue;
    }
    const event = optsOut ? { ...given, consent: "denied" as const } : given;
    if (event.type === "page") keep("touchpoints", touchpointOfPageView(event, surroundings));
    else if (event.type === "identify") keep("identities", identityLine(event, surroundings));
    else {
      if (event.currency === "" && currency === "")
        throw new UnreadableEvents(`currency: say it with the ${event.conversion_type}, such as "EUR"`);
      keep("conversions", conversionLine(event, currency, surroundings));
    }
  }
  return { lines, withdrawn, passing };
}
