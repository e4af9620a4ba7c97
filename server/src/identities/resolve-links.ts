import type { IdentityLink, LinkCaps, ResolvedLinks } from "@touchline/sql";

/** Ids by number, in the order in which they were met, and the components that they are joined to. */
interface Graph {
  readonly ids: string[];
  readonly isVisitor: boolean[];
  readonly isPerson: boolean[];
  /** A component is a tree that hangs on its root; a root is its own parent. */
  readonly parent: number[];
  /** Of roots only. */
  readonly visitors: number[];
}

/** Hashes as decimal text without leading zeros: the longer one is larger. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function rootOf({ parent }: Graph, start: number): number {
  let id = start;
  while (parent[id] !== id) {
    parent[id] = parent[parent[id]!]!;
    id = parent[id]!;
  }
  return id;
}

/** One link a pair, the earliest; what names nobody, or only itself, links nothing. */
function firstLinks(links: readonly IdentityLink[]): IdentityLink[] {
  const earliest = new Map<string, IdentityLink>();
  for (const link of links) {
    if (link.visitor === "0" || link.person === "0" || link.visitor === link.person) continue;
    const pair = `${link.visitor} ${link.person}`;
    const known = earliest.get(pair);
    if (known === undefined || link.linkedAtMs < known.linkedAtMs) earliest.set(pair, link);
  }
  return [...earliest.values()];
}

function visitorsOfTheCrowd(links: readonly IdentityLink[], personsPerVisitor: number): Set<string> {
  const persons = new Map<string, number>();
  for (const { visitor } of links) persons.set(visitor, (persons.get(visitor) ?? 0) + 1);
  return new Set([...persons].filter(([, count]) => count > personsPerVisitor).map(([visitor]) => visitor));
}

function layOut(links: readonly IdentityLink[]): {
  graph: Graph;
  ends: (readonly [visitor: number, person: number])[];
} {
  const graph: Graph = { ids: [], isVisitor: [], isPerson: [], parent: [], visitors: [] };
  const numbers = new Map<string, number>();
  const numberOf = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    const number = graph.ids.push(id) - 1;
    numbers.set(id, number);
    graph.isVisitor.push(false);
    graph.isPerson.push(false);
    graph.parent.push(number);
    return number;
  };
  const ends = links.map(({ visitor, person }) => [numberOf(visitor), numberOf(person)] as const);
  for (const [visitor, person] of ends) {
    graph.isVisitor[visitor] = true;
    graph.isPerson[person] = true;
  }
  for (const isVisitor of graph.isVisitor) graph.visitors.push(isVisitor ? 1 : 0);
  return { graph, ends };
}

/** @returns how many links were refused */
function join(graph: Graph, ends: readonly (readonly [number, number])[], visitorsPerPerson: number): number {
  let refused = 0;
  for (const [visitor, person] of ends) {
    const a = rootOf(graph, visitor);
    const b = rootOf(graph, person);
    if (a === b) continue;
    const together = graph.visitors[a]! + graph.visitors[b]!;
    if (together > visitorsPerPerson) {
      refused++;
      continue;
    }
    const [low, high] = a < b ? [a, b] : [b, a];
    graph.parent[high] = low;
    graph.visitors[low] = together;
  }
  return refused;
}

/**
 * Who is who: ids that links connect are one person, however long the way. A visitor that more persons than `personsPerVisitor` have
 * used is a shared device and links nobody. The other links are taken in the order of their times, ties by their ids; one that
 * would give a person more than `visitorsPerPerson` visitors is refused. The smallest id that some link calls a person stands for it.
 * Law: the order of the links changes nothing; where no cap binds, the persons are the connected components.
 */
export function resolveLinks(links: readonly IdentityLink[], caps: LinkCaps): ResolvedLinks {
  const pairs = firstLinks(links);
  const shared = visitorsOfTheCrowd(pairs, caps.personsPerVisitor);
  const usable = pairs
    .filter(({ visitor }) => !shared.has(visitor))
    .sort((a, b) => a.linkedAtMs - b.linkedAtMs || compareIds(a.visitor, b.visitor) || compareIds(a.person, b.person));
  const { graph, ends } = layOut(usable);
  const refusedLinks = join(graph, ends, caps.visitorsPerPerson);
  return { ...namePersons(graph), sharedVisitors: shared.size, refusedLinks };
}

function namePersons(graph: Graph): Pick<ResolvedLinks, "personOf" | "visitors" | "persons"> {
  const { ids, isPerson, isVisitor } = graph;
  const members = new Uint32Array(ids.length);
  const name: (string | undefined)[] = [];
  ids.forEach((id, number) => {
    const root = rootOf(graph, number);
    members[root]!++;
    if (isPerson[number] && (name[root] === undefined || compareIds(id, name[root]) < 0)) name[root] = id;
  });
  const personOf = new Map<string, string>();
  let visitors = 0;
  ids.forEach((id, number) => {
    const root = rootOf(graph, number);
    if (members[root]! < 2) return;
    if (isVisitor[number]) visitors++;
    if (id !== name[root]) personOf.set(id, name[root]!);
  });
  return { personOf, visitors, persons: members.filter((count) => count > 1).length };
}
