import type { Workspace } from "../workspace.ts";
import { type FittedCurves, fitCurves } from "./fit-curves.ts";

/**
 * The curves on the data of now. Whoever turns a knob of a plan asks again and again, and as long as no row came or went the answer
 * is the same: what the fit stands on is then not looked up anew, which takes a look at every touchpoint.
 * @throws UserError when there is no spend, or nothing to credit
 */
export async function todaysCurves(workspace: Workspace): Promise<FittedCurves> {
  const [watermark, { currency, timeZone }] = await Promise.all([workspace.watermark(), workspace.settings()]);
  return workspace.remember(`curves of ${watermark} ${timeZone} ${currency}`, () => fitCurves(workspace));
}
