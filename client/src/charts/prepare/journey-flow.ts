import type { FlowNodeKind, JourneyFlow } from "@touchline/server/contract";
import { plainText, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { countCell, moneyCell } from "./cells.ts";
import type { ChartModel, Readout } from "./chart-model.ts";
import { type FlowBox, type FlowRibbon, orderFlow } from "./journey-flow-layout.ts";
import { writeFlowSentence } from "./journey-flow-sentence.ts";
import { nameStep, printShare } from "./journey-step.ts";

/** What a node is drawn as: in its channel's colour, or in that of its part. */
export type FlowTone = "step" | "others" | "converted" | "dropped";

export interface FlowNode extends FlowBox {
  readonly id: string;
  readonly label: string;
  readonly tone: FlowTone;
  readonly hue: HueSlot | undefined;
  readonly share: string;
}

export interface FlowChart extends ChartModel {
  readonly sentence: string;
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowRibbon[];
  /** The nodes of each column from top to bottom, and the heads of the columns. */
  readonly columns: readonly (readonly number[])[];
  readonly heads: readonly string[];
  readout(index: number): Readout;
}

type Node = JourneyFlow["nodes"][number];

/** Conversions on top, those without one at the bottom: the same on every picture. */
const DRAWN: Readonly<Record<FlowNodeKind, { tone: FlowTone; rank: number } | null>> = {
  start: null,
  earlier: null,
  converted: { tone: "converted", rank: 0 },
  convertedLater: { tone: "converted", rank: 1 },
  step: { tone: "step", rank: 2 },
  others: { tone: "others", rank: 3 },
  dropped: { tone: "dropped", rank: 4 },
  droppedLater: { tone: "dropped", rank: 5 },
};

const MOST_WAYS = 5;

export function nameFlowNode({ kind, step }: Node, words: Words): string {
  if (step !== null) return nameStep(step, words);
  return kind === "step" ? "" : words.t(`journeys.${kind}`);
}

function nameColumn(place: number, { steps, end }: JourneyFlow, { t, format }: Words): string {
  if (place > steps) return t("journeys.flowPlaceEnd");
  if (end === "first") return t("journeys.flowPlace", { place: format.count(place) });
  if (place === steps) return t("journeys.flowPlaceLast");
  return t("journeys.flowPlaceBefore", { places: format.count(steps - place) });
}

/**
 * The flow as columns of nodes. Where journeys come from is not drawn: what nothing flows into begins there.
 * Law: every node but the starts is drawn, and as high as the journeys that pass it.
 */
export function prepareJourneyFlow(flow: JourneyFlow, hues: ReadonlyMap<string, HueSlot>, words: Words): FlowChart {
  const { t, format } = words;
  const shown = flow.nodes.filter(({ kind }) => DRAWN[kind] !== null);
  const places = [...new Set(shown.map(({ place }) => place))].sort((a, b) => a - b);
  const share = (journeys: number) => printShare(flow.journeys === 0 ? null : journeys / flow.journeys, words);
  const nodes = shown.map((node): FlowNode => {
    const { tone, rank } = DRAWN[node.kind] ?? { tone: "others", rank: 3 };
    return {
      ...{ id: node.id, label: nameFlowNode(node, words), tone, rank },
      key: JSON.stringify([node.kind, node.step]),
      ...{ column: places.indexOf(node.place), size: node.journeys, share: share(node.journeys) },
      hue: node.step === null ? undefined : hues.get(node.step.channel),
    };
  });
  const indexOf = new Map(nodes.map(({ id }, index) => [id, index]));
  const links = flow.links.flatMap(({ from, to, journeys }) => {
    const [a, b] = [indexOf.get(from), indexOf.get(to)];
    return a === undefined || b === undefined ? [] : [{ from: a, to: b, size: journeys }];
  });
  const columns = orderFlow({ nodes, links });
  const heads = places.map((place) => nameColumn(place, flow, words));
  const sentence = writeFlowSentence(flow, words);
  return {
    ...{ sentence, label: plainText(sentence), nodes, links, columns, heads },
    caption: t(flow.end === "first" ? "journeys.flowCaption" : "journeys.flowCaptionLast", {
      steps: format.count(flow.steps),
      journeys: format.count(flow.journeys),
    }),
    readout: (index) => readNode(index, { nodes, links, heads }, share, words),
    table: tabulate(flow, heads, places, words),
  };
}

/** What comes to a node and where it goes, the largest ways first. */
function readNode(
  index: number,
  { nodes, links, heads }: Pick<FlowChart, "nodes" | "links" | "heads">,
  share: (journeys: number) => string,
  { t, format }: Words,
): Readout {
  const node = nodes[index];
  if (node === undefined) return { title: "", lines: [] };
  const ways = links.filter(({ from }) => from === index).sort((a, b) => b.size - a.size);
  const into = links.reduce((sum, { to, size }) => sum + (to === index ? size : 0), 0);
  const begun = node.size - into;
  const print = (journeys: number) => `${format.count(journeys)} (${share(journeys)})`;
  return {
    title: t("journeys.nodeLabel", { name: node.label, place: heads[node.column] ?? "" }),
    lines: [
      { label: t("journeys.journeys"), value: print(node.size), hue: node.tone === "step" ? node.hue : undefined },
      ...(begun > 0 && node.column > 0 ? [{ label: t("journeys.begins"), value: print(begun) }] : []),
      ...ways.slice(0, MOST_WAYS).map(({ to, size }) => ({
        label: t("journeys.into", { name: nodes[to]?.label ?? "" }),
        value: print(size),
      })),
    ],
  };
}

function tabulate(flow: JourneyFlow, heads: readonly string[], places: readonly number[], words: Words) {
  const { t } = words;
  const byId = new Map(flow.nodes.map((node) => [node.id, node]));
  const name = (id: string) => {
    const node = byId.get(id);
    return node === undefined ? "" : nameFlowNode(node, words);
  };
  const headOf = (id: string) => heads[places.indexOf(byId.get(id)?.place ?? 0)] ?? "";
  return {
    columns: [
      ...(["journeys.from", "journeys.to", "journeys.atStep"] as const).map((key) => ({
        label: t(key),
        isNumeric: false,
      })),
      ...(["journeys.journeys", "words.conversions", "words.revenue"] as const).map((key) => ({
        label: t(key),
        isNumeric: true,
      })),
    ],
    rows: flow.links.map(({ from, to, journeys, conversions, revenue }) => ({
      id: `${from} ${to}`,
      cells: [
        ...[name(from), name(to), headOf(to)],
        ...[countCell(journeys, words), countCell(conversions, words), moneyCell(revenue, words)],
      ],
    })),
  };
}
