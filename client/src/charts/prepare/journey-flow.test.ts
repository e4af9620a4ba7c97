import type { JourneyFlow } from "@touchline/server/contract";
import { randomLcg } from "d3";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { textOfCell } from "./chart-model.ts";
import { prepareJourneyFlow } from "./journey-flow.ts";
import { crossings, type FlowGraph, orderFlow, placeFlow } from "./journey-flow-layout.ts";

const words = wordsIn("en");

/** A flow between two to four columns of up to five names; nodes are as large as what passes them. */
function randomGraph(seed: number): FlowGraph {
  const random = randomLcg(seed / 1000);
  const columns = 2 + Math.floor(random() * 3);
  const names = 1 + Math.floor(random() * 5);
  const links = Array.from({ length: (columns - 1) * names * names }, (_, index) => {
    const [column, rest] = [Math.floor(index / names ** 2), index % names ** 2];
    const from = column * names + Math.floor(rest / names);
    return { from, to: (column + 1) * names + (rest % names), size: Math.floor(random() * 40) };
  }).filter(({ size }) => size > 0);
  const sum = (end: "from" | "to", node: number) =>
    links.reduce((all, link) => all + (link[end] === node ? link.size : 0), 0);
  const nodes = Array.from({ length: columns * names }, (_, node) => ({
    column: Math.floor(node / names),
    key: `name ${node % names}`,
    size: Math.max(sum("from", node), sum("to", node)),
    rank: node % names === 0 ? 1 : 0,
  }));
  return { nodes, links };
}

const GRAPHS = Array.from({ length: 120 }, (_, seed) => randomGraph(seed + 1));

const bySize = ({ nodes }: FlowGraph): number[][] => {
  const totals = new Map<string, number>();
  for (const { key, size } of nodes) totals.set(key, (totals.get(key) ?? 0) + size);
  const order = [...nodes.keys()].sort((a, b) => {
    const [one, other] = [nodes[a]!, nodes[b]!];
    return one.rank - other.rank || totals.get(other.key)! - totals.get(one.key)! || (one.key < other.key ? -1 : 1);
  });
  const count = Math.max(...nodes.map(({ column }) => column)) + 1;
  return Array.from({ length: count }, (_, column) => order.filter((node) => nodes[node]!.column === column));
};

describe("the order of a flow's nodes", () => {
  it("crosses no more than the order by size, keeps ranks, and one order of the names", () => {
    let better = 0;
    for (const graph of GRAPHS) {
      const columns = orderFlow(graph);
      const now = crossings(graph, columns);
      const before = crossings(graph, bySize(graph));
      expect(now).toBeLessThanOrEqual(before);
      if (now < before) better++;
      expect(columns.flat().sort((a, b) => a - b)).toEqual([...graph.nodes.keys()]);
      const names = columns.map((column) => column.map((node) => graph.nodes[node]!.key));
      for (const column of names) expect(column).toEqual(names[0]);
      for (const column of columns) {
        const ranks = column.map((node) => graph.nodes[node]!.rank);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }
    }
    expect(better).toBeGreaterThan(20);
  });

  it("uncrosses what can be uncrossed", () => {
    const node = (column: number, key: string, size: number) => ({ column, key, size, rank: 0 });
    const graph: FlowGraph = {
      nodes: [node(0, "a", 5), node(0, "b", 4), node(1, "c", 5), node(1, "d", 4)],
      links: [
        { from: 0, to: 3, size: 4 },
        { from: 1, to: 2, size: 4 },
      ],
    };
    expect(
      crossings(graph, [
        [0, 1],
        [2, 3],
      ]),
    ).toBe(16);
    expect(crossings(graph, orderFlow(graph))).toBe(0);
  });
});

describe("the places of a flow", () => {
  it("are inside the room, to scale, and nothing overlaps", () => {
    const room = { width: 600, height: 300, nodeWidth: 10, gap: 6 };
    for (const graph of GRAPHS) {
      const columns = orderFlow(graph);
      const { boxes, ribbons } = placeFlow(graph, columns, room);
      const total = graph.nodes.reduce((sum, { size }) => sum + size, 0);
      if (total === 0) continue;
      const scale = boxes.reduce((sum, { height }) => sum + height, 0) / total;
      for (const column of columns) {
        let bottom = 0;
        for (const node of column) {
          const box = boxes[node]!;
          expect(box.y).toBeGreaterThanOrEqual(bottom - 1e-9);
          expect(box.height).toBeCloseTo(graph.nodes[node]!.size * scale, 6);
          bottom = box.y + box.height;
        }
        expect(bottom).toBeLessThanOrEqual(room.height + 1e-9);
      }
      for (const end of ["from", "to"] as const) {
        const y = end === "from" ? "y0" : "y1";
        for (const [node, box] of boxes.entries()) {
          let bottom = box.y;
          const own = [...ribbons.keys()].filter((link) => graph.links[link]![end] === node);
          for (const link of own.sort((a, b) => ribbons[a]![y] - ribbons[b]![y])) {
            const { thickness } = ribbons[link]!;
            expect(thickness).toBeCloseTo(graph.links[link]!.size * scale, 6);
            expect(ribbons[link]![y] - thickness / 2).toBeGreaterThanOrEqual(bottom - 1e-6);
            bottom = ribbons[link]![y] + thickness / 2;
          }
          expect(bottom).toBeLessThanOrEqual(box.y + box.height + 1e-6);
        }
      }
    }
  });
});

