import type { BreakdownInput } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import type { HueSlot } from "../../charts/channel-colours.ts";
import { keyOfRow, prepareBreakdown } from "../../charts/prepare/breakdown-table.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { BreakdownTableRow } from "./BreakdownLines.tsx";
import { useBreakdown } from "./performance-queries.ts";
import type { TableChoices } from "./table-choices.ts";

interface Props {
  asked: BreakdownInput;
  choices: TableChoices;
  hue: HueSlot | undefined;
  depth: number;
}

const WIDTH_BESIDE = 2;

/** What is inside a row, asked for when it is opened: campaigns of a channel, creatives of a campaign. */
export function InnerRows({ asked, choices, hue, depth }: Props) {
  const words = useWords();
  const { t } = words;
  const query = useBreakdown(asked);
  const { columns, model, marginals, sort, isUp, openRows, toggle, explain } = choices;
  if (query.data === undefined || query.isPlaceholderData) {
    return (
      <tr className={`depth-${depth}`}>
        <td colSpan={columns.length + WIDTH_BESIDE}>
          {query.isError ? (
            <FailureLine error={query.error} />
          ) : (
            <span className="skeleton skeleton-line">
              <span className="visually-hidden">{t("state.loading")}</span>
            </span>
          )}
        </td>
      </tr>
    );
  }
  const { lines } = prepareBreakdown(query.data, { columns, model, marginals, sort, isUp, by: asked.by }, words);
  return lines.map((line) => {
    const { row } = line;
    const key = row === null ? line.key : keyOfRow(row);
    const isCampaign = asked.by === "campaign" && row !== null;
    const isOpen = isCampaign ? openRows.has(key) : null;
    return [
      <BreakdownTableRow
        key={key}
        line={line}
        hue={hue}
        depth={depth}
        isOpen={isOpen}
        toggle={() => toggle(key)}
        explain={isCampaign ? () => explain(row.channel, row.campaign) : undefined}
      />,
      isOpen === true && row !== null ? (
        <InnerRows
          key={`${key} inside`}
          asked={{ ...asked, by: "creative", within: { channel: row.channel, campaign: row.campaign } }}
          choices={choices}
          hue={hue}
          depth={depth + 1}
        />
      ) : null,
    ];
  });
}
