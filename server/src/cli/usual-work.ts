import {
  compareModels,
  judgeChannels,
  judgeForecast,
  judgeHeldOut,
  reportAttribution,
  runParameters,
} from "../attribution/index.ts";
import { shiftDay } from "../calendar-days.ts";
import { COMPARED_MODELS, DEFAULT_MODEL } from "../contract/index.ts";
import { rememberHealth } from "../health/index.ts";
import { fetchWorkspaceStatus } from "../performance/index.ts";
import { fetchCurves } from "../planning/index.ts";
import type { Workspace } from "../workspace.ts";

/** The range that pages begin with. */
const USUAL_DAYS = 28;

/**
 * What pages stand on when nobody has chosen anything, the part first that more of them wait for: runs, curves, and how good the models
 * are, which takes longest. Each one finds what is there already.
 */
export async function usualWork(workspace: Workspace): Promise<readonly (() => Promise<unknown>)[]> {
  const { days } = await fetchWorkspaceStatus(workspace);
  if (days === null) return [];
  const begin = shiftDay(days.to, 1 - USUAL_DAYS);
  const range = { from: begin > days.from ? begin : days.from, to: days.to };
  const before = { from: shiftDay(range.from, -USUAL_DAYS), to: shiftDay(range.from, -1) };
  const credit = (of: typeof range) => reportAttribution(workspace, runParameters({ ...of, model: DEFAULT_MODEL }));
  return [
    () => credit(range),
    ...(before.from < days.from ? [] : [() => credit(before)]),
    () => fetchCurves(workspace),
    () => compareModels(workspace, { range, models: [...COMPARED_MODELS] }),
    () => rememberHealth(workspace, new Date()),
    () => judgeChannels(workspace, range),
    () => judgeHeldOut(workspace, range),
    () => judgeForecast(workspace, range),
  ];
}
