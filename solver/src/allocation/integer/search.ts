import { isPossible, splitWidest, splitWorst } from "./branch.ts";
import { type Found, planNear, snapped } from "./incumbent.ts";
import { type Lattice, latticeBound, latticeOf } from "./lattice.ts";
import { boundAt, type Relaxed, relax } from "./relax.ts";
import { roundedBoxes } from "./round.ts";
import type { Box } from "./space.ts";
import type { Task } from "./task.ts";

export interface Searched {
  readonly best: Found | null;
  /** No plan is worth more */
  readonly bound: number;
  /** Whether every box was looked into; the bound is that of what is left where not */
  readonly finished: boolean;
  readonly nodes: number;
}

/** A box is not looked into for less than this, relative to the value: far below what a plan is asked to be right to. */
const GAP = 1e-10;
/** Boxes that are looked into from one round of rounding to the next. */
const ROUNDING_EVERY = 8;
/** Moves of dynamic programming that take as long as a node without any: about a millisecond. */
const MOVES_A_NODE = 500_000;
/** A bound below this in a programme without worth or cost proves that its limits cannot hold together. */
const IMPOSSIBLE = -1e-10;

interface Node extends Pick<Relaxed, "points" | "prices" | "bound"> {
  readonly boxes: readonly Box[];
}

/** The best so far, and what has been left aside. */
class Progress {
  readonly lattice: Lattice | null;

  constructor(lattice: Lattice | null) {
    this.lattice = lattice;
  }

  best: Found | null = null;
  /** Boxes in which nothing is left to split although rounding leaves a little to gain */
  aside = Number.NEGATIVE_INFINITY;

  cutoff(): number {
    return this.best === null ? Number.NEGATIVE_INFINITY : this.best.value + GAP * Math.abs(this.best.value);
  }

  offer(plan: Found | null): void {
    if (plan !== null && (this.best === null || plan.value > this.best.value)) this.best = plan;
  }
}

/**
 * Branch and bound over what is not concave: whether a channel is on, which multiple of its step it spends, which part of an
 * S-curve it stands on. A node holds a box a channel; its bound is that of the mixtures inside (see relax). The node that
 * promises most is looked into first, and after it the better of its halves, so that good plans come early.
 * @param mostNodes a count, never the clock, so that the answer is repeatable
 */
export function search(task: Task, mostNodes: number): Searched {
  const progress = new Progress(latticeOf(task));
  const open: Node[] = [rootOf(task)];
  let nodes = 0;
  // What a node takes with and without filling its row of steps, in units of a plain one
  const effort = 1 + (progress.lattice?.moves ?? 0) / MOVES_A_NODE;
  while (open.length > 0 && nodes * effort < mostNodes) {
    const node = open.pop()!;
    if (node.bound <= progress.cutoff()) {
      raiseBest(open);
      continue;
    }
    const halves = lookInto(task, node, progress, nodes % ROUNDING_EVERY === 0);
    nodes++;
    open.push(...halves);
    if (halves.length === 0) raiseBest(open);
  }
  const { best, aside } = progress;
  const left = open.reduce((most, { bound }) => Math.max(most, bound), aside);
  return {
    best,
    bound: Math.max(left, best?.value ?? Number.NEGATIVE_INFINITY),
    finished: left <= progress.cutoff(),
    nodes,
  };
}

function raiseBest(open: Node[]): void {
  let at = 0;
  for (const [i, { bound }] of open.entries()) if (bound > open[at]!.bound) at = i;
  open.push(...open.splice(at, 1));
}

function rootOf({ programme, spaces }: Task): Node {
  const none = (limits: readonly unknown[]) => new Float64Array(limits.length);
  return {
    boxes: spaces.map(({ whole }) => whole),
    bound: Number.POSITIVE_INFINITY,
    points: spaces.map(() => []),
    prices: { rows: none(programme.rows), returns: none(programme.returns), stocks: none(programme.stocks) },
  };
}

