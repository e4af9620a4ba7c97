import { z } from "zod";
import { type GivenChannel, type GivenModel, refuseFile } from "./given-model.ts";

/** R writes a single value as a list of one. */
const one = <T extends z.ZodType>(inner: T) =>
  z.preprocess((value) => (Array.isArray(value) && value.length === 1 ? value[0] : value), inner);
const list = z.preprocess((value) => (typeof value === "string" ? [value] : value), z.array(z.string()));
const RawRow = z.record(z.string(), z.unknown());

const RobynFile = z.looseObject({
  InputCollect: z.looseObject({
    adstock: one(z.string()),
    dep_var_type: one(z.string()),
    intervalType: one(z.enum(["day", "week", "month"])),
    date_var: one(z.string()),
    window_start: one(z.string()),
    window_end: one(z.string()),
    paid_media_spends: list,
    paid_media_vars: list.optional(),
  }),
  ExportedModel: z.looseObject({
    select_model: one(z.string()),
    summary: z.array(z.looseObject({ variable: z.string(), coef: z.number().nullish() })),
    hyper_values: z.record(z.string(), one(z.unknown())),
  }),
  Extras: z.looseObject({ raw_data: z.array(RawRow) }).optional(),
  raw_data: z.array(RawRow).optional(),
});
type Robyn = z.output<typeof RobynFile>;

const DAYS = { day: 1, week: 7, month: 365.25 / 12 } as const;
/** Today's spend is the mean of the last 28 days or so. */
const CURRENT_PERIODS = { day: 28, week: 4, month: 1 } as const;

export function isRobyn(json: unknown): boolean {
  return typeof json === "object" && json !== null && ("ExportedModel" in json || "InputCollect" in json);
}

/**
 * A model that Robyn exported (`RobynModel-….json`) with the data that it was fitted on, which Robyn puts into the file or into
 * `raw_data.csv` beside it. The saturation's point of inflexion is a share of the range of the spend at work, so that nothing can
 * be said without them.
 *
 *     at_work[t] = spend[t] + theta * at_work[t - 1]
 *     response   = coef * at_work^alpha / (at_work^alpha + inflexion^alpha)
 *     inflexion  = (1 - gamma) * least + gamma * most, of what is at work in the window
 *
 * Steady spend x is x / (1 - theta) at work: the curve is that of a period's response to steady spend.
 * @param readRawData rows of `raw_data.csv` beside the file; null where there is none
 * @throws UserError naming what is wrong
 */
export function readRobyn(
  file: string,
  json: unknown,
  readRawData: () => readonly Readonly<Record<string, unknown>>[] | null,
): GivenModel {
  const parsed = RobynFile.safeParse(json);
  if (!parsed.success)
    refuseFile(file, `is not a whole model of Robyn: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
  const robyn = parsed.data;
  const { adstock, intervalType, dep_var_type, paid_media_spends, paid_media_vars } = robyn.InputCollect;
  if (adstock !== "geometric")
    refuseFile(file, `InputCollect.adstock: ${adstock} is not supported; only models with geometric adstock are`);
  const rows = robyn.Extras?.raw_data ?? robyn.raw_data ?? readRawData();
  if (rows === null) refuseFile(file, "has no raw_data: put the raw_data.csv that Robyn exported into the same folder");
  const exposed = paid_media_spends.find(
    (name, i) => paid_media_vars?.[i] !== undefined && paid_media_vars[i] !== name,
  );
  if (exposed !== undefined)
    refuseFile(
      file,
      `${exposed} is modelled on exposure, not on spend: such channels are not supported; refit it on spend`,
    );
  const channels = paid_media_spends.map((name) => readChannel(file, robyn, rows, name));
  const notes =
    dep_var_type === "revenue"
      ? []
      : ["the model explains conversions, not revenue: read every amount of response as conversions"];
  return { currency: null, days: DAYS[intervalType], channels, notes };
}

function readChannel(
  file: string,
  { InputCollect: { date_var, window_start, window_end, intervalType }, ExportedModel }: Robyn,
  rows: readonly Readonly<Record<string, unknown>>[],
  name: string,
): GivenChannel {
  const hyper = (parameter: string): number => {
    const value = Number(ExportedModel.hyper_values[`${name}_${parameter}`]);
    return Number.isFinite(value)
      ? value
      : refuseFile(file, `ExportedModel.hyper_values.${name}_${parameter}: is missing`);
  };
  const [alpha, gamma, theta] = [hyper("alphas"), hyper("gammas"), hyper("thetas")];
  const coef = ExportedModel.summary.find(({ variable }) => variable === name)?.coef ?? 0;
  const spend = rows.map((row, i) => {
    const value = Number(row[name]);
    return row[name] !== undefined && Number.isFinite(value)
      ? value
      : refuseFile(file, `raw_data: row ${i + 1}: ${name}: "${row[name]}" is not a number`);
  });
  let carried = 0;
  const atWork = spend.map((amount) => {
    carried = amount + theta * carried;
    return carried;
  });
  const inWindow = atWork.filter((_, i) => {
    const day = String(rows[i]![date_var]).slice(0, 10);
    return day >= window_start.slice(0, 10) && day <= window_end.slice(0, 10);
  });
  if (inWindow.length === 0) refuseFile(file, `raw_data: has no row from ${window_start} to ${window_end}`);
  const inflexion = (1 - gamma) * Math.min(...inWindow) + gamma * Math.max(...inWindow);
  if (!(inflexion > 0 && alpha > 0 && theta >= 0 && theta < 1))
    refuseFile(file, `${name}: was never paid for in the window of the model, or has parameters out of range`);
  const last = spend.slice(-CURRENT_PERIODS[intervalType]);
  return {
    name,
    curve: { type: "hill", beta: Math.max(0, coef), k: inflexion * (1 - theta), s: alpha },
    draws: [],
    current: last.reduce((sum, amount) => sum + amount, 0) / last.length,
    largestSpendSeen: Math.max(...spend),
    flags: [],
  };
}
