import { log } from "../log.ts";
import type { Workspace } from "../workspace.ts";

/** How often it is looked whether a workspace's data has changed. */
const LOOK_EVERY_MS = 5_000;
/** Questions of a workspace that are asked again: what some pages ask of one range of days. */
const MOST_QUESTIONS = 40;
/** Nobody has looked for so long: the workspace is left alone until somebody does. */
const FORGOTTEN_AFTER_MS = 8 * 3_600_000;
/** Data that keeps arriving must not keep the machine at work: after work of so long, as much time passes ten times over. */
const REST = 10;

type Step = () => Promise<unknown>;

/** How what nobody waits for is done. */
export interface WarmUpWays {
  /** The workspaces to begin with, before anybody has asked. */
  readonly first: readonly Workspace[];
  /** What most questions of a workspace stand on. */
  readonly usual: (workspace: Workspace) => Promise<readonly Step[]>;
  /** Waits for a place that nobody else needs. */
  readonly inTurn: (step: Step) => Promise<unknown>;
}

interface Looked {
  readonly workspace: Workspace;
  /** The one asked last comes last. */
  readonly questions: Map<string, Step>;
  at: number;
  watermark: string | null;
  restUntil: number;
}

/**
 * Once a workspace's data has changed, works out what its pages usually stand on, and asks again what people have asked last, one after
 * the other and for nobody: whoever comes next does not wait. It never has more than one place among those who ask.
 */
export class WarmUp {
  readonly #looked = new Map<string, Looked>();

  remember(workspace: Workspace, question: string, ask: Step): void {
    const { questions } = this.#look(workspace);
    questions.delete(question);
    questions.set(question, ask);
    for (const oldest of questions.keys()) {
      if (questions.size <= MOST_QUESTIONS) break;
      questions.delete(oldest);
    }
  }

  #look(workspace: Workspace): Looked {
    const known = this.#looked.get(workspace.id) ?? {
      ...{ workspace, questions: new Map<string, Step>(), at: 0, watermark: null, restUntil: 0 },
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
    const look = async () => {
      for (const looked of this.#looked.values()) if (!isStopped) await warm(looked, ways, () => isStopped);
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
    };
  }
}

async function warm(looked: Looked, { usual, inTurn }: WarmUpWays, isStopped: () => boolean): Promise<void> {
  const began = Date.now();
  if (began - looked.at > FORGOTTEN_AFTER_MS || began < looked.restUntil) return;
  const watermark = await looked.workspace.watermark();
  if (looked.watermark === watermark) return;
  looked.watermark = watermark;
  for (const step of [...(await usual(looked.workspace)), ...[...looked.questions.values()].reverse()]) {
    if (isStopped()) return;
    // What cannot be answered now is told to whoever asks it.
    await inTurn(step).catch(() => undefined);
  }
  looked.restUntil = Date.now() + (Date.now() - began) * REST;
}
