import type { Highs, Model, ModelData } from "highs";
import { certify, findBrokenRow } from "./certify.ts";
import {
  type LinearEngine,
  type LinearLimits,
  type LinearOutcome,
  type LinearProgramme,
  type LinearRow,
  objectiveAt,
  refuseNonFinite,
} from "./programme.ts";

/** The tightest that HiGHS takes is 1e-10; at that its simplex sometimes does not end. */
const SOLVER_PRECISION = 1e-9;
/** A column of integers further from a whole number than this is not one. */
const WHOLE = 1e-6;
const GAP = 1e-9;

const OPTIONS = {
  output_flag: false,
  primal_feasibility_tolerance: SOLVER_PRECISION,
  dual_feasibility_tolerance: SOLVER_PRECISION,
  mip_feasibility_tolerance: SOLVER_PRECISION,
  // What is left out below this is 1e-9 by default, which a coefficient may really be
  small_matrix_value: 1e-12,
  mip_rel_gap: GAP,
  mip_abs_gap: GAP,
  // Without presolve its integer solver gave wrong optima, so it stays on there
  presolve: "on",
} as const;

let loading: Promise<LinearEngine> | null = null;

/**
 * HiGHS in WebAssembly, loaded once (some 30 ms); solving is synchronous from then on. It takes large programmes and
 * integers, keeps to a time limit, and its answers are checked like those of the small engine.
 */
export function loadHighs(): Promise<LinearEngine> {
  loading ??= import("highs").then(async ({ default: load }) => createEngine(await load()));
  return loading;
}

function createEngine(highs: Highs): LinearEngine {
  let fallen = false;
  return {
    name: "highs",
    solve(programme, limits = {}) {
      refuseNonFinite(programme);
      if (fallen) return { kind: "unsolved", reason: "HiGHS fell over an earlier model and has to be loaded again" };
      try {
        return solveWith(highs, programme, limits);
      } catch (error) {
        if (error instanceof highs.errors.HighsValidationError) throw error;
        // A trap inside WebAssembly (memory, an assertion) leaves its heap in no known state; its own refusals do not
        fallen = !(error instanceof highs.errors.HighsError);
        if (fallen) loading = null;
        return { kind: "unsolved", reason: `HiGHS fell over the model: ${String(error)}` };
      }
    },
  };
}

function solveWith(highs: Highs, programme: LinearProgramme, limits: LinearLimits): LinearOutcome {
  if (programme.objective.length === 0) return solveWithoutColumns(programme);
  if (programme.integer?.includes(1)) return solveInteger(highs, programme, programme.integer, limits);
  let outcome: LinearOutcome = { kind: "unsolved", reason: "HiGHS gave no answer" };
  for (const presolve of ["on", "off"]) {
    outcome = readContinuous(programme, run(highs, programme, { ...limits, presolve }));
    if (outcome.kind !== "unsolved") break;
  }
  return outcome;
}

/** HiGHS calls it empty and solves nothing. */
function solveWithoutColumns(programme: LinearProgramme): LinearOutcome {
  const x = new Float64Array(0);
  if (findBrokenRow(programme, x) !== null) return { kind: "infeasible" };
  return { kind: "optimal", value: 0, x, prices: new Float64Array(programme.rows.length), bound: 0 };
}

interface Run {
  readonly status: number;
  readonly x: Float64Array;
  readonly prices: Float64Array;
  /** What no whole answer is worth more than, as the search proved it; NaN where it proved nothing */
  readonly bound: number;
}

interface RunOptions extends LinearLimits {
  readonly presolve?: string;
}

function run(highs: Highs, programme: LinearProgramme, { seconds, presolve = "on" }: RunOptions): Run {
  return highs.withModel(modelDataOf(highs, programme), (model: Model) => {
    model.options.set({ ...OPTIONS, presolve, ...(seconds === undefined ? {} : { time_limit: seconds }) });
    const { modelStatus } = model.run();
    const { colValue, rowDual } = model.getSolution();
    const { upper } = programme;
    return {
      status: modelStatus,
      x: colValue.map((value, j) => Math.min(upper[j]!, Math.max(0, value))),
      prices: rowDual.map((dual) => -dual),
      bound: programme.integer === undefined ? Number.NaN : -Number(model.info.get("mip_dual_bound")),
    };
  });
}

