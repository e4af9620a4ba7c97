import { type Curve, scaleCurve } from "@touchline/solver";
import { z } from "zod";
import { withoutPrototype } from "../../../without-prototype.ts";
import { rowsByChannel } from "./csv-curves.ts";
import { type CsvTable, optionalCell } from "./csv-table.ts";
import { type GivenChannel, type GivenModel, meanOf, refuseFile, thinned } from "./given-model.ts";
import { daysOf, Unit } from "./own-json.ts";
import { guessSaturation, SATURATIONS } from "./saturations.ts";

const Row = z.looseObject({ channel: z.string().min(1) });
const PymcFile = z.strictObject({
  model: z.literal("pymc-marketing"),
  currency: z.string().length(3).optional(),
  unit: Unit.optional(),
  /** By its name in PyMC-Marketing; guessed from the parameters where absent. */
  saturation: z.enum(["logistic", "inverse_scaled_logistic", "michaelis_menten", "hill", "tanh", "root"]).optional(),
  adstock: z.strictObject({ l_max: z.number().int().min(1), normalize: z.boolean() }).optional(),
  channel_scale: z.record(z.string(), z.number().positive()).transform(withoutPrototype),
  target_scale: z.number().positive(),
  current: z.record(z.string(), z.number().min(0)).default({}).transform(withoutPrototype),
  /** Rows of the posterior: one a draw and channel. */
  posterior: z.array(Row).min(1),
});

interface Draw {
  /** Without the prefix saturation_ */
  readonly parameters: Readonly<Record<string, number>>;
  readonly alpha: number | null;
  /** Chain and draw; null where the row names none */
  readonly id: string | null;
  readonly where: string;
}

interface Scales {
  readonly channel: number;
  readonly target: number;
  /** Weeks of carry-over, where its weights do not add up to 1 */
  readonly lags: number | null;
}

export function isPymcJson(json: unknown): boolean {
  return typeof json === "object" && json !== null && "model" in json && json.model === "pymc-marketing";
}

/** Whether a table is one of posterior draws: parameters of saturation_ by channel and draw. */
export function isPymcTable({ columns }: CsvTable): boolean {
  return columns.includes("channel") && columns.some((name) => name.startsWith("saturation_"));
}

/**
 * Posterior draws of a PyMC-Marketing model with the scales that its data were divided by.
 * @throws UserError naming what is wrong
 */
export function readPymcJson(file: string, json: unknown): GivenModel {
  const parsed = PymcFile.safeParse(json);
  if (!parsed.success) refuseFile(file, z.prettifyError(parsed.error).replaceAll("\n", " "));
  const { currency, unit, saturation, adstock, channel_scale, target_scale, current, posterior } = parsed.data;
  const byChannel = new Map<string, Draw[]>();
  for (const [i, row] of posterior.entries()) {
    const draw = drawOf(
      `posterior[${i}]`,
      (name) => (typeof row[name] === "number" ? row[name] : null),
      Object.keys(row),
    );
    byChannel.set(row.channel, [...(byChannel.get(row.channel) ?? []), draw]);
  }
  const lags = adstock !== undefined && !adstock.normalize ? adstock.l_max : null;
  const channels = [...byChannel].map(([name, draws]): GivenChannel => {
    const channel = channel_scale[name] ?? refuseFile(file, `channel_scale: has no scale of ${JSON.stringify(name)}`);
    const curves = curvesOf(file, draws, saturation ?? null, { channel, target: target_scale, lags });
    return {
      name,
      curve: meanOf(curves),
      draws: curves,
      current: current[name] ?? null,
      largestSpendSeen: null,
      flags: [],
    };
  });
  return { currency: currency ?? null, days: unit === undefined ? null : daysOf(unit), channels, notes: [] };
}

/** The same as a table: `channel, chain, draw, saturation_…, channel_scale, target_scale [, current]`; carry-over weights add up to 1. */
export function readPymcTable(file: string, table: CsvTable): GivenModel {
  for (const column of ["channel_scale", "target_scale"])
    if (!table.columns.includes(column))
      refuseFile(
        file,
        `has draws of a saturation, but no column ${column}: the parameters are for data divided by their scale`,
      );
  const channels = [...rowsByChannel(file, table)].map(([name, rows]): GivenChannel => {
    const draws = rows.map((row) =>
      drawOf(`line ${row.line}`, (column) => optionalCell(file, row, column), table.columns),
    );
    const scale = (column: string) => {
      const value = optionalCell(file, rows[0]!, column);
      return value !== null && value > 0
        ? value
        : refuseFile(file, `line ${rows[0]!.line}: ${column}: must be above 0`);
    };
    const scales = { channel: scale("channel_scale"), target: scale("target_scale"), lags: null };
    const curves = curvesOf(file, draws, null, scales);
    return {
      ...{ name, curve: meanOf(curves), draws: curves, largestSpendSeen: null, flags: [] },
      current: optionalCell(file, rows[0]!, "current"),
    };
  });
  return { currency: null, days: null, channels, notes: [] };
}

const PREFIX = "saturation_";

function drawOf(where: string, cell: (name: string) => number | null, names: readonly string[]): Draw {
  const parameters = names.flatMap((name) => {
    const value = name.startsWith(PREFIX) ? cell(name) : null;
    return value === null ? [] : [[name.slice(PREFIX.length), value] as const];
  });
  const [chain, draw] = [cell("chain"), cell("draw")];
  const id = draw === null ? null : `${chain ?? 0}/${draw}`;
  return { parameters: Object.fromEntries(parameters), alpha: cell("adstock_alpha"), id, where };
}

/**
 * Response of a period to steady spend: parameters are for spend and response divided by their scales. A carry-over whose weights
 * add up to 1 leaves steady spend as it is; one whose weights do not multiplies it by their sum.
 */
function curvesOf(file: string, draws: readonly Draw[], declared: string | null, scales: Scales): readonly Curve[] {
  const first = draws[0]!;
  const seen = new Set<string>();
  for (const { id, where } of draws) {
    if (id !== null && seen.has(id))
      refuseFile(file, `${where}: is a second row of one draw and channel; models by geography are not supported`);
    if (id !== null) seen.add(id);
  }
  const family = declared ?? guessSaturation(Object.keys(first.parameters));
  if (family === null)
    refuseFile(
      file,
      `${first.where}: ${Object.keys(first.parameters).join(", ")} are the parameters of no saturation that is known; these are: ${Object.keys(SATURATIONS).join(", ")}`,
    );
  const { parameters: needed, curve } = SATURATIONS[family]!;
  return thinned(draws).map(({ parameters, alpha, where }) => {
    for (const name of needed)
      if (!((parameters[name] ?? 0) > 0)) refuseFile(file, `${where}: ${PREFIX}${name}: must be a number above 0`);
    if (scales.lags !== null && alpha === null)
      refuseFile(file, `${where}: adstock_alpha: is needed where the carry-over is not normalised`);
    const weight = scales.lags === null ? 1 : sumOfPowers(alpha!, scales.lags);
    return scaleCurve(curve(parameters), weight / scales.channel, 1 / scales.target);
  });
}

function sumOfPowers(alpha: number, count: number): number {
  let sum = 0;
  for (let lag = 0; lag < count; lag++) sum += alpha ** lag;
  return sum;
}
