/**
 * What the limits and the goal of a plan need to know of a channel's revenue and touches, from the conversions that it is
 * credited with. A channel that is not named: as `worth` says there, and 0 elsewhere.
 */
export interface PlanFacts {
  /** By channel, what one unit of its revenue is worth in the goal; 1 where absent. */
  readonly worth: Readonly<Record<string, number>>;
  /** By channel, conversions that go with one unit of its revenue. */
  readonly conversions: Readonly<Record<string, number>>;
  /** By capacity and channel, units of the thing that go with one unit of revenue. */
  readonly capacities: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** By channel, touches that one unit of spend delivers today. */
  readonly touches: Readonly<Record<string, number>>;
}

/** Enough for a plan by revenue without limits on anything but money. */
export const NO_FACTS: PlanFacts = { worth: {}, conversions: {}, capacities: {}, touches: {} };
