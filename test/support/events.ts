/** Events as a sender makes them: each is known by its name alone. */
const dayOf = (n: number) => String((n % 28) + 1).padStart(2, "0");

export function touch(id: string, n = 0): Record<string, string> {
  return {
    event_id: id,
    occurred_at: `2026-03-${dayOf(n)}T10:00:00Z`,
    visitor_id: `visitor ${n % 97}`,
    channel: `Channel ${n % 7}`,
    campaign: "spring",
    interaction: n % 3 === 0 ? "click" : "impression",
  };
}

export function conversion(id: string, n = 0): Record<string, string> {
  return {
    conversion_id: id,
    occurred_at: `2026-04-${dayOf(n)}T10:00:00Z`,
    visitor_id: `visitor ${n % 97}`,
    conversion_type: "purchase",
    revenue: `${10 + (n % 50)}.50`,
    currency: "EUR",
  };
}

/** Travels among conversions. */
export function adjustment(id: string, conversionId: string, n = 0): Record<string, string> {
  return {
    adjustment_id: id,
    adjusts_conversion_id: conversionId,
    occurred_at: `2026-05-${dayOf(n)}T10:00:00Z`,
    amount: `-${1 + (n % 9)}.25`,
    currency: "EUR",
  };
}

export function link(visitor: string, person: string): Record<string, string> {
  return { visitor_id: visitor, person_id: person, linked_at: "2026-03-01T00:00:00Z" };
}

/** Spend is known by day, channel, campaign, source and region: the campaign is its name here. */
export function cost(campaign: string, n = 0): Record<string, string> {
  return { date: `2026-03-${dayOf(n)}`, channel: "Search", campaign, cost: `${100 + n}.25`, currency: "EUR" };
}
