import type { WeeksConstraint, WeeksLimit, WeeksProblem } from "./problem.ts";

/** One linear limit on cells of the plan (channel i in week t is cell i * weeks + t). */
export interface WeeksRow {
  readonly cells: readonly number[];
  readonly coefficients: readonly number[];
  readonly sense: "<=" | ">=" | "=";
  readonly value: number;
  readonly week?: number;
  readonly channel?: string;
}

/** A limit with the rows that it means, also at another number: that is how repairs are searched. */
export interface WeeksRule {
  readonly limit: WeeksLimit;
  rows(value: number): WeeksRow[];
}

type Sense = WeeksRow["sense"];
type Place = Pick<WeeksRow, "week" | "channel">;

/** The limits of a problem one by one. A minimum of 0 is no limit: spend cannot be negative. */
export function rulesOf(problem: WeeksProblem): WeeksRule[] {
  const { channels, constraints, weeks } = problem;
  return [
    ...channels.flatMap(({ name, lower, upper }, i) => [
      ...boundRules("channel_week_min", name, i, lower, weeks),
      ...boundRules("channel_week_max", name, i, upper, weeks),
    ]),
    ...constraints.flatMap((constraint) => constraintRules(problem, constraint)),
  ];
}

function boundRules(
  type: "channel_week_min" | "channel_week_max",
  channel: string,
  i: number,
  bound: number | null | readonly (number | null)[],
  weeks: number,
): WeeksRule[] {
  const sense = type === "channel_week_min" ? ">=" : "<=";
  return byWeek(bound, sense).map(({ week, value }) => ({
    limit: { type, channel, ...(week === undefined ? {} : { week }), value },
    rows: (to) => weeksOf(week, weeks).map((t) => sumRow([i * weeks + t], sense, to, { channel, week: t })),
  }));
}

function constraintRules(problem: WeeksProblem, constraint: WeeksConstraint): WeeksRule[] {
  const { channels, weeks } = problem;
  const all = channels.map(({ name }) => name);
  const over = (members: readonly string[]) => (sense: Sense) => (value: number) => [
    sumRow(cellsOf(problem, members), sense, value, {}),
  ];
  switch (constraint.type) {
    case "total_spend": {
      const { type, sense, value } = constraint;
      return [{ limit: { type, sense, value }, rows: over(all)(sense) }];
    }
    case "weekly_spend":
      return [
        ...weekRules(problem, all, constraint.min, ">=", (where) => ({ type: "weekly_min", ...where })),
        ...weekRules(problem, all, constraint.max, "<=", (where) => ({ type: "weekly_max", ...where })),
      ];
    case "group_weekly_spend": {
      const { name: group, members, min, max } = constraint;
      return [
        ...weekRules(problem, members, min, ">=", (where) => ({ type: "group_week_min", group, ...where })),
        ...weekRules(problem, members, max, "<=", (where) => ({ type: "group_week_max", group, ...where })),
      ];
    }
    case "group_spend": {
      const { name: group, members, min, max } = constraint;
      return totalRules(min, max, over(members), (side, value) => ({ type: `group_${side}`, group, value }));
    }
    case "channel_total": {
      const { channel, min, max } = constraint;
      return totalRules(min, max, over([channel]), (side, value) => ({
        type: `channel_total_${side}`,
        channel,
        value,
      }));
    }
    case "commitment": {
      const { type, channel, week, value } = constraint;
      const cell = all.indexOf(channel) * weeks + week;
      return [{ limit: { type, channel, week, value }, rows: (to) => [sumRow([cell], "=", to, { channel, week })] }];
    }
    case "pacing_pct":
      return [{ limit: { type: "pacing_pct", value: constraint.value }, rows: pacingRows(problem, constraint) }];
  }
}

function weekRules(
  problem: WeeksProblem,
  members: readonly string[],
  bound: number | null | readonly (number | null)[],
  sense: "<=" | ">=",
  limit: (where: { week?: number; value: number }) => WeeksLimit,
): WeeksRule[] {
  return byWeek(bound, sense).map(({ week, value }) => ({
    limit: limit(week === undefined ? { value } : { week, value }),
    rows: (to) => weeksOf(week, problem.weeks).map((t) => sumRow(cellsOf(problem, members, t), sense, to, { week: t })),
  }));
}

function totalRules(
  min: number | null,
  max: number | null,
  rows: (sense: Sense) => WeeksRule["rows"],
  limit: (side: "min" | "max", value: number) => WeeksLimit,
): WeeksRule[] {
  const rules: WeeksRule[] = [];
  if (min !== null && min > 0) rules.push({ limit: limit("min", min), rows: rows(">=") });
  if (max !== null) rules.push({ limit: limit("max", max), rows: rows("<=") });
  return rules;
}

/** Cells that are both promised do not pace each other: they are as they are. */
function pacingRows(problem: WeeksProblem, constraint: Extract<WeeksConstraint, { type: "pacing_pct" }>) {
  const { channels, constraints, weeks } = problem;
  const promised = new Set(
    constraints.flatMap((one) => (one.type === "commitment" ? [`${one.channel} ${one.week}`] : [])),
  );
  return (value: number): WeeksRow[] => {
    const rows: WeeksRow[] = [];
    for (const [i, { name: channel, before }] of channels.entries()) {
      if (constraint.members !== undefined && !constraint.members.includes(channel)) continue;
      const cell = (t: number) => i * weeks + t;
      const last = before.at(-1);
      if (constraint.fromBefore === true && last !== undefined && !promised.has(`${channel} 0`))
        rows.push(
          sumRow([cell(0)], ">=", last * (1 - value / 100), { channel, week: 0 }),
          sumRow([cell(0)], "<=", last * (1 + value / 100), { channel, week: 0 }),
        );
      for (let week = 1; week < weeks; week++) {
        if (promised.has(`${channel} ${week}`) && promised.has(`${channel} ${week - 1}`)) continue;
        const pair = (sense: Sense, share: number): WeeksRow => ({
          cells: [cell(week), cell(week - 1)],
          coefficients: [1, -share],
          sense,
          value: 0,
          channel,
          week,
        });
        if (value === 0) rows.push(pair("=", 1));
        else rows.push(pair("<=", 1 + value / 100));
        if (value > 0 && value < 100) rows.push(pair(">=", 1 - value / 100));
      }
    }
    return rows;
  };
}

/** One entry without a week where one number holds for all, else one a week that has one. */
function byWeek(
  bound: number | null | readonly (number | null)[],
  sense: "<=" | ">=",
): { week?: number; value: number }[] {
  const asks = (value: number | null): value is number => value !== null && (sense === "<=" || value > 0);
  if (bound === null || typeof bound === "number") return asks(bound) ? [{ value: bound }] : [];
  return bound.flatMap((value, week) => (asks(value) ? [{ week, value }] : []));
}

function weeksOf(week: number | undefined, weeks: number): number[] {
  return week === undefined ? Array.from({ length: weeks }, (_, t) => t) : [week];
}

function cellsOf({ channels, weeks }: WeeksProblem, members: readonly string[], week?: number): number[] {
  const inside = [...channels.keys()].filter((i) => members.includes(channels[i]!.name));
  return inside.flatMap((i) => weeksOf(week, weeks).map((t) => i * weeks + t));
}

function sumRow(cells: readonly number[], sense: Sense, value: number, place: Place): WeeksRow {
  return { cells, coefficients: cells.map(() => 1), sense, value, ...place };
}
