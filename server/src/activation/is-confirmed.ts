/** Complete days of spend that it takes: budgets are spent unevenly within a week. */
export const LEAST_DAYS = 3;
/** Platforms overspend a day's budget and make up for it on others; what is off by more than this was not done as asked. */
const TOLERANCE = 0.15;

/**
 * Whether spend says that a change was made: it is nearer to what was asked than to what was before, and within 15 % of what was asked,
 * or of the change where that is larger.
 * Law: what stays at the old amount is never confirmed, what is at the new one always.
 */
export function isConfirmed({ from, to, seen }: { from: number; to: number; seen: number }): boolean {
  const off = Math.abs(seen - to);
  return off < Math.abs(seen - from) && off <= TOLERANCE * Math.max(to, Math.abs(to - from));
}
