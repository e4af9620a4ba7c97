import type { JourneyFlow } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import { nameStep, printShare } from "./journey-step.ts";

type Node = JourneyFlow["nodes"][number];

const largest = (nodes: readonly Node[]): Node | undefined =>
  nodes.reduce<Node | undefined>(
    (best, node) => (best === undefined || node.journeys > best.journeys ? node : best),
    undefined,
  );

const nameOf = ({ step }: Node, words: Words) => (step === null ? words.t("journeys.others") : nameStep(step, words));

/** What the flow shows first: with what journeys begin, or with what they end. */
export function writeFlowSentence(flow: JourneyFlow, words: Words): string {
  const isStep = ({ kind }: Node) => kind === "step" || kind === "others";
  const place = flow.end === "first" ? 1 : flow.steps;
  const main = largest(flow.nodes.filter((node) => node.place === place && isStep(node)));
  if (main === undefined) return words.t("chart.empty");
  const share = (part: number, whole: number) => strong(printShare(whole === 0 ? null : part / whole, words));
  const named = { channel: strong(nameOf(main, words)), share: share(main.journeys, flow.journeys) };
  return flow.end === "first" ? writeFirst(flow, main, named, share, words) : writeLast(flow, main, named, words);
}

interface Named {
  readonly channel: string;
  readonly share: string;
}

function writeFirst(
  flow: JourneyFlow,
  main: Node,
  named: Named,
  share: (part: number, whole: number) => string,
  { t }: Words,
): string {
  const dropped = flow.nodes.find(({ place, kind }) => place === 2 && kind === "dropped");
  if (dropped !== undefined)
    return t("journeys.flowFirst", { ...named, dropped: share(dropped.journeys, flow.journeys) });
  const ids = new Set(flow.nodes.filter(({ kind }) => kind === "converted").map(({ id }) => id));
  const won = flow.links.find(({ from, to }) => from === main.id && ids.has(to))?.journeys ?? 0;
  return t("journeys.flowFirstConverted", { ...named, won: share(won, main.journeys) });
}

function writeLast(flow: JourneyFlow, main: Node, named: Named, words: Words): string {
  const byId = new Map(flow.nodes.map((node) => [node.id, node]));
  const before = flow.links
    .filter(({ to }) => to === main.id)
    .sort((a, b) => b.journeys - a.journeys)
    .map(({ from }) => byId.get(from))[0];
  if (before === undefined || before.kind === "start" || before.kind === "earlier")
    return words.t("journeys.flowLastAlone", { ...named });
  return words.t("journeys.flowLast", { ...named, before: strong(nameOf(before, words)) });
}
