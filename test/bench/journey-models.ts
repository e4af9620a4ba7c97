import {
  type AggregatedPaths,
  chooseMarkovOrder,
  creditPathsByLogistic,
  creditPathsByMarkov,
  creditPathsByOrderedShapley,
  creditPathsByRule,
  creditPathsByShapley,
  scoreJourneys,
} from "@touchline/solver";
import { Random } from "../../server/src/random.ts";

const JOURNEYS = 1_000_000;
const CHANNELS = 20;
const MEAN_TOUCHES = 4;

/**
 * Journeys of their own, none merged: channels by Zipf's law with a liking for what came before (a fifth of the steps stay
 * on the channel), lengths geometric, and a chance to convert that depends on the last channels and the length.
 */
function drawJourneys(count: number, seed: number): AggregatedPaths {
  const random = new Random(seed);
  const cumulative: number[] = [];
  let weight = 0;
  for (let rank = 1; rank <= CHANNELS; rank++) {
    weight += 1 / rank;
    cumulative.push(weight);
  }
  const drawChannel = (): number => {
    const at = random.uniform() * weight;
    return cumulative.findIndex((edge) => at < edge);
  };
  const offsets = new Uint32Array(count + 1);
  const states: number[] = [];
  const conversions = new Float64Array(count);
  const nulls = new Float64Array(count);
  const value = new Float64Array(count);
  for (let journey = 0; journey < count; journey++) {
    let channel = drawChannel();
    let appeal = 0;
    do {
      states.push(channel);
      appeal += 0.01 + 0.03 * ((channel * 7) % 5 === 0 ? 1 : 0);
      if (!random.chance(0.2)) channel = drawChannel();
    } while (random.chance(1 - 1 / MEAN_TOUCHES));
    offsets[journey + 1] = states.length;
    const converts = random.chance(Math.min(0.5, appeal)) ? 1 : 0;
    conversions[journey] = converts;
    nulls[journey] = 1 - converts;
    value[journey] = converts * random.exponential(80);
  }
  const channels = Array.from({ length: CHANNELS }, (_, rank) => `Channel ${rank + 1}`);
  return { channels, offsets, states: Uint32Array.from(states), conversions, value, nulls, hasNulls: true };
}

/** Rows from, to: held-out journeys for models that are judged on what they have not seen. */
function rowsBetween(paths: AggregatedPaths, from: number, to: number): AggregatedPaths {
  return {
    ...paths,
    offsets: paths.offsets.slice(from, to + 1).map((offset) => offset - paths.offsets[from]!),
    states: paths.states.slice(paths.offsets[from], paths.offsets[to]),
    conversions: paths.conversions.slice(from, to),
    value: paths.value.slice(from, to),
    nulls: paths.nulls.slice(from, to),
  };
}

/** What any model must do at least: look at every touch and every journey once. */
function passOver({ offsets, states, conversions, value, nulls }: AggregatedPaths): number {
  let sum = 0;
  for (let row = 0; row < conversions.length; row++) {
    const weight = conversions[row]! + nulls[row]! + value[row]!;
    for (let touch = offsets[row]!; touch < offsets[row + 1]!; touch++) sum += weight * states[touch]!;
  }
  return sum;
}

/** Seconds that the processor worked, which a busy machine stretches less than seconds on the clock. */
function secondsOf(work: () => unknown): { processor: number; clock: number } {
  const [began, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { processor: (user + system) / 1e6, clock: (performance.now() - began) / 1000 };
}

/** The path models on one million journeys with 20 channels, none of them merged: seconds, and as times of a plain pass. */
export function benchJourneyModels(print: (line: string) => void): void {
  const paths = drawJourneys(JOURNEYS, 1);
  const train = rowsBetween(paths, 0, JOURNEYS / 2);
  const heldOut = rowsBetween(paths, JOURNEYS / 2, JOURNEYS);
  passOver(paths);
  const pass = Math.min(...[1, 2, 3].map(() => secondsOf(() => passOver(paths)).processor));
  print(
    `${JOURNEYS.toLocaleString("en-US")} journeys, ${paths.states.length.toLocaleString("en-US")} touches, ${CHANNELS} channels, each journey a row of its own; a pass over the arrays takes ${(1000 * pass).toFixed(1)} ms`,
  );
  const line = (name: string, { processor, clock }: { processor: number; clock: number }, note: string): void =>
    print(
      `  ${name.padEnd(46)} ${processor.toFixed(2).padStart(6)} s of processor, ${clock.toFixed(2).padStart(6)} s by the clock   ${note}`,
    );
  const report = (name: string, work: () => unknown): { processor: number; clock: number } => {
    const seconds = secondsOf(work);
    line(name, seconds, `${Math.round(seconds.processor / pass)} passes`);
    return seconds;
  };
  const paidChannels = paths.channels.slice(0, CHANNELS / 2);
  for (const rule of ["last", "linear", "position-based", "w-shaped", "last-paid"] as const) {
    report(rule, () => creditPathsByRule(paths, rule, { paidChannels }));
  }
  const markov = [1, 2, 3].map((order) =>
    report(`markov, order ${order} (counts and solution)`, () => creditPathsByMarkov(paths, { order })),
  );
  const together = {
    processor: markov.reduce((sum, { processor }) => sum + processor, 0),
    clock: markov.reduce((sum, { clock }) => sum + clock, 0),
  };
  line("markov, orders 1 to 3 together", together, "(aim: 3 s)");
  report("markov, order 4 (more than 100,000 states)", () => creditPathsByMarkov(paths, { order: 4 }));
  report("choice of the order, 1 to 4, half held out", () => chooseMarkovOrder(train, heldOut, 4));
  const random = new Random(1);
  const uniform = (): number => random.uniform();
  report("shapley by count", () => creditPathsByShapley(paths, { worth: "count", random: uniform }));
  report("shapley by rate, all sets", () => creditPathsByShapley(paths, { random: uniform }));
  report("shapley by rate, 2,000 orders of arrival", () =>
    creditPathsByShapley(paths, { random: uniform, mostExact: 0 }),
  );
  report("ordered shapley", () => creditPathsByOrderedShapley(paths));
  report("logistic, 100 bags", () => creditPathsByLogistic(paths, { random: uniform }));
  report("scores of half by markov of order 3", () => scoreJourneys(train, heldOut, { kind: "markov", order: 3 }));
}
