import { ModelError, quantile } from "@touchline/solver";
import type { z } from "zod";
import type { Marginals, MarginalsInput } from "../contract/index.ts";
import { type FittedChannel, fitCurves, marginalAt, revenueAt, todaysCurves } from "../planning/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";

const TAIL = 0.05;

/** What the next unit of money brings, by channel (and campaign): apart from the breakdown, because curves take long where none are fitted yet. */
export async function fetchMarginals(
  workspace: Workspace,
  { byCampaign }: z.output<typeof MarginalsInput>,
): Promise<Marginals> {
  try {
    const whole = await todaysCurves(workspace);
    const parts = byCampaign ? (await fitCurves(workspace, { by: "campaign" })).channels : [];
    const fitted = [...whole.channels, ...parts.filter(({ campaign }) => campaign !== null)];
    return { rows: fitted.map(describeMarginal), days: whole.currentDays, run: whole.run, refused: null };
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ModelError)) throw error;
    return { rows: [], days: null, run: null, refused: error.message };
  }
}

function describeMarginal({
  channel,
  campaign,
  curve,
  draws,
  currentSpend: spend,
}: FittedChannel): Marginals["rows"][number] {
  const drawn = draws.map((draw) => marginalAt(draw, spend));
  const marginalRoas = marginalAt(curve, spend);
  const [low, high] =
    drawn.length === 0 ? [marginalRoas, marginalRoas] : [quantile(drawn, TAIL), quantile(drawn, 1 - TAIL)];
  return { channel, campaign, marginalRoas, low, high, spend, revenue: revenueAt(curve, spend) };
}
