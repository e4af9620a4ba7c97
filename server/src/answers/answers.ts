import type { WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";
import { KeptAnswers } from "./kept-answers.ts";
import { type Ground, Standing } from "./standing.ts";
import { WarmUp, type WarmUpWays } from "./warm-up.ts";

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
  readonly #warmUp = new WarmUp();

  /**
   * @param work gives the answer, in the asker's turn
   * @param again gives it at any later time, for nobody
   */
  async find<T>(asked: AskedQuestion, work: () => Promise<T>, again: () => Promise<T>): Promise<T> {
    const { workspace, store, path, input, ground } = asked;
    const question = `${workspace.id} ${path} ${JSON.stringify(input) ?? ""}`;
    const mark = await this.#standing.markOf(workspace, store, ground);
    const markNow = () => this.#standing.markOf(workspace, store, ground);
    this.#warmUp.remember(workspace, question, async () => {
      await this.#kept.find(question, await markNow(), again);
    });
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
