/** What is credited over spend; null where there is no spend to divide by. */
export function roasOf(credited: string, spend: string | null): number | null {
  return spend === null || Number(spend) === 0 ? null : Number(credited) / Number(spend);
}
