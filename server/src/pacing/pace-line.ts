import { type ForecastDay, forecastSum } from "@touchline/solver";
import { PACING_LEVEL, PACING_THRESHOLD, type PacingLine, type PacingStatus } from "../contract/index.ts";

export interface Pace {
  /** Days up to the last known one, those before the month as well. */
  readonly values: readonly (number | null)[];
  /** Of `values`, how many lie in the month. */
  readonly known: number;
  /** Days of the month. */
  readonly all: number;
  /** Exactly, on the known days. */
  readonly spent: string;
  readonly plan: string | null;
  readonly isForetold: boolean;
}

const RUN_RATE_DAYS = 7;
/** So many days of nothing are an end, not a pause that a trend would see the end of. */
const STOPPED_DAYS = 14;

/** What is spent by the end of each day, from the first one that is not known on; null where too little is known to say. */
export function foretell({ values, known, all, spent }: Omit<Pace, "plan" | "isForetold">): ForecastDay[] | null {
  const lastKnown = values.findLastIndex((value) => value !== null);
  const late = values.length - 1 - lastKnown;
  const horizon = late + all - known;
  if (lastKnown < 0 || horizon <= 0) return null;
  const seen = values.slice(0, lastKnown + 1);
  const isOver = seen.length >= STOPPED_DAYS && seen.slice(-STOPPED_DAYS).every((value) => value === 0);
  const nothing = Array.from({ length: horizon }, () => ({ mean: 0, low: 0, high: 0 }));
  const ahead = isOver ? nothing : forecastSum(seen, horizon, PACING_LEVEL);
  if (ahead === null) return null;
  // Late days may lie before the month: what they bring is none of its.
  const before = Math.max(0, late - known);
  const offset = before === 0 ? 0 : ahead[before - 1]!.mean;
  const start = Number(spent) - offset;
  return ahead.slice(before).map(({ mean, low, high }) => ({
    mean: start + mean,
    low: Math.max(start + low, Number(spent)),
    high: start + high,
  }));
}

export function statusOf(end: number, plan: number): PacingStatus {
  const room = PACING_THRESHOLD * plan;
  if (end > plan + room) return "ahead";
  return end < plan - room ? "behind" : "on-plan";
}

/** Where the spend ends, as far as it can be told. */
function judge(pace: Pace, forecast: ForecastDay | null): Pick<PacingLine, "status" | "isCertain"> {
  const { known, all, spent } = pace;
  if (pace.plan === null) return { status: null, isCertain: false };
  const plan = Number(pace.plan);
  if (forecast !== null) {
    const [status, low, high] = [forecast.mean, forecast.low, forecast.high].map((end) => statusOf(end, plan));
    return { status: status!, isCertain: status === low && status === high };
  }
  if (known === 0) return { status: null, isCertain: false };
  return { status: statusOf(Number(spent), (plan * known) / all), isCertain: known === all };
}

/** One line of the pacing table, from its days. */
export function paceLine(pace: Pace, ahead: readonly ForecastDay[] | null): Omit<PacingLine, "silentSince"> {
  const { values, known, all, spent } = pace;
  const daily = known === 0 ? [] : values.slice(-known);
  const recent = daily.filter((value) => value !== null).slice(-RUN_RATE_DAYS);
  const forecast = pace.isForetold ? (ahead?.at(-1) ?? null) : null;
  const left = all - known;
  // Days that are late have been paid for, whatever they will say.
  const byNow = (ahead?.length ?? 0) > left ? ahead![ahead!.length - left - 1]!.mean : Number(spent);
  return {
    spent,
    plan: pace.plan,
    planToDate: pace.plan === null ? null : ((Number(pace.plan) * known) / all).toFixed(2),
    runRate: recent.length === 0 ? null : recent.reduce((sum, value) => sum + value, 0) / recent.length,
    forecast,
    dailyToLand: pace.plan === null || left === 0 ? null : Math.max(0, (Number(pace.plan) - byNow) / left),
    ...judge(pace, forecast),
    daily: [...daily],
    ahead: pace.isForetold && ahead !== null ? [...ahead] : [],
  };
}

/**
 * The same for all channels together. Its middle is the sum of theirs, so that the column adds up; its width is that of the sum's own
 * days, because channels are not late and early at the same time.
 */
export function aheadOfAll(
  own: readonly ForecastDay[] | null,
  channels: readonly (readonly ForecastDay[] | null)[],
  left: number,
): ForecastDay[] | null {
  if (own === null) return null;
  const last = own.slice(-left);
  if (left === 0 || channels.some((each) => each === null)) return last;
  return last.map((day, i) => {
    const mean = channels.reduce((sum, each) => sum + each!.at(i - left)!.mean, 0);
    return { mean, low: Math.max(0, mean - (day.mean - day.low)), high: mean + (day.high - day.mean) };
  });
}
