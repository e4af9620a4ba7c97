/** An independent account of who is who, written for clarity: what is published has to agree with it. */

export interface LinkEvent {
  /** No two links may have the same: ties are decided by hashes, which nobody here knows. */
  readonly at: number;
  readonly visitor: string;
  readonly person: string;
}

/**
 * Every id wears a label; a link that is taken repaints one label to the other.
 * @returns what tells the label of an id
 */
export function referencePersons(
  links: readonly LinkEvent[],
  { personsPerVisitor, visitorsPerPerson }: { personsPerVisitor: number; visitorsPerPerson: number },
): (id: string) => string {
  const isShared = (visitor: string) =>
    new Set(links.filter((link) => link.visitor === visitor).map(({ person }) => person)).size > personsPerVisitor;
  const usable = links.filter(({ visitor }) => !isShared(visitor)).sort((a, b) => a.at - b.at);
  const visitors = new Set(usable.map(({ visitor }) => visitor));
  const labels = new Map(usable.flatMap(({ visitor, person }) => [visitor, person]).map((id) => [id, id]));
  const wearers = (label: string) => [...labels].filter(([, worn]) => worn === label).map(([id]) => id);
  for (const { visitor, person } of usable) {
    const [from, to] = [labels.get(visitor)!, labels.get(person)!];
    if (from === to) continue;
    const together = [...wearers(from), ...wearers(to)].filter((id) => visitors.has(id)).length;
    if (together <= visitorsPerPerson) for (const id of wearers(from)) labels.set(id, to);
  }
  return (id) => labels.get(id) ?? id;
}
