/**
 * Tells a field's own values, which come back to it from whoever holds them, from those that somebody else has set. On a slow machine
 * the first of several typed characters comes back when the next ones stand there already: it must not rewrite them.
 */
export class OwnEcho<T> {
  #sent: T[] = [];

  send(value: T): void {
    this.#sent.push(value);
  }

  /** @returns true for a value that was sent and has not been answered by a later one; false: it is somebody else's */
  isOwn(value: T): boolean {
    const place = this.#sent.lastIndexOf(value);
    this.#sent = place < 0 ? [] : this.#sent.slice(place);
    return place >= 0;
  }
}
