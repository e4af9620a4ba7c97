import type { MovementAnswer } from "../contract/index.ts";
import { minus, roundedTo, sumOf } from "../exact.ts";
import type { BreakdownSide, RowName } from "./breakdown-side.ts";

const MOST_PIECES = 8;
/** Stands for what no channel is credited with: no channel has an empty name. */
const BASELINE = "";

type Pieces = Pick<MovementAnswer, "pieces" | "otherPieces">;

const nameOf = ({ channel, campaign, creative }: RowName, isTotal: boolean) =>
  isTotal ? channel : creative === "" ? campaign : creative;

/** In one order, whatever order the engine answered in: cents that are left over and pieces that moved alike follow it. */
export const keysOf = (before: BreakdownSide, now: BreakdownSide): string[] =>
  [...new Set([...before.rows.keys(), ...now.rows.keys()])].sort();

/**
 * What moved inside: those that moved most, and the others as one.
 * Law: the changes add up to the change of the whole, to the cent.
 */
export function piecesOf(
  before: BreakdownSide,
  now: BreakdownSide,
  change: string,
  baseline: { readonly before: { readonly revenue: string }; readonly now: { readonly revenue: string } } | null,
): Pieces {
  const keys = keysOf(before, now);
  const own = keys.map((key) => ({
    name: nameOf((now.rows.get(key) ?? before.rows.get(key)!).name, baseline !== null),
    before: before.rows.get(key)?.amounts.revenue ?? "0",
    now: now.rows.get(key)?.amounts.revenue ?? "0",
  }));
  const all = [
    ...own,
    ...(baseline === null ? [] : [{ name: BASELINE, before: baseline.before.revenue, now: baseline.now.revenue }]),
  ].filter((piece) => Number(piece.before) !== 0 || Number(piece.now) !== 0);
  const amounts = roundedTo(
    change,
    all.map((piece) => Number(minus(piece.now, piece.before))),
  );
  const moved = all
    .map((piece, place) => ({ ...piece, change: amounts[place]! }))
    .sort((a, b) => Math.abs(Number(b.change)) - Math.abs(Number(a.change)));
  const rest = moved.slice(MOST_PIECES);
  return {
    pieces: moved.slice(0, MOST_PIECES),
    otherPieces:
      rest.length === 0
        ? null
        : {
            ...{ name: BASELINE, count: rest.length },
            before: sumOf(rest.map((piece) => piece.before)),
            now: sumOf(rest.map((piece) => piece.now)),
            change: sumOf(rest.map((piece) => piece.change)),
          },
  };
}
