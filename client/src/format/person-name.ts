export interface WrittenPerson {
  readonly name: string;
  readonly email: string | null;
}

/** The server writes a person down as "Name <address>", so that namesakes stay apart; a key or a command has a name alone. */
export function splitPerson(written: string): WrittenPerson {
  const [, name, email] = /^(.+) <([^<>\s]+@[^<>\s]+)>$/.exec(written) ?? [];
  return name === undefined || email === undefined ? { name: written, email: null } : { name, email };
}
