import { BREAKDOWNS, type Breakdown } from "@touchline/server/contract";
import { z } from "zod";
import { COLUMNS, type ColumnId } from "../../charts/prepare/breakdown-columns.ts";
import { DAY_METRICS, DAY_SHAPES, type DayMetric, type DayShape } from "../../charts/prepare/day-metric.ts";

/** What the page shows beside what all pages share; what is absent means the default. */
export interface PerformanceSearch {
  by?: Breakdown;
  columns?: ColumnId[];
  sort?: ColumnId | "name";
  /** Smallest first. */
  up?: true;
  /** Rows that are open, as JSON of their names. */
  open?: string[];
  find?: string;
  rows?: number;
  metric?: DayMetric;
  shape?: DayShape;
  /** The channel whose change is explained; ALL for everything. */
  why?: string;
  whyCampaign?: string;
  /** Of what revenue: the chosen model's where it is absent. */
  whyBy?: "incremental";
}

export const ALL = "*";
export const FIRST_ROWS = 25;
const MOST_ROWS = 500;

const Name = z.string().min(1).max(200);
const SORTS = ["name", ...COLUMNS] as const;

const oneOf = <T extends string>(choices: readonly T[], value: unknown): T | undefined =>
  choices.find((each) => each === value);

/** Each part stands for itself: one that makes no sense is dropped. */
export function parsePerformanceSearch(search: Record<string, unknown>): PerformanceSearch {
  const by = oneOf(BREAKDOWNS, search.by);
  const columns = Array.isArray(search.columns)
    ? COLUMNS.filter((each) => (search.columns as unknown[]).includes(each))
    : [];
  const sort = oneOf(SORTS, search.sort);
  const open = z.array(z.string().max(500)).max(50).safeParse(search.open);
  const find = Name.safeParse(search.find);
  const rows = z.int().min(1).max(MOST_ROWS).safeParse(search.rows);
  const [metric, shape] = [oneOf(DAY_METRICS, search.metric), oneOf(DAY_SHAPES, search.shape)];
  const [why, whyCampaign] = [Name.safeParse(search.why), Name.safeParse(search.whyCampaign)];
  return {
    ...(by === undefined || by === "channel" ? {} : { by }),
    ...(columns.length === 0 ? {} : { columns }),
    ...(sort === undefined ? {} : { sort }),
    ...(search.up === true ? { up: true as const } : {}),
    ...(open.success && open.data.length > 0 ? { open: [...new Set(open.data)] } : {}),
    ...(find.success ? { find: find.data } : {}),
    ...(rows.success && rows.data !== FIRST_ROWS ? { rows: rows.data } : {}),
    ...(metric === undefined ? {} : { metric }),
    ...(shape === undefined ? {} : { shape }),
    ...(why.success ? { why: why.data } : {}),
    ...(why.success && why.data !== ALL && whyCampaign.success ? { whyCampaign: whyCampaign.data } : {}),
    ...(why.success && search.whyBy === "incremental" ? { whyBy: "incremental" as const } : {}),
  };
}