const step = (place: number, channel: string, journeys: number) => ({
  ...{ id: `${place} ${channel}`, place, kind: "step" as const, step: { channel }, journeys },
});
const link = (from: string, to: string, journeys: number) => ({ from, to, journeys, conversions: 0, revenue: "0" });

const FIRST: JourneyFlow = {
  end: "first",
  ...{ currency: "EUR", journeys: 100, converted: 20, steps: 2 },
  nodes: [
    { id: "start", place: 0, kind: "start", step: null, journeys: 100 },
    step(1, "Display", 60),
    step(1, "Search", 40),
    { id: "out", place: 2, kind: "dropped", step: null, journeys: 70 },
    { id: "won", place: 2, kind: "converted", step: null, journeys: 12 },
    step(2, "Search", 18),
    { id: "won3", place: 3, kind: "converted", step: null, journeys: 8 },
    { id: "out3", place: 3, kind: "droppedLater", step: null, journeys: 10 },
  ],
  links: [
    link("start", "1 Display", 60),
    link("start", "1 Search", 40),
    link("1 Display", "out", 42),
    link("1 Search", "out", 28),
    link("1 Search", "won", 12),
    link("1 Display", "2 Search", 18),
    link("2 Search", "won3", 8),
    link("2 Search", "out3", 10),
  ],
};

const LAST: JourneyFlow = {
  end: "last",
  ...{ currency: "EUR", journeys: 20, converted: 20, steps: 2 },
  nodes: [
    { id: "earlier", place: 0, kind: "earlier", step: null, journeys: 5 },
    step(1, "Display", 5),
    { id: "start", place: 1, kind: "start", step: null, journeys: 15 },
    step(2, "Search", 20),
    { id: "won", place: 3, kind: "converted", step: null, journeys: 20 },
  ],
  links: [
    link("earlier", "1 Display", 5),
    link("1 Display", "2 Search", 5),
    link("start", "2 Search", 15),
    link("2 Search", "won", 20),
  ],
};

describe("the picture of a flow", () => {
  it("says first what journeys begin with and how many end there", () => {
    const chart = prepareJourneyFlow(FIRST, new Map([["Display", 3]]), words);
    expect(plainText(chart.sentence)).toBe(
      "60.0% of journeys begin with Display; 70.0% of all journeys end after their first step without a conversion.",
    );
    expect(chart.heads).toEqual(["Step 1", "Step 2", "End"]);
    expect(chart.nodes.find(({ label }) => label === "Display")).toMatchObject({
      hue: 3,
      tone: "step",
      share: "60.0%",
    });
  });

  it("draws every node but the starts, conversions on top and those without one at the bottom", () => {
    const chart = prepareJourneyFlow(FIRST, new Map(), words);
    expect(chart.nodes).toHaveLength(FIRST.nodes.length - 1);
    expect(chart.links).toHaveLength(FIRST.links.length - 2);
    expect(chart.columns[1]!.map((node) => chart.nodes[node]!.label)).toEqual([
      ...["Conversion", "Search", "No conversion"],
    ]);
    expect(chart.table.rows).toHaveLength(FIRST.links.length);
    expect(chart.table.rows[0]!.cells.slice(0, 4).map(textOfCell)).toEqual(["Start", "Display", "Step 1", "60"]);
  });

  it("reads a node out with where it goes, the largest way first", () => {
    const chart = prepareJourneyFlow(FIRST, new Map(), words);
    const { title, lines } = chart.readout(chart.nodes.findIndex(({ label }) => label === "Display"));
    expect(title).toBe("Display, Step 1");
    expect(lines.map(({ label, value }) => `${label} ${value}`)).toEqual([
      ...["Journeys 60 (60.0%)", "→ No conversion 42 (42.0%)", "→ Search 18 (18.0%)"],
    ]);
  });

  it("tells the last steps from the conversion back, and what begins in the middle", () => {
    const chart = prepareJourneyFlow(LAST, new Map(), words);
    expect(chart.heads).toEqual(["1 before", "Last step", "End"]);
    expect(plainText(chart.sentence)).toBe(
      "Search is the last step of 100.0% of journeys that convert, most often on its own.",
    );
    const search = chart.readout(chart.nodes.findIndex(({ label }) => label === "Search"));
    expect(search.lines[1]).toMatchObject({ label: "begins here", value: "15 (75.0%)" });
    const french = prepareJourneyFlow(LAST, new Map(), wordsIn("fr"));
    expect(plainSpaces(plainText(french.sentence))).toContain(
      "est la dernière étape de 100,0 % des parcours convertis",
    );
  });

  it("is empty without journeys", () => {
    const empty = { ...FIRST, journeys: 0, nodes: [], links: [] };
    expect(prepareJourneyFlow(empty, new Map(), words)).toMatchObject({ links: [], columns: [] });
  });
});