/** Handed over as a minimum: the signs of its dual values are then the plain ones. */
function modelDataOf(highs: Highs, { objective, upper, rows, integer }: LinearProgramme): ModelData {
  const side = (missing: LinearRow["sense"], none: number) =>
    Float64Array.from(rows, ({ sense, value }) => (sense === missing ? none : value));
  const starts = new Int32Array(rows.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (const [r, { columns, coefficients }] of rows.entries()) {
    for (const [t, column] of columns.entries()) {
      if (coefficients[t] === 0) continue;
      indices.push(column);
      values.push(coefficients[t]!);
    }
    starts[r + 1] = indices.length;
  }
  return {
    numCols: objective.length,
    numRows: rows.length,
    colCost: objective.map((cost) => -cost),
    colLower: new Float64Array(objective.length),
    colUpper: upper.map((bound) => (bound === Number.POSITIVE_INFINITY ? highs.infinity : bound)),
    rowLower: side("<=", -highs.infinity),
    rowUpper: side(">=", highs.infinity),
    matrix: { format: "csr", numRows: rows.length, numCols: objective.length, starts, indices, values },
    ...(integer === undefined ? {} : { integrality: Int32Array.from(integer) }),
  };
}

const STATUS = { optimal: 7, infeasible: 8, unbounded: 10 } as const;

/** Every status but the clear ones is "unsolved": an infeasible floor came back as "unknown", a broken model as "empty". */
function explain(status: number): Exclude<LinearOutcome, { kind: "optimal" }> {
  if (status === STATUS.infeasible) return { kind: "infeasible" };
  if (status === STATUS.unbounded) return { kind: "unbounded" };
  const words: Record<number, string> = {
    6: "found the model empty",
    9: "could not tell whether the model is impossible or without end",
    13: "ran out of time",
    14: "ran out of steps",
    15: "ended without a verdict",
  };
  return { kind: "unsolved", reason: `HiGHS ${words[status] ?? `stopped with status ${status}`}` };
}

function readContinuous(programme: LinearProgramme, { status, x, prices }: Run): LinearOutcome {
  if (status !== STATUS.optimal) return explain(status);
  const { fault, bound } = certify(programme, x, prices);
  if (fault !== null) return { kind: "unsolved", reason: fault };
  return { kind: "optimal", value: objectiveAt(programme, x), x, prices, bound };
}

/**
 * The search settles which whole numbers; with those held, the continuous rest is solved again, so that the answer keeps
 * the rows exactly (the search allows 1e-9 of a whole number, times whatever it switches on) and rows have prices.
 */
function solveInteger(
  highs: Highs,
  programme: LinearProgramme,
  integer: Uint8Array,
  limits: LinearLimits,
): LinearOutcome {
  const found = run(highs, programme, limits);
  if (found.status !== STATUS.optimal) return explain(found.status);
  const whole = found.x.map((value, j) => (integer[j] === 1 ? Math.round(value) : value));
  if (whole.some((value, j) => Math.abs(value - found.x[j]!) > WHOLE))
    return { kind: "unsolved", reason: "the solver's answer is not in whole numbers" };
  const rest = holdIntegers(programme, integer, whole);
  const continuous = readContinuous(rest, run(highs, rest, limits));
  if (continuous.kind !== "optimal") return { kind: "unsolved", reason: "the solver's whole numbers leave no answer" };
  const x = whole.map((value, j) => (integer[j] === 1 ? value : continuous.x[j]!));
  const broken = findBrokenRow(programme, x);
  if (broken !== null) return { kind: "unsolved", reason: broken };
  const value = objectiveAt(programme, x);
  const bound = Math.max(value, found.bound);
  return bound - value <= 10 * GAP * (1 + Math.abs(value))
    ? { kind: "optimal", value, x, prices: continuous.prices, bound }
    : { kind: "unsolved", reason: `the solver's answer is ${bound - value} short of its own bound` };
}

/** The same programme with the integers held: they count for nothing any more, and what they take is off the right-hand sides. */
function holdIntegers(
  { objective, upper, rows }: LinearProgramme,
  integer: Uint8Array,
  x: Float64Array,
): LinearProgramme {
  return {
    objective: objective.map((cost, j) => (integer[j] === 1 ? 0 : cost)),
    upper: upper.map((bound, j) => (integer[j] === 1 ? 0 : bound)),
    rows: rows.map((row) => {
      const free = row.columns.flatMap((column, t) => (integer[column] === 1 ? [] : [t]));
      const taken = row.columns.reduce(
        (sum, column, t) => sum + (integer[column] === 1 ? row.coefficients[t]! * x[column]! : 0),
        0,
      );
      return {
        sense: row.sense,
        value: row.value - taken,
        columns: free.map((t) => row.columns[t]!),
        coefficients: free.map((t) => row.coefficients[t]!),
      };
    }),
  };
}
