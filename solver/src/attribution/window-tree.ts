import { PairNumbers } from "./pair-numbers.ts";

/**
 * Windows of at most k touches as nodes of a tree: node 0 is the empty window, and the child of a window by a channel is
 * that window with a touch more. Each window also knows itself without its oldest touch, so that a step from a full one
 * costs one look-up instead of k.
 */
export class WindowTree {
  private readonly children = new PairNumbers();
  private readonly depths: number[] = [0];
  private readonly withoutOldest: number[] = [0];
  private readonly order: number;

  constructor(order: number) {
    this.order = order;
  }

  get size(): number {
    return this.depths.length;
  }

  isFull(window: number): boolean {
    return this.depths[window] === this.order;
  }

  /** The window after one more touch; a full one loses its oldest touch. */
  step(window: number, channel: number): number {
    return this.childOf(this.isFull(window) ? this.withoutOldest[window]! : window, channel);
  }

  /** The window without its newest touch: those that share it are where one step leads to. */
  parentOf(window: number): number {
    return this.children.firstOf(window - 1);
  }

  /** The channels of a window, each once, newest first. */
  channelsOf(window: number): Set<number> {
    const channels = new Set<number>();
    for (let node = window; node > 0; node = this.parentOf(node)) {
      channels.add(this.children.secondOf(node - 1));
    }
    return channels;
  }

  private childOf(window: number, channel: number): number {
    const child = this.children.numberOf(window, channel) + 1;
    if (child === this.depths.length) {
      this.depths.push(this.depths[window]! + 1);
      this.withoutOldest.push(0);
      this.withoutOldest[child] = window === 0 ? 0 : this.childOf(this.withoutOldest[window]!, channel);
    }
    return child;
  }
}
