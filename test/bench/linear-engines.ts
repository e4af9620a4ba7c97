import { type LinearEngine, type LinearProgramme, type LinearRow, loadHighs, simplexEngine } from "@touchline/solver";

/** Channels, segments of each curve, weeks. */
const SIZES = [
  [3, 8, 1],
  [5, 10, 1],
  [10, 10, 1],
  [10, 20, 1],
  [20, 20, 1],
  [20, 50, 1],
  [50, 40, 1],
  [5, 6, 4],
  [10, 10, 13],
] as const;
const ROUNDS = 5;
/** The small engine is not asked beyond this: it takes seconds there and minutes further on. */
const MOST_COLUMNS = 1000;

/** Where the line between the two engines of linear programmes lies: curves in segments, a budget a week, groups and a return floor. */
export async function benchLinearEngines(print: (line: string) => void): Promise<void> {
  const large = await loadHighs();
  print("linear programmes: channels x segments x weeks, columns x rows, milliseconds (median of 5)");
  for (const [channels, segments, weeks] of SIZES) {
    const programme = segmentsProgramme(channels, segments, weeks);
    const columns = programme.objective.length;
    const timed = (engine: LinearEngine) => `${medianMs(engine, programme).padStart(9)} ms  ${engine.name}`;
    const small = columns <= MOST_COLUMNS ? timed(simplexEngine) : "".padStart(34);
    const size = `${channels} x ${segments} x ${weeks}`.padEnd(14);
    print(`  ${size} ${`${columns} x ${programme.rows.length}`.padStart(10)} ${small}   ${timed(large)}`);
  }
}

function medianMs(engine: LinearEngine, programme: LinearProgramme): string {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    const { kind } = engine.solve(programme);
    return kind === "optimal" ? performance.now() - began : Number.NaN;
  }).sort((a, b) => a - b);
  return times[ROUNDS >> 1]!.toFixed(2);
}

/** Segments of falling slope, in units near 1: a column each, one budget, a cap on every third channel's group, a floor on return. */
function segmentsProgramme(channels: number, segments: number, weeks: number): LinearProgramme {
  const slopes: number[] = [];
  const rows: LinearRow[] = [];
  const all: number[] = [];
  for (let week = 0; week < weeks; week++) {
    const ofWeek: number[] = [];
    for (let channel = 0; channel < channels; channel++)
      for (let segment = 0; segment < segments; segment++) {
        ofWeek.push(slopes.length);
        slopes.push((2 + ((channel * 7 + week * 3) % 11) / 10) / (1 + segment * (0.2 + channel / 50)));
      }
    rows.push(atMost(0.6 / weeks, ofWeek, () => 1));
    rows.push(
      atMost(
        0.25 / weeks,
        ofWeek.filter((column) => Math.floor(column / segments) % 3 === 0),
        () => 1,
      ),
    );
    all.push(...ofWeek);
  }
  rows.push(atMost(0.5, all, () => 1));
  rows.push(atMost(0, all, (column) => 1.2 - slopes[column]!));
  return {
    objective: Float64Array.from(slopes),
    upper: new Float64Array(slopes.length).fill(1 / (channels * segments * weeks)),
    rows,
  };
}

function atMost(value: number, columns: readonly number[], coefficient: (column: number) => number): LinearRow {
  return { sense: "<=", value, columns, coefficients: columns.map(coefficient) };
}
