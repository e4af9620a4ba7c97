/**
 * Nodes in columns and ribbons between neighbouring columns, both to one scale.
 *
 *     column 0      column 1      column 2
 *     +--+ ------>  +--+ ------>  +--+      nodes of a column stand on top of each other, `gap` apart;
 *     |  | ------>  +--+            |       a ribbon is as thick as what flows through it
 *     +--+ ------>  +--+ ------>  +--+
 *
 * Two steps: the order of the nodes, which depends on the flows alone, and their places, which depend on the room too.
 */

export interface FlowBox {
  readonly column: number;
  /** Its name; a column has one node of a name at most. */
  readonly key: string;
  readonly size: number;
  /** Nodes of a lower rank stand above those of a higher one, whatever flows where. */
  readonly rank: number;
}

export interface FlowRibbon {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

export interface FlowGraph {
  readonly nodes: readonly FlowBox[];
  readonly links: readonly FlowRibbon[];
}

/** Each round tries every swap of two; two or three rounds are enough for ten names. */
const MOST_ROUNDS = 6;

/** How much flow crosses other flow: for every two ribbons that cross, the product of their sizes. */
export function crossings({ nodes, links }: FlowGraph, columns: readonly (readonly number[])[]): number {
  const place = new Map(columns.flatMap((column) => column.map((node, index) => [node, index] as const)));
  const gaps = columns.map((_, column) => links.filter(({ from }) => nodes[from]!.column === column));
  let sum = 0;
  for (const gap of gaps) {
    for (const [index, one] of gap.entries()) {
      for (const other of gap.slice(index + 1)) {
        const left = place.get(one.from)! - place.get(other.from)!;
        const right = place.get(one.to)! - place.get(other.to)!;
        if (left * right < 0) sum += one.size * other.size;
      }
    }
  }
  return sum;
}

/**
 * The nodes of each column from top to bottom. All columns keep one order of the names, so that a channel is found at about the same
 * height everywhere: it begins with the largest on top and swaps two names for as long as that makes less flow cross.
 * Laws: never crosses more than the order by size does; two names stand in the same order in every column; ranks are kept; the same
 * graph gives the same order.
 */
export function orderFlow(graph: FlowGraph): number[][] {
  const { nodes } = graph;
  const sizes = new Map<string, number>();
  for (const { key, size } of nodes) sizes.set(key, (sizes.get(key) ?? 0) + size);
  const rankOf = new Map(nodes.map(({ key, rank }) => [key, rank]));
  const bySize = (a: string, b: string) => sizes.get(b)! - sizes.get(a)! || (a < b ? -1 : 1);
  let keys = [...sizes.keys()].sort((a, b) => rankOf.get(a)! - rankOf.get(b)! || bySize(a, b));
  let least = crossings(graph, columnsBy(graph, keys));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = least;
    for (let i = 0; i < keys.length; i++) {
      for (let j = i + 1; j < keys.length && rankOf.get(keys[i]!) === rankOf.get(keys[j]!); j++) {
        const swapped = [...keys];
        [swapped[i], swapped[j]] = [keys[j]!, keys[i]!];
        const now = crossings(graph, columnsBy(graph, swapped));
        if (now < least) [keys, least] = [swapped, now];
      }
    }
    if (least === before) break;
  }
  return columnsBy(graph, keys);
}

function columnsBy({ nodes }: FlowGraph, keys: readonly string[]): number[][] {
  const count = nodes.reduce((most, { column }) => Math.max(most, column + 1), 0);
  const place = new Map(keys.map((key, index) => [key, index]));
  const columns = Array.from({ length: count }, (): number[] => []);
  for (const [index, { column }] of nodes.entries()) columns[column]!.push(index);
  for (const column of columns) column.sort((a, b) => place.get(nodes[a]!.key)! - place.get(nodes[b]!.key)! || a - b);
  return columns;
}

export interface FlowRoom {
  readonly width: number;
  readonly height: number;
  readonly nodeWidth: number;
  readonly gap: number;
}

export interface FlowPlaces {
  readonly boxes: readonly { readonly x: number; readonly y: number; readonly height: number }[];
  /** Where a ribbon begins and ends (its middle), and how thick it is. */
  readonly ribbons: readonly { x0: number; y0: number; x1: number; y1: number; thickness: number }[];
}

/**
 * Places for a room of this size.
 * Laws: all nodes stand inside; none overlaps another; heights and thicknesses are sizes on one scale; the ribbons of a side of a
 * node do not overlap and stay on it.
 */
export function placeFlow(
  { nodes, links }: FlowGraph,
  columns: readonly (readonly number[])[],
  room: FlowRoom,
): FlowPlaces {
  const scales = columns.map((column) => {
    const sum = column.reduce((all, node) => all + nodes[node]!.size, 0);
    return sum === 0 ? Number.POSITIVE_INFINITY : (room.height - room.gap * (column.length - 1)) / sum;
  });
  const scale = Math.max(0, Math.min(...scales));
  const step = columns.length > 1 ? (room.width - room.nodeWidth) / (columns.length - 1) : 0;
  const boxes = nodes.map(() => ({ x: 0, y: 0, height: 0 }));
  for (const [index, column] of columns.entries()) {
    let y = 0;
    for (const node of column) {
      const height = nodes[node]!.size * scale;
      boxes[node] = { x: index * step, y, height };
      y += height + room.gap;
    }
  }
  const ribbons = links.map(({ from, to, size }) => ({
    ...{ x0: boxes[from]!.x + room.nodeWidth, y0: 0, x1: boxes[to]!.x, y1: 0 },
    thickness: size * scale,
  }));
  for (const node of nodes.keys()) {
    stack(node, "from", "to", "y0");
    stack(node, "to", "from", "y1");
  }
  return { boxes, ribbons };

  /** Ribbons leave and reach a node in the order of their other ends, so that they do not cross beside it. */
  function stack(node: number, end: "from" | "to", other: "from" | "to", y: "y0" | "y1"): void {
    const own = [...links.keys()].filter((link) => links[link]![end] === node);
    own.sort((a, b) => boxes[links[a]![other]]!.y - boxes[links[b]![other]]!.y || a - b);
    let top = boxes[node]!.y;
    for (const link of own) {
      const ribbon = ribbons[link]!;
      ribbon[y] = top + ribbon.thickness / 2;
      top += ribbon.thickness;
    }
  }
}
