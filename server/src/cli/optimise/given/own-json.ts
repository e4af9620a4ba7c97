import { parseCurve, parseCurveDraws } from "@touchline/solver";
import { z } from "zod";
import { CurveFlag } from "../../../contract/index.ts";
import { channelOfPoints } from "./channel-of-points.ts";
import { type GivenChannel, type GivenModel, meanOf, refuseFile, thinned } from "./given-model.ts";

const Amount = z.number().min(0);
const Point = z.union([
  z.tuple([Amount, z.number()]).transform(([spend, response]) => ({ spend, response, low: null, high: null })),
  z
    .strictObject({ spend: Amount, response: z.number(), low: z.number().nullish(), high: z.number().nullish() })
    .transform(({ low, high, ...point }) => ({ ...point, low: low ?? null, high: high ?? null })),
]);

const Channel = z.strictObject({
  name: z.string().min(1),
  curve: z.unknown().optional(),
  draws: z.unknown().optional(),
  points: z.array(Point).optional(),
  current: Amount.nullish(),
  largest_spend_seen: Amount.nullish(),
  flags: z.array(CurveFlag).default([]),
});

const DAYS = { day: 1, week: 7, month: 365.25 / 12 } as const;
export const Unit = z.union([z.enum(["day", "week", "month"]), z.strictObject({ days: z.number().positive() })]);

export function daysOf(unit: z.output<typeof Unit>): number {
  return typeof unit === "string" ? DAYS[unit] : unit.days;
}

const OwnFile = z.strictObject({
  currency: z.string().length(3).optional(),
  /** What the amounts are for. */
  unit: Unit.optional(),
  /** Of the intervals of points. */
  level: z.number().gt(0).lt(1).default(0.9),
  channels: z.array(Channel).min(1),
  /** For people. */
  note: z.string().optional(),
});

/** The layout of docs/curves-file.md. @throws UserError naming what is wrong */
export function readOwnJson(file: string, json: unknown): GivenModel {
  const parsed = OwnFile.safeParse(json);
  if (!parsed.success) refuseFile(file, z.prettifyError(parsed.error).replaceAll("\n", " "));
  const { currency, unit, level, channels } = parsed.data;
  const notes: string[] = [];
  const read = channels.map((channel, i) => {
    const { note, ...made } = readChannel(file, channel, i, level);
    if (note !== null) notes.push(note);
    return made;
  });
  return { currency: currency ?? null, days: unit === undefined ? null : daysOf(unit), channels: read, notes };
}

function readChannel(
  file: string,
  { name, curve, draws, points, current, largest_spend_seen, flags }: z.output<typeof Channel>,
  i: number,
  level: number,
): GivenChannel & { readonly note: string | null } {
  const path = `channels[${i}]`;
  const rest = { name, current: current ?? null, flags };
  const seen = largest_spend_seen ?? null;
  if (points !== undefined) {
    if (curve !== undefined || draws !== undefined)
      refuseFile(file, `${path}.points: is given beside a curve or draws; give one of them`);
    const { channel, note } = channelOfPoints({ file, name, level }, points, i);
    return { ...rest, ...channel, largestSpendSeen: seen ?? channel.largestSpendSeen, note };
  }
  const readDraws = draws === undefined ? null : parseCurveDraws(`${path}.draws`, draws);
  if (readDraws?.kind === "refused") refuseFile(file, readDraws.reason);
  const readCurve = curve === undefined ? null : parseCurve(`${path}.curve`, curve);
  if (readCurve?.kind === "refused") refuseFile(file, readCurve.reason);
  const kept = readDraws === null ? [] : thinned(readDraws.draws);
  if (readCurve === null && kept.length === 0) refuseFile(file, `${path}: needs a curve, draws or points`);
  return { ...rest, curve: readCurve?.curve ?? meanOf(kept), draws: kept, largestSpendSeen: seen, note: null };
}
