/** Where a command reads from and writes to: a terminal, or the socket of a command that was handed over. */
export interface CommandIo {
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** True when a person watches stderr: progress is drawn for them only. */
  readonly isWatched: boolean;
  readonly columns: number;
  /** Names to show for files that stand in for something else, standard input for one. */
  readonly fileNames: Readonly<Record<string, string>>;
  /** True once nobody is there any more for whom a command works that was handed over. */
  readonly isGone?: () => boolean;
  /** Where people reach the server that does the command; undefined where none does. */
  readonly publicUrl?: string;
  /** The time that commands about the calendar go by; absent: the clock. */
  readonly now?: () => Date;
}

const FULL = "\u2588";
const EMPTY = "\u2591";
const BAR_WIDTH = 24;

/** A line on stderr that is drawn over and over, and gone when the work is done. Silent where nobody watches. */
export class ProgressLine {
  readonly #io: CommandIo;
  #isDrawn = false;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  show(label: string, share: number | null, detail: string): void {
    if (!this.#io.isWatched) return;
    const filled = share === null ? 0 : Math.round(share * BAR_WIDTH);
    const bar =
      share === null
        ? ""
        : `${FULL.repeat(filled)}${EMPTY.repeat(BAR_WIDTH - filled)} ${String(Math.round(share * 100)).padStart(3)} %  `;
    const line = `${label}  ${bar}${detail}`.slice(0, Math.max(20, this.#io.columns - 1));
    this.#io.stderr(`\r\u001b[2K${line}`);
    this.#isDrawn = true;
  }

  clear(): void {
    if (this.#isDrawn) this.#io.stderr("\r\u001b[2K");
    this.#isDrawn = false;
  }
}

const FIGURE = /^[-+\d.,% ]*$/;

/** Columns as wide as they need: figures right aligned, words left. The first holds names, whatever they look like. */
export function drawTable(head: readonly string[], given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(printable));
  const isWords = head.map((_, i) => i === 0 || rows.some((row) => !FIGURE.test(row[i]!)));
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (isWords[i] ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join("  ")
      .trimEnd();
  return `${[line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n")}\n`;
}

/** A name from a file could otherwise break the table, or command the terminal that shows it. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "");
}

/** `1 row`, `2,000 rows`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Numbers for people: grouped, with a fixed number of decimals. */
export function grouped(value: number | string, decimals = 0): string {
  return Number(value).toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
