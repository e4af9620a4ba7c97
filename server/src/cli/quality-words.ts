import type {
  ChannelFinding,
  ChannelQuality,
  ChannelsQuality,
  DateRange,
  Disagreement,
  ForecastQuality,
  HeldOutQuality,
} from "../contract/index.ts";
import { drawTable, grouped, printable } from "./io.ts";

/** The answer of `touchline quality --json`. */
export interface QualityAnswers extends ChannelsQuality {
  readonly range: DateRange;
  readonly heldOut: HeldOutQuality;
  readonly forecast: ForecastQuality;
  readonly disagreements: readonly Disagreement[];
}

const percent = (part: number, decimals = 0): string => `${(part * 100).toFixed(decimals)} %`;
const signed = (value: number, decimals: number): string => `${value < 0 ? "" : "+"}${value.toFixed(decimals)}`;

export function drawQuality({ range, heldOut, forecast, channels, warnings, disagreements }: QualityAnswers): string {
  return [
    `Quality, ${range.from} to ${range.to}`,
    drawJourneys(heldOut),
    drawRates(heldOut),
    drawForecast(forecast),
    drawChannels(channels),
    ...disagreements.map(drawDisagreement),
    ...(warnings.length > 0 ? [warnings.join("\n")] : []),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

const WARNINGS: Record<HeldOutQuality["warnings"][number], string> = {
  "no-signal":
    "No model tells journeys that convert from others on visitors that it has not seen: nothing here says which channel deserves credit.",
  "few-held-out": "Fewer than 50 conversions are held out: the figures move a lot with one more or less.",
  "no-timing":
    "When touches came adds nothing to who the people are: the effects of the incremental model are not seen in people that it was not fitted on.",
};

function drawJourneys({ journeys, journeysReason, warnings }: HeldOutQuality): string {
  if (journeys === null) return `Held-out journeys: ${journeysReason ?? "none"}`;
  const { heldOut, training, models, refused, constant } = journeys;
  const rows = models.map(({ model, order, logLikelihood, gain, gainError, auc }) => [
    order === null ? model : `${model}, order ${order}`,
    logLikelihood.toFixed(5),
    `${signed(gain, 5)} ± ${gainError.toFixed(5)}`,
    auc === null ? "-" : auc.toFixed(3),
  ]);
  rows.push(["(one chance for all)", constant.toFixed(5), signed(0, 5), "0.500"]);
  return [
    `Held-out journeys: ${grouped(heldOut.journeys)} of visitors that no model has seen, ${grouped(heldOut.conversions)} conversions; learnt from ${grouped(training.journeys)}`,
    drawTable(["Model", "Log-likelihood a journey", "Gain over one chance", "AUC"], rows),
    ...refused.map(({ model, reason }) => `${model}: ${reason}`),
    ...warnings.filter((each) => each !== "no-timing").map((each) => WARNINGS[each]),
  ].join("\n");
}

function drawRates({ rates, warnings }: HeldOutQuality): string {
  if (rates === null) return "The incremental model in its own terms: nobody who was reached converted.";
  const { conversions, expected, gain, gainError, timingGain, timingGainError } = rates;
  return [
    `The incremental model in its own terms: ${grouped(expected, 0)} conversions expected of held-out people, ${grouped(conversions)} came.`,
    `Log-likelihood of a conversion over one rate for everybody: ${signed(gain, 3)} ± ${gainError.toFixed(3)}; over who the people are, without when their touches came: ${signed(timingGain, 3)} ± ${timingGainError.toFixed(3)}. These are not comparable with the table above.`,
    ...(rates.effectAuc === null
      ? []
      : [
          `The effect of the touches before is larger at a held-out conversion than at a random moment of people who were reached in ${percent(rates.effectAuc, 1)} of pairs; half is chance.`,
        ]),
    ...warnings.filter((each) => each === "no-timing").map((each) => WARNINGS[each]),
  ].join("\n");
}

function drawForecast({ weeks, level }: ForecastQuality): string {
  if (weeks.length === 0) return "Forecast: it needs six weeks of bookings, at least 50, and people who were reached.";
  const rows = weeks.map(({ from, to, expected, low, high, seen, ofTouches, withoutTouches }) => [
    `${from} to ${to}`,
    grouped(expected, 0),
    `${grouped(low, 0)} to ${grouped(high, 0)}`,
    grouped(seen),
    grouped(ofTouches, 0),
    grouped(withoutTouches, 0),
  ]);
  const head = ["Week", "Foretold", `${percent(level)} interval`, "Came", "Of touches", "Without touches"];
  return `Each week foretold from the data before it and its own touches\n${drawTable(head, rows)}`.trimEnd();
}

function drawChannels(channels: readonly ChannelQuality[]): string {
  if (channels.length === 0) return "Channels: none has touches of known people.";
  const rows = channels.map(({ channel, touches, effect, coverage, findings }) => [
    channel,
    grouped(touches),
    effect === null ? "-" : grouped(effect.conversions, 0),
    effect === null ? "-" : `${grouped(effect.low, 0)} to ${grouped(effect.high, 0)}`,
    coverage === null ? "-" : percent(coverage),
    findings.join(", "),
  ]);
  const head = ["Channel", "Touches", "Caused", "Interval", "Seen", "Findings"];
  const said = channels.flatMap((each) => each.findings.map((finding) => sayFinding(finding, each)));
  return [`What the data say around the touches of each channel`, drawTable(head, rows), ...said].join("\n");
}

/** Why a channel is marked, in words, with its own numbers. */
function sayFinding(finding: ChannelFinding, channel: ChannelQuality): string {
  return `${printable(channel.channel)}: ${FINDINGS[finding](channel)}`;
}

const FINDINGS: Record<ChannelFinding, (channel: ChannelQuality) => string> = {
  owned: () => "own visits; people come by themselves, so that they get no credit.",
  "demand-capture": ({ shareSoon, soonPerTouch }) =>
    `looks like demand capture: ${percent(shareSoon)} of what follows a touch comes within 16 hours; ${(soonPerTouch * 100).toFixed(1)} of 100 touches are followed by a purchase within 8 hours, where advertising rarely goes beyond 4. No credit until a lift test says otherwise.`,
  "not-identified": ({ effect }) =>
    effect === null
      ? "its effect is not identified: test it."
      : `its effect is not identified (${grouped(effect.low, 0)} to ${grouped(effect.high, 0)} conversions): test it.`,
  calibrated: () => "a lift test moved its effect.",
  "low-coverage": ({ coverage }) =>
    `only ${percent(coverage ?? 0)} of what was delivered is seen as touches: do not judge it by them.`,
  "follows-purchases": ({ beforeRatio }) =>
    `in the three days before a touch people convert ${(beforeRatio ?? 0).toFixed(1)} times as often as usual: its touches follow purchases, or what leads to them.`,
  "stops-at-purchase": ({ beforeRatio }) =>
    `in the three days before a touch people convert ${(beforeRatio ?? 0).toFixed(1)} times as often as usual: its touches stop at a purchase, so that the time before them says too little of who they go to, and the effect may be overstated.`,
};

const MOST_ROWS = 5;

function drawDisagreement({ a, b, currency, moved, booked, rows }: Disagreement): string {
  const share = Number(booked) > 0 ? ` (${percent(Number(moved) / Number(booked))} of ${grouped(booked, 0)})` : "";
  const money = (amount: string): string => grouped(amount, 0);
  const table = drawTable(
    ["Channel", a, b, "Difference"],
    rows
      .slice(0, MOST_ROWS)
      .map((row) => [row.channel ?? "(no channel)", money(row.a), money(row.b), signed(Number(row.difference), 0)]),
  );
  return `${a} against ${b}: ${money(moved)} ${currency} of revenue go elsewhere${share}\n${table}`.trimEnd();
}
