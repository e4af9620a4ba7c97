import type { JourneyFigures, JourneyPaths, JourneyPositions } from "@touchline/server/contract";
import type { Words } from "../../../i18n/words.ts";
import { countCell, figureCell, moneyCell, percentCell } from "../cells.ts";
import type { Cell, ChartTable } from "../chart-model.ts";
import { POSITIONS } from "../journey-positions.ts";
import { nameStep } from "../journey-step.ts";

/** The paths that are shown, the others, and all of them. */
export function tabulatePaths({ rows, others, total }: JourneyPaths, words: Words): ChartTable {
  const { t, format } = words;
  const cells = (row: JourneyFigures, share: number | null): Cell[] => [
    ...[countCell(row.conversions, words), percentCell(share, words), moneyCell(row.revenue, words)],
    ...[countCell(row.journeys, words), countCell(row.unconverted, words), percentCell(row.conversionRate, words)],
  ];
  return {
    columns: [
      { label: t("journeys.path"), isNumeric: false },
      ...[
        ...[t("words.conversions"), t("words.share"), t("words.revenue")],
        ...[t("journeys.journeys"), t("journeys.unconverted"), t("journeys.rate")],
      ].map((label) => ({ label, isNumeric: true })),
    ],
    rows: [
      ...rows.map((row) => ({
        id: JSON.stringify([row.isCut, row.path]),
        cells: [
          `${row.isCut ? "… › " : ""}${row.path.map((step) => nameStep(step, words)).join(" › ")}`,
          ...cells(row, row.share),
        ],
      })),
      ...(others === null
        ? []
        : [
            {
              id: "others",
              cells: [t("journeys.othersPaths", { paths: format.count(others.paths) }), ...cells(others, others.share)],
            },
          ]),
    ],
    total: [t("words.total"), ...cells(total, total.conversions === 0 ? null : 1)],
  };
}

/** What each channel or campaign does: conversions, share and revenue of every role. */
export function tabulatePositions({ rows, total }: JourneyPositions, words: Words): ChartTable {
  const { t, format } = words;
  const share = (conversions: number) => (total.conversions === 0 ? null : conversions / total.conversions);
  const isByCampaign = rows.some(({ step }) => step.campaign !== undefined);
  return {
    columns: [
      { label: t(isByCampaign ? "journeys.campaign" : "words.channel"), isNumeric: false },
      ...POSITIONS.flatMap((position) =>
        [t("words.conversions"), t("words.share"), t("words.revenue")].map((what) => ({
          label: `${t(`journeys.${position}`)}, ${what}`,
          isNumeric: true,
        })),
      ),
      { label: t("journeys.ratio"), isNumeric: true },
    ],
    rows: rows.map((row) => ({
      id: JSON.stringify(row.step),
      cells: [
        nameStep(row.step, words),
        ...POSITIONS.flatMap((position) => [
          countCell(row[position].conversions, words),
          percentCell(share(row[position].conversions), words),
          moneyCell(row[position].revenue, words),
        ]),
        figureCell("ratio", row.assistRatio, (ratio) => format.count(ratio, 2)),
      ],
    })),
  };
}
