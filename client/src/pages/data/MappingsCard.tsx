import type { FileMapping } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useRemoveMapping, useSources } from "../mapping/mapping-queries.ts";

const DATES = { "year-first": "datesYear", "day-first": "datesDay", "month-first": "datesMonth" } as const;
const NUMBERS = { point: "numbersPoint", comma: "numbersComma" } as const;

function MappingRow({ mapping, isBusy, remove }: { mapping: FileMapping; isBusy: boolean; remove(): void }) {
  const { t } = useWords();
  const { source } = mapping;
  const kind = t(`data.kinds.${mapping.kind}`);
  const read = Object.values(mapping.columns).flatMap((origin) => ("column" in origin ? [origin.column] : []));
  return (
    <tr>
      <th scope="row">{source}</th>
      <td>{kind}</td>
      <td className="mapping-columns">{read.join(", ")}</td>
      <td>
        {t(`mapping.${DATES[mapping.dates]}`)}, {t(`mapping.${NUMBERS[mapping.numbers]}`)}
      </td>
      <td className="ways-cell">
        <ConfirmButton
          right="data:import"
          question={t("mapping.kept.removeQuestion", { source })}
          sure={t("mapping.kept.remove")}
          label={t("mapping.kept.removeOf", { source, kind })}
          isBusy={isBusy}
          act={remove}
        >
          {t("mapping.kept.remove")}
        </ConfirmButton>
      </td>
    </tr>
  );
}

/** How the next file of each source is read: mappings of this workspace, and the tools that need none. */
export function MappingsCard() {
  const { t, format } = useWords();
  const sources = useSources();
  const remove = useRemoveMapping();
  const title = t("mapping.kept.title");
  if (sources.data === undefined) return null;
  const { mappings, known } = sources.data;
  return (
    <Card
      title={title}
      sentence={
        mappings.length === 0
          ? t("mapping.kept.none")
          : t("mapping.kept.sentence", {
              mappings: strong(format.count(mappings.length)),
              known: format.count(known.length),
            })
      }
    >
      <FailureLine error={remove.error} />
      {mappings.length > 0 && (
        <ScrollRegion label={title}>
          <table className="data-table">
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{t("data.source")}</th>
                <th scope="col">{t("data.kind")}</th>
                <th scope="col">{t("mapping.kept.columns")}</th>
                <th scope="col">{t("mapping.kept.style")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {mappings.map((mapping) => (
                <MappingRow
                  key={`${mapping.source} ${mapping.kind}`}
                  mapping={mapping}
                  isBusy={remove.isPending}
                  remove={() => remove.mutate({ source: mapping.source, kind: mapping.kind })}
                />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <details className="findings-fine known-tools">
        <summary>
          {t("mapping.kept.known")}
          <Icon name="chevron" />
        </summary>
        <ul className="known-list">
          {known.map(({ name, title: told, kinds }) => (
            <li key={name}>
              <span lang="en">{told}</span>
              <span className="cell-below">{kinds.map((kind) => t(`data.kinds.${kind}`)).join(", ")}</span>
            </li>
          ))}
        </ul>
      </details>
    </Card>
  );
}
