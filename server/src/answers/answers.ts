import type { WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";
import { answerOf, KeptAnswers } from "./kept-answers.ts";
import { Renewals } from "./renewals.ts";
import { type Ground, Standing } from "./standing.ts";
import { type Remembered, WarmUp, type WarmUpWays } from "./warm-up.ts";

/** What is asked, by whomever: nothing of a person is in it. */
export interface AskedQuestion {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
  readonly path: string;
  /** As it came. */
  readonly input: unknown;
  readonly ground: Ground;
}

/** The answers that everybody of a workspace gets alike: worked out once, until what they stand on has changed. */
export class Answers {
  readonly #kept = new KeptAnswers();
  readonly #standing = new Standing();
  readonly #renewals = new Renewals();
  readonly #warmUp = new WarmUp({
    groundOf: (workspace, liveUntilMs) => this.#standing.groundOfResults(workspace, liveUntilMs),
    take: (question, answer) => this.#kept.take(question, answer),
  });

  /**
   * @param work gives the answer, in the asker's turn
   * @param again gives it at any later time, for nobody, by another handle of the same workspace
   */
  async find<T>(asked: AskedQuestion, work: () => Promise<T>, again: (workspace: Workspace) => Promise<T>): Promise<T> {
    const { workspace, store, path, input, ground } = asked;
    const { pace } = workspace;
    const question = `${workspace.id} ${path} ${JSON.stringify(input) ?? ""}`;
    const markUntil = (untilMs: number) => this.#standing.markOf(workspace, store, ground, untilMs);
    const workOut: Remembered["workOut"] = async (handle) => {
      const mark = await markUntil(handle.liveUntilMs);
      if (this.#kept.has(question, mark)) return null;
      const began = performance.now();
      return answerOf(mark, await again(handle), began);
    };
    this.#warmUp.remember(workspace, { question, standsOn: ground, workOut });
    const renew = () =>
      this.#renewals.ask(question, async () => {
        const answer = await workOut(workspace.inBackground(pace.workedUntilMs));
        if (answer !== null) this.#kept.take(question, answer);
      });
    const { shownUntilMs, workedUntilMs } = pace;
    const shownMark = await markUntil(shownUntilMs);
    const shown = this.#kept.shown(question, shownMark, renew);
    if (shown !== null) return shown.value as T;
    const mark = workedUntilMs === shownUntilMs ? shownMark : await markUntil(workedUntilMs);
    return this.#kept.find(question, mark, work);
  }

  /** Something was changed that the warehouse knows nothing of, or by a command: what was believed a moment ago is asked anew. */
  forget(): void {
    this.#standing.forget();
  }

  /** Works out beforehand what people will ask, whenever a workspace's data has changed. @returns stops it */
  keepWarm(ways: WarmUpWays): () => Promise<void> {
    return this.#warmUp.begin(ways);
  }
}
