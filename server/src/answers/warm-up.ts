import { log } from "../log.ts";
import type { Workspace } from "../workspace.ts";
import type { Answer } from "./kept-answers.ts";
import type { Ground } from "./standing.ts";

/** How often it is looked whether a workspace's data has changed. */
const LOOK_EVERY_MS = 5_000;
/** Questions of a workspace that are asked again: what some pages ask of one range of days. */
const MOST_QUESTIONS = 120;
/** Nobody has looked for so long: the workspace is left alone until somebody does. */
const FORGOTTEN_AFTER_MS = 8 * 3_600_000;
/** Data that keeps arriving must not keep the machine at work: after work of so long, as much time passes ten times over. */
const REST = 10;

type Step = () => Promise<unknown>;

/** A question that people have asked. */
export interface Remembered {
  readonly question: string;
  readonly standsOn: Ground;
  /** Gives its answer by another handle of the workspace, for nobody; null where somebody has it already. */
  readonly workOut: (workspace: Workspace) => Promise<Answer | null>;
}

/** How what nobody waits for is done. */
export interface WarmUpWays {
  /** The workspaces to begin with, before anybody has asked. */
  readonly first: readonly Workspace[];
  /** What most questions of a workspace stand on. */
  readonly usual: (workspace: Workspace) => Promise<readonly Step[]>;
  /** Waits for a place that nobody else needs. */
  readonly inTurn: (step: Step) => Promise<unknown>;
}

/** Where answers go, and what they stand on. */
export interface WarmUpPlace {
  readonly groundOf: (workspace: Workspace, liveUntilMs: number) => Promise<string>;
  readonly take: (question: string, answer: Answer) => void;
}

interface Looked {
  readonly workspace: Workspace;
  /** The one asked last comes last. */
  readonly questions: Map<string, Remembered>;
  at: number;
  /** What the answers that were worked out last stand on; null before the first ones. */
  ground: string | null;
  /** For what people change, and for events that keep arriving. */
  readonly restUntil: { changes: number; arrivals: number };
}

/**
 * Once a workspace's data has changed, works out what its pages usually stand on, and asks again what people have asked last, one after
 * the other and for nobody: whoever comes next does not wait. It never has more than one place among those who ask. Where it was only
 * that events kept arriving, pages stay with what they show until the next answers are all there.
 */
export class WarmUp {
  readonly #place: WarmUpPlace;
  readonly #looked = new Map<string, Looked>();

  constructor(place: WarmUpPlace) {
    this.#place = place;
  }

  remember(workspace: Workspace, asked: Remembered): void {
    const { questions } = this.#look(workspace);
    questions.delete(asked.question);
    questions.set(asked.question, asked);
    for (const oldest of questions.keys()) {
      if (questions.size <= MOST_QUESTIONS) break;
      questions.delete(oldest);
    }
  }

  #look(workspace: Workspace): Looked {
    const known = this.#looked.get(workspace.id) ?? {
      ...{ workspace, questions: new Map<string, Remembered>(), at: 0, ground: null },
      restUntil: { changes: 0, arrivals: 0 },
    };
    known.at = Date.now();
    this.#looked.set(workspace.id, known);
    return known;
  }

  /** @returns stops it, when the step under way has ended */
  begin(ways: WarmUpWays): () => Promise<void> {
    let isStopped = false;
    let underway: Promise<void> | null = null;
    for (const workspace of ways.first) this.#look(workspace);
    const round = new Round(this.#place, ways, () => isStopped);
    const look = async () => {
      for (const looked of this.#looked.values()) if (!isStopped) await round.warm(looked);
    };
    const timer = setInterval(() => {
      underway ??= look()
        .catch((error: unknown) => log.warn({ err: error }, "what pages stand on could not be worked out beforehand"))
        .finally(() => {
          underway = null;
        });
    }, LOOK_EVERY_MS);
    timer.unref();
    return async () => {
      isStopped = true;
      clearInterval(timer);
      await underway;
      for (const { workspace } of this.#looked.values()) workspace.pace.release();
    };
  }
}

class Round {
  readonly #place: WarmUpPlace;
  readonly #ways: WarmUpWays;
  readonly #isStopped: () => boolean;

  constructor(place: WarmUpPlace, ways: WarmUpWays, isStopped: () => boolean) {
    this.#place = place;
    this.#ways = ways;
    this.#isStopped = isStopped;
  }

  async warm(looked: Looked): Promise<void> {
    const { workspace, restUntil } = looked;
    const { pace } = workspace;
    const began = Date.now();
    if (began - looked.at > FORGOTTEN_AFTER_MS) return pace.release();
    pace.hold();
    const ground = await this.#place.groundOf(workspace, pace.shownUntilMs);
    if (ground !== looked.ground) {
      if (began < restUntil.changes) return;
      looked.ground = ground;
      await this.#catchUp(looked);
      restUntil.changes = restAfter(began);
    } else if (pace.lastFullMinuteMs > pace.shownUntilMs && began >= restUntil.arrivals) {
      if (await this.#goOn(looked, pace.lastFullMinuteMs)) restUntil.arrivals = restAfter(began);
    }
  }

  /** People have changed something: what they see is worked out as soon as it can be. */
  async #catchUp({ workspace, questions }: Looked): Promise<void> {
    const handle = workspace.inBackground(workspace.pace.shownUntilMs);
    await this.#do(await this.#ways.usual(handle));
    for (const { question, workOut } of newestFirst(questions)) {
      await this.#do([
        async () => {
          const answer = await workOut(handle);
          if (answer !== null) this.#place.take(question, answer);
        },
      ]);
    }
  }

  /** Only events have arrived. @returns whether there was anything to do */
  async #goOn(looked: Looked, untilMs: number): Promise<boolean> {
    const { workspace, questions } = looked;
    const { pace } = workspace;
    const ground = await this.#place.groundOf(workspace, untilMs);
    const isNew = ground !== looked.ground;
    const ready = new Map<string, Answer>();
    if (isNew) {
      pace.workAhead(untilMs);
      const handle = workspace.inBackground(untilMs);
      for (const { question, workOut, standsOn } of newestFirst(questions)) {
        // The others count what arrives one by one, whenever they are asked.
        if (standsOn === "data") continue;
        await this.#do([
          async () => {
            const answer = await workOut(handle);
            if (answer !== null) ready.set(question, answer);
          },
        ]);
      }
    }
    for (const [question, answer] of ready) this.#place.take(question, answer);
    pace.arrive(untilMs);
    looked.ground = ground;
    return isNew;
  }

  /** What cannot be answered now is told to whoever asks it. */
  async #do(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (this.#isStopped()) return;
      await this.#ways.inTurn(step).catch(() => undefined);
    }
  }
}

const restAfter = (began: number): number => Date.now() + (Date.now() - began) * REST;

const newestFirst = (questions: ReadonlyMap<string, Remembered>): Remembered[] => [...questions.values()].reverse();
