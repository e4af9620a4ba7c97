import type { RunComparison } from "../../contract/index.ts";
import type { Workspace } from "../../workspace.ts";
import { describeRun } from "../report.ts";
import { differenceOf } from "./decimals.ts";
import { findFinishedRun, type RecordedRun } from "./find-recorded-run.ts";
import { summariseRun } from "./list-runs.ts";

interface Amounts {
  readonly conversions: string;
  readonly revenue: string;
}
const NOTHING: Amounts = { conversions: "0", revenue: "0" };

function change(a: Amounts = NOTHING, b: Amounts = NOTHING): RunComparison["totals"] {
  return {
    conversions: { a: a.conversions, b: b.conversions, difference: differenceOf(a.conversions, b.conversions) },
    revenue: { a: a.revenue, b: b.revenue, difference: differenceOf(a.revenue, b.revenue) },
  };
}

/** What the second run says otherwise than the first, by channel, and what may be the reason. */
export async function compareRuns(workspace: Workspace, first: string, second: string): Promise<RunComparison> {
  const a = await findFinishedRun(workspace, first);
  const b = await findFinishedRun(workspace, second);
  const before = await describeRun(workspace, { runId: a.runId, fit: a.found }, a.asked);
  const after = await describeRun(workspace, { runId: b.runId, fit: b.found }, b.asked);
  const inA = new Map(before.channels.map((row) => [row.channel, row]));
  const inB = new Map(after.channels.map((row) => [row.channel, row]));
  const size = ({ revenue, conversions }: RunComparison["totals"]) => [
    Math.abs(Number(revenue.difference)),
    Math.abs(Number(conversions.difference)),
  ];
  const channels = [...new Set([...inA.keys(), ...inB.keys()])]
    .map((channel) => ({ channel, ...change(inA.get(channel), inB.get(channel)) }))
    .sort((one, other) => {
      const [money, count] = [size(one), size(other)];
      return count[0]! - money[0]! || count[1]! - money[1]! || (one.channel < other.channel ? -1 : 1);
    });
  return {
    a: summariseRun(a),
    b: summariseRun(b),
    isSame: a.creditPrint !== "" && a.creditPrint === b.creditPrint,
    differs: whatDiffers(a, b),
    totals: change(before.totals, after.totals),
    noTouch: change(before.baseline, after.baseline),
    channels,
  };
}

function whatDiffers(a: RecordedRun, b: RecordedRun): RunComparison["differs"] {
  const names = [...new Set([...Object.keys(a.asked), ...Object.keys(b.asked)])] as (keyof RecordedRun["asked"])[];
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return {
    parameters: names
      .map((name) => ({ name, a: text(a.asked[name]), b: text(b.asked[name]) }))
      .filter((parameter) => parameter.a !== parameter.b),
    data: a.watermark !== b.watermark,
    code: a.codeVersion !== b.codeVersion,
  };
}