/** Offers the plans that a node leads to and returns its halves, the better one last; none where nothing is left in it. */
function lookInto(task: Task, node: Node, progress: Progress, rounds: boolean): Node[] {
  if (!isPossible(node.boxes)) return [];
  const rough = relax(task, node.boxes, node, progress.cutoff());
  const roughBound = offerPlans(task, node.boxes, rough, progress, rounds);
  if (roughBound <= progress.cutoff()) return [];
  if (progress.best === null && isHopeless(task, node)) return [];
  const worst = splitWorst(task, node.boxes, rough);
  if (worst !== null) return halvesOf(task, worst, rough, roughBound, progress);

  // Nothing is lost by the mixture as it is: with every digit of it, either it is the answer or it shows where to split
  const full = relax(task, node.boxes, rough, progress.cutoff(), "fully");
  const bound = Math.min(roughBound, offerPlans(task, node.boxes, full, progress, false));
  if (bound <= progress.cutoff()) return [];
  const split = splitWorst(task, node.boxes, full) ?? splitWidest(task, node.boxes);
  if (split !== null) return halvesOf(task, split, full, bound, progress);
  progress.aside = Math.max(progress.aside, bound);
  return [];
}

function halvesOf(
  task: Task,
  halves: readonly (readonly Box[])[],
  { points, prices }: Relaxed,
  bound: number,
  progress: Progress,
): Node[] {
  return halves
    .map((boxes): Node => ({ boxes, points, prices, bound: Math.min(bound, boundAt(task, boxes, prices).bound) }))
    .filter((half) => half.bound > progress.cutoff())
    .sort((a, b) => a.bound - b.bound);
}

/** Offers the plans that a relaxation leads to; returns what is proved about the boxes by now. */
function offerPlans(task: Task, boxes: readonly Box[], relaxed: Relaxed, progress: Progress, rounds: boolean): number {
  if (relaxed.bound <= progress.cutoff()) return relaxed.bound;
  const near = offerNear(task, boxes, relaxed, progress);
  const bound = Math.min(relaxed.bound, near, offerLattice(task, boxes, relaxed, progress));
  if (bound > progress.cutoff() && (rounds || progress.best === null)) offerRounded(task, boxes, relaxed, progress);
  return bound;
}

/** Plans next to the mixture where that is allowed; returns what their prices prove about the boxes. */
function offerNear(task: Task, boxes: readonly Box[], { spend, prices }: Relaxed, progress: Progress): number {
  const allowed = snapped(task, boxes, spend);
  if (allowed === null) return Number.POSITIVE_INFINITY;
  const plan = planNear(task, boxes, allowed, prices);
  progress.offer(plan);
  return plan === null ? Number.POSITIVE_INFINITY : boundAt(task, boxes, plan.prices).bound;
}

/** The plan that fills the widest row of steps exactly, where that is one; returns what it proves about the boxes. */
function offerLattice(task: Task, boxes: readonly Box[], { prices }: Relaxed, progress: Progress): number {
  if (progress.lattice === null) return Number.POSITIVE_INFINITY;
  const { bound, spend } = latticeBound(task, boxes, prices, progress.lattice);
  if (bound > progress.cutoff()) progress.offer(planNear(task, boxes, spend, prices));
  return bound;
}

function offerRounded(task: Task, boxes: readonly Box[], relaxed: Relaxed, progress: Progress): void {
  for (const rounded of roundedBoxes(task, boxes, relaxed)) {
    const inside = relax(task, rounded, relaxed, progress.cutoff());
    if (inside.bound > progress.cutoff()) offerNear(task, rounded, inside, progress);
  }
}

/** Whether the limits are proved not to hold together inside the boxes. */
function isHopeless(task: Task, { boxes, points, prices }: Node): boolean {
  const nothing = new Float64Array(task.spaces.length);
  const idle: Task = { ...task, programme: { ...task.programme, worth: nothing, cost: nothing } };
  return relax(idle, boxes, { points, prices }, IMPOSSIBLE).bound <= IMPOSSIBLE;
}
