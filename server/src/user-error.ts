/**
 * Something that the person at the keyboard can put right: `message` is one clear sentence and is shown as it is.
 * Exit code 2 is for a command that was written wrongly, 1 for everything that went wrong while it ran.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly exitCode: 1 | 2;

  constructor(message: string, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.exitCode ?? 1;
  }
}
