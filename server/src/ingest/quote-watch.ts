import { UserError } from "../user-error.ts";

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;

/** A value of more lines than this is an open quote that happened to meet another one. */
const LONGEST_VALUE_LINES = 100;

/** Where the next byte stands. */
const AT_START = 0;
const IN_PLAIN_VALUE = 1;
const INSIDE_QUOTES = 2;
/** A quote came inside quotes: it closes the value, or it is the first of two that stand for one. */
const BEHIND_QUOTE = 3;
/** Space came behind a closing quote. */
const BEHIND_VALUE = 4;

/**
 * Watches the quotes of a CSV file as its bytes go by. A quote that never closes makes the engine read all rows up to the next
 * quote as one value, and nobody would miss them; so the file is refused with the line of that quote.
 * Law: how the bytes are cut into chunks changes nothing. A chunk without quotes is not walked through.
 */
export class QuoteWatch {
  readonly #name: string;
  readonly #delimiter: number;
  readonly #columns: number;
  /** The line of the next byte. */
  #line: number;
  #openedOn = 0;
  /** Where the first value of this row opens that runs over several lines; 0 without one. */
  #spreadsFrom = 0;
  /** Values of this row so far. */
  #values = 1;
  #place = AT_START;

  /**
   * @param columns number of columns: a row whose values run over several lines and that has another number swallowed other rows
   * @param line the line that the first byte stands on
   */
  constructor(name: string, delimiter: string, columns: number, line: number) {
    this.#name = name;
    this.#columns = columns;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#line = line;
  }

  /** The line that the next byte stands on. */
  get line(): number {
    return this.#line;
  }

  /** @throws UserError that names the line where the quote opens which does not close */
  read(chunk: Buffer): void {
    if (this.#place < INSIDE_QUOTES && this.#spreadsFrom === 0 && !chunk.includes(QUOTE)) this.#skip(chunk);
    else this.#walk(chunk);
  }

  /** @throws UserError when the file ends inside quotes */
  end(): void {
    if (this.#place === INSIDE_QUOTES) this.#refuse(this.#openedOn);
    this.#endRow();
  }

  #endRow(): void {
    if (this.#spreadsFrom > 0 && this.#values !== this.#columns) this.#refuse(this.#spreadsFrom);
    this.#spreadsFrom = 0;
    this.#values = 1;
  }

  #walk(chunk: Buffer): void {
    const delimiter = this.#delimiter;
    let place = this.#place;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === LINE_FEED) this.#line++;
      if (place === INSIDE_QUOTES) {
        if (byte === QUOTE) place = BEHIND_QUOTE;
        else if (byte === LINE_FEED) {
          if (this.#line - this.#openedOn > LONGEST_VALUE_LINES) this.#refuse(this.#openedOn);
          if (this.#spreadsFrom === 0) this.#spreadsFrom = this.#openedOn;
        }
      } else if (byte === delimiter) {
        place = AT_START;
        this.#values++;
      } else if (byte === LINE_FEED) {
        place = AT_START;
        this.#endRow();
      } else if (byte === QUOTE && place === AT_START) {
        place = INSIDE_QUOTES;
        this.#openedOn = this.#line;
      } else if (byte === QUOTE && place === BEHIND_QUOTE) {
        place = INSIDE_QUOTES;
      } else if (byte === SPACE || byte === TAB) {
        if (place === BEHIND_QUOTE) place = BEHIND_VALUE;
      } else {
        // What goes on behind its closing quote was none. On one line that costs its own row only, which the engine refuses.
        const goesOn = place >= BEHIND_QUOTE && byte !== CARRIAGE_RETURN;
        if (goesOn && this.#line > this.#openedOn) this.#refuse(this.#openedOn);
        place = IN_PLAIN_VALUE;
      }
    }
    this.#place = place;
  }

  /** Outside quotes, without quotes: only the lines and the row that the chunk ends in count. */
  #skip(chunk: Buffer): void {
    let rowAt = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, rowAt)) {
      this.#line++;
      this.#values = 1;
      rowAt = at + 1;
    }
    for (let i = rowAt; i < chunk.length; i++) if (chunk[i] === this.#delimiter) this.#values++;
    for (let i = chunk.length - 1; i >= 0; i--) {
      const byte = chunk[i]!;
      const begins = byte === this.#delimiter || byte === LINE_FEED;
      if (!begins && (byte === SPACE || byte === TAB)) continue;
      this.#place = begins ? AT_START : IN_PLAIN_VALUE;
      return;
    }
  }

  #refuse(line: number): never {
    throw new UserError(`${this.#name}: the quote that opens on line ${line} never closes: close or remove it`);
  }
}
