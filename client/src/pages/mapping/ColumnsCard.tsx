import { ImportKindName, type UploadDescription } from "@touchline/server/contract";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { SelectField } from "../experiments/fields.tsx";
import { type Draft, missingColumns, withKind, withOrigin } from "./draft.ts";
import { FieldRow } from "./FieldRow.tsx";
import { ReadingFields } from "./ReadingFields.tsx";

interface Props {
  file: UploadDescription;
  draft: Draft;
  change(draft: Draft): void;
}

/** Every column of ours with its place in the file: required ones first. */
export function ColumnsCard({ file, draft, change }: Props) {
  const { t, format } = useWords();
  const { kind } = draft.mapping;
  const layout = file.targets[kind] ?? [];
  const required = layout.filter((target) => target.required);
  const missing = missingColumns(draft, file).length;
  const inOrder = [...required, ...layout.filter((target) => !target.required)];
  const found = strong(format.count(required.length - missing));
  return (
    <Card
      title={t("mapping.columnsTitle")}
      sentence={
        missing === 0
          ? t("mapping.columnsReady")
          : t("mapping.columnsSentence", { found, required: format.count(required.length) })
      }
      actions={
        <SelectField
          label={t("mapping.kind")}
          value={kind}
          onChange={(value) => change(withKind(draft, ImportKindName.parse(value), file))}
        >
          {ImportKindName.options.map((each) => (
            <option key={each} value={each}>
              {t(`data.kinds.${each}`)}
            </option>
          ))}
        </SelectField>
      }
    >
      <ScrollRegion label={t("mapping.columnsTitle")}>
        <table className="data-table fields-table">
          <caption className="visually-hidden">{t("mapping.columnsTitle")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("mapping.field")}</th>
              <th scope="col">{t("mapping.from")}</th>
              <th scope="col">{t("mapping.examples")}</th>
            </tr>
          </thead>
          <tbody>
            {inOrder.map((target) => (
              <FieldRow
                key={target.name}
                target={target}
                columns={file.columns}
                origin={draft.mapping.columns[target.name]}
                change={(origin) => change(withOrigin(draft, target.name, origin))}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <ReadingFields mapping={draft.mapping} change={(mapping) => change({ ...draft, mapping })} />
    </Card>
  );
}
