import type { Words } from "../../i18n/words.ts";
import type { FigureOrigin } from "../origin-context.ts";
import type { ExportPlace } from "./export-context.ts";

export interface ExportedThing {
  readonly title: string;
  /** What the card says above the figures, and the caption under them; empty where there is none. */
  readonly sentence: string;
  readonly caption: string;
  readonly origin: FigureOrigin | undefined;
}

export type NoteLine = readonly [name: string, text: string];

/** The second sheet: what the figures are, and how they can be found again. */
export function writeNotes(
  thing: ExportedThing,
  place: ExportPlace | null,
  at: { readonly when: Date; readonly address: string },
  { t, format }: Words,
): NoteLine[] {
  const { origin } = thing;
  const range = origin?.range ?? origin?.result?.range ?? place?.range ?? null;
  const run = origin?.run ?? origin?.result?.run ?? null;
  const model = origin?.model ?? origin?.result?.model;
  const lines: (readonly [string, string | null])[] = [
    [t("exports.note.title"), thing.title],
    [t("exports.note.says"), thing.sentence],
    [t("exports.note.caption"), thing.caption],
    [t("exports.note.workspace"), place?.workspace ?? null],
    [t("exports.note.simulated"), place?.isSimulated === true ? t("exports.note.simulatedText") : null],
    [t("exports.note.days"), range === null ? null : format.range(range.from, range.to)],
    [t("exports.note.model"), model === undefined ? null : t(`models.${model}`)],
    ...(place?.choices ?? []),
    [t("exports.note.currency"), place === null || place.currency === "" ? null : place.currency],
    [t("exports.note.run"), run],
    [t("exports.note.when"), at.when.toISOString()],
    [t("exports.note.address"), at.address],
    ...(origin?.figures ?? []).map(
      (name) =>
        [
          t(`origin.figure.${name}.name`),
          `${t(`origin.figure.${name}.what`)} ${t(`origin.figure.${name}.formula`)}`,
        ] as const,
    ),
  ];
  return lines.flatMap(([name, text]) => (text === null || text === "" ? [] : [[name, text] as const]));
}
