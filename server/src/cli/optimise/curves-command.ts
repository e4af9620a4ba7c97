import type { House } from "../../house/index.ts";
import { fetchCurves } from "../../planning/index.ts";
import { requireExtent } from "../attribute-command.ts";
import { type CommandIo, drawTable, grouped, printable } from "../io.ts";

export interface CurvesOptions {
  readonly workspace: string;
  readonly by: "channel" | "campaign";
  readonly json: boolean;
}

/** `touchline curves`: the fitted curve of every channel, or of its campaigns. */
export async function runCurves(house: House, options: CurvesOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  await requireExtent(workspace);
  const curves = await fetchCurves(workspace, { by: options.by });
  if (options.json) {
    io.stdout(`${JSON.stringify(curves)}\n`);
    return 0;
  }
  const rows = curves.channels.map(({ channel, campaign, current, families, delivery, flags }) => [
    campaign === null ? channel : `${channel} / ${campaign}`,
    grouped(current.spend, 2),
    grouped(current.revenue, 2),
    current.marginalRoas.toFixed(2),
    familiesInWords(families),
    costOf(delivery?.costPerTouch),
    costOf(delivery?.costPerTouchAtMore),
    flags.join(", "),
  ]);
  const { currency } = curves;
  io.stdout(`Response curves by ${curves.model} credit, ${curves.days.from} to ${curves.days.to}, amounts a day\n\n`);
  io.stdout(
    drawTable(
      [
        "Channel",
        `Spend ${currency}`,
        `Revenue ${currency}`,
        "Marginal ROAS",
        "Families",
        "A touch costs",
        "One more",
        "Care",
      ],
      rows,
    ),
  );
  for (const { channel, reason } of curves.withoutCurve) io.stdout(`${printable(channel)}: no curve. ${reason}\n`);
  return 0;
}

/** What a touch costs, down to a hundredth of a cent; nothing is known of channels that are hardly seen. */
function costOf(cost: number | undefined): string {
  return cost === undefined ? "-" : cost.toFixed(4);
}

/** The families that a curve averages, the heaviest first; those that hardly weigh are left out. */
function familiesInWords(families: readonly { readonly family: string; readonly weight: number }[]): string {
  return families
    .filter(({ weight }) => weight >= 0.05)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ family, weight }) => `${family} ${Math.round(weight * 100)} %`)
    .join(", ");
}
