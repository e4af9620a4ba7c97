import { type listExperiments, refusedBySource } from "@touchline/sql";
import type { z } from "zod";
import { shiftDay } from "../calendar-days.ts";
import type { Finding, HealthReport, Need, PacingLine, PacingMonth } from "../contract/index.ts";
import { groupBy } from "../group-by.ts";
import type { Workspace } from "../workspace.ts";

/** A test that ends this soon is looked after now; a result is missed for so long. */
const SOON_DAYS = 7;
const RESULT_DAYS = 28;

/** One finding a rule stands for all of its kind: the first is the most severe one. Refused rows have a line of their own. */
export function needsOfHealth({ findings }: HealthReport): Need[] {
  const open = findings.filter(({ severity, rule }) => severity !== "ok" && rule !== "rejected-rows");
  return [...groupBy(open, ({ rule }) => rule).values()].map((found) => ({
    ...{ kind: "finding", finding: found[0] as Finding, more: found.length - 1 },
  }));
}

export async function needsOfRefused(workspace: Workspace): Promise<Need[]> {
  const sources = await workspace.warehouse.ask(refusedBySource, {});
  const rows = sources.reduce((sum, source) => sum + source.rows, 0);
  return rows === 0 ? [] : [{ kind: "rejected", rows, sources: sources.length }];
}

type Test = z.output<(typeof listExperiments)["row"]>;

/** Tests that end within a week, and those that ended and have no result. */
export function needsOfTests(tests: readonly Test[], today: string): Need[] {
  return tests.flatMap(({ experimentId, channel, startDate, endDate, standardError }): Need[] => {
    const facts = { experimentId, channel, endDate };
    if (startDate <= today && today <= endDate && endDate <= shiftDay(today, SOON_DAYS))
      return [{ kind: "test-ends", ...facts }];
    const isMissed = endDate < today && endDate >= shiftDay(today, -RESULT_DAYS) && !(standardError > 0);
    return isMissed ? [{ kind: "test-result", ...facts }] : [];
  });
}

function isOffPlan({ status, isCertain }: PacingLine): boolean {
  return isCertain && (status === "ahead" || status === "behind");
}

/** The month where it ends off plan for certain; otherwise the channel that does so by the most money. */
export function needsOfPacing(month: PacingMonth): Need[] {
  if (month.phase !== "current") return [];
  const off = month.channels.filter(isOffPlan);
  const distance = (line: PacingLine) => Math.abs((line.forecast?.mean ?? Number(line.spent)) - Number(line.plan ?? 0));
  const worst = [...off].sort((a, b) => distance(b) - distance(a))[0];
  const isTotalOff = isOffPlan(month.total);
  const line = isTotalOff ? month.total : worst;
  if (line === undefined || line.status === null || line.plan === null) return [];
  const channel = isTotalOff || worst === undefined ? null : worst.channel;
  const end = line.forecast?.mean ?? Number(line.spent);
  return [
    {
      kind: "pacing",
      channel,
      status: line.status,
      end,
      plan: line.plan,
      others: off.length - (channel === null ? 0 : 1),
    },
  ];
}

/** A channel that spends every week and has sent nothing for the last days of it. */
const SILENT_DAYS = 2;
const REGULAR_WEEKS = 4;

export function needsOfChannels(
  spend: readonly { readonly week: string; readonly channel: string; readonly lastDay: string }[],
  mondays: readonly string[],
  lastSpendDay: string,
): Need[] {
  const regular = mondays.slice(-1 - REGULAR_WEEKS, -1);
  return [...groupBy(spend, ({ channel }) => channel)].flatMap(([channel, rows]): Need[] => {
    const weeks = new Set(rows.map(({ week }) => week));
    const lastDay = rows.reduce((last, row) => (row.lastDay > last ? row.lastDay : last), "");
    const isRegular = regular.every((week) => weeks.has(week));
    return isRegular && lastDay < shiftDay(lastSpendDay, 1 - SILENT_DAYS)
      ? [{ kind: "silent-channel", channel, lastDay }]
      : [];
  });
}

export function needsOfRows(rows: {
  readonly touchpoints: number;
  readonly conversions: number;
  readonly spend: number;
}): Need[] {
  return (["touchpoints", "spend", "conversions"] as const)
    .filter((step) => rows[step] === 0)
    .map((step) => ({ kind: "first-step", step }));
}

function urgencyOf(need: Need): number {
  if (need.kind === "finding") return need.finding.severity === "act" ? 0 : 3;
  if (need.kind === "proposal") return 1;
  return need.kind === "first-step" || need.kind === "silent-channel" || need.kind === "old-credit" ? 0 : 2;
}

/** What is wrong first, then what waits for a decision, then what may be. */
export function orderNeeds(needs: readonly Need[]): Need[] {
  return [...needs].sort((a, b) => urgencyOf(a) - urgencyOf(b));
}
