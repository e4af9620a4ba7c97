import { commonDivisor } from "../../common-divisor.ts";
import type { Engines } from "../../linear/index.ts";
import { type Curve, curveValue, isConcave } from "../../response/curve-families.ts";
import type { AllocationProblem, Limit, Objective } from "../problem.ts";
import { type Aim, compileProgramme, type Programme } from "../programme.ts";
import { type Scale, scaleOf, scaleProgramme } from "../scale.ts";
import { endsOf } from "./ends.ts";
import { type Box, isEmptyBox, type Space, spaceOf, tidyBox } from "./space.ts";
import type { Task } from "./task.ts";

export type Compiled =
  | {
      readonly kind: "ok";
      readonly task: Task;
      readonly programme: Programme;
      readonly boxes: readonly Box[];
      readonly scale: Scale;
    }
  /** Some channel has no spend at all that its own limits allow, or a total that its steps never add up to */
  | { readonly kind: "impossible" }
  | { readonly kind: "unlimited"; readonly channel: number };

/**
 * The problem with some of its limits as a task of the search. Return floors of a channel whose curve is not concave are no
 * cap on its spend: they leave 0 and a stretch.
 * @param worthwhile what a plan is worth at least that is looked for; -Infinity where nobody knows
 */
export function compileTask(
  problem: AllocationProblem,
  objective: Objective | Aim,
  limits: readonly Limit[],
  engines: Engines,
  worthwhile: number,
): Compiled {
  const floors = limits.filter((limit) => isFloorOnBend(problem, limit));
  const plain = compileProgramme(
    problem,
    objective,
    limits.filter((limit) => !floors.includes(limit)),
  );
  const wholes = problem.channels.map((channel, i) => wholeOf(channel, plain.lower[i]!));
  const ends = endsOf(
    plain,
    Float64Array.from(wholes, ({ off, low }) => (off ? 0 : low)),
    worthwhile,
  );
  const endless = ends.indexOf(Number.POSITIVE_INFINITY);
  if (endless >= 0) return { kind: "unlimited", channel: endless };
  const boxes = wholes.map(({ off, low }, i) => {
    const { name, curve, step } = problem.channels[i]!;
    let box: Box = { off, low, high: Math.min(plain.upper[i]!, WIDER * ends[i]!) };
    for (const floor of floors) if ("channel" in floor && floor.channel === name) box = paying(curve, floor.value, box);
    return tidyBox(box, step ?? null);
  });
  if (boxes.some(isEmptyBox)) return { kind: "impossible" };
  const rows = roundRows(plain, problem);
  if (rows === null) return { kind: "impossible" };
  const least = Float64Array.from(boxes, ({ off, low, high }) => (off || high < low ? 0 : low));
  const most = Float64Array.from(boxes, ({ low, high }) => (high < low ? 0 : high));
  const programme = { ...plain, rows: plain.rows, lower: least, upper: most };
  const scale = scaleOf(programme, most);
  const scaled = scaleProgramme({ ...programme, rows }, scale);
  const spaces = boxes.map(({ off, low, high }, i): Space => {
    const { step } = problem.channels[i]!;
    const box = { off, low: low / scale.money, high: high / scale.money };
    return spaceOf(scaled.curves[i]!, box, step === undefined ? null : step / scale.money);
  });
  return { kind: "ok", task: { programme: scaled, spaces, engines }, programme, boxes, scale };
}

function isFloorOnBend({ channels }: AllocationProblem, limit: Limit): boolean {
  if (limit.type !== "channel_roas_floor") return false;
  return channels.some(({ name, curve }) => name === limit.channel && !isConcave(curve));
}

function wholeOf({ minimumIfOn = 0 }: AllocationProblem["channels"][number], lower: number): Pick<Box, "off" | "low"> {
  return { off: lower <= 0 && minimumIfOn > 0, low: Math.max(lower, minimumIfOn) };
}

/** An end that only other limits imply is put a little beyond, so that no price hides in it. */
const WIDER = 1.01;
const SAMPLES = 400;

/**
 * The spends between the first and the last one at which the response is the floor times the spend, and 0. The average return
 * of an S-curve rises and falls once, so that the floor holds everywhere between.
 */
function paying(curve: Curve, floor: number, { off, low, high }: Box): Box {
  const pays = (x: number) => curveValue(curve, x) >= floor * x;
  const at = (sample: number) => high * 10 ** (-8 + (8 * sample) / SAMPLES);
  const first = Array.from({ length: SAMPLES + 1 }, (_, sample) => sample).find((sample) => pays(at(sample)));
  const none = { off: off || low <= 0, low: 1, high: 0 };
  if (first === undefined) return none;
  let last = SAMPLES;
  while (!pays(at(last))) last--;
  const from = first === 0 ? 0 : edge(pays, at(first - 1), at(first));
  const to = last === SAMPLES ? high : edge(pays, at(last + 1), at(last));
  return { off: off || low <= 0, low: Math.max(low, from), high: Math.min(high, to) };
}

/** The last spend that pays on the way from one that does not. */
function edge(pays: (x: number) => boolean, outside: number, inside: number): number {
  let [out, kept] = [outside, inside];
  for (let step = 0; step < 100; step++) {
    const middle = (out + kept) / 2;
    if (pays(middle)) kept = middle;
    else out = middle;
  }
  return kept;
}

/** A step that all steps of a row are multiples of, as a share of the least of them, has to be at least this to be one. */
const FINEST = 1e-4;

/**
 * Rows in which every member spends multiples of some step are brought to a multiple of it, which costs no plan and saves
 * most of the search. Null where an exact one is between two.
 */
function roundRows({ rows }: Programme, { channels }: AllocationProblem): Programme["rows"] | null {
  const rounded: Programme["rows"][number][] = [];
  for (const row of rows) {
    const steps = row.members.map((i, t) => Math.abs((channels[i]!.step ?? 0) * row.coefficients[t]!));
    const unit = steps.reduce((unit, step) => commonDivisor(Math.max(unit, step), Math.min(unit, step)), 0);
    if (!(Math.min(...steps) > 0) || unit < FINEST * Math.min(...steps)) {
      rounded.push(row);
      continue;
    }
    const units = row.value / unit;
    const nearest = Math.round(units);
    const isWhole = Math.abs(units - nearest) < 1e-9 * Math.max(1, Math.abs(units));
    if (row.sense === "=" && !isWhole) return null;
    rounded.push({
      ...row,
      value: (isWhole ? nearest : row.sense === "<=" ? Math.floor(units) : Math.ceil(units)) * unit,
    });
  }
  return rounded;
}
