import type { UploadDescription } from "@touchline/server/contract";
import { formatBytes } from "../../format/format-bytes.ts";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

const DELIMITERS: Readonly<Record<string, "comma" | "semicolon" | "tab">> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
};

function Facts({ file }: { file: UploadDescription }) {
  const { t, format } = useWords();
  const named = t(`mapping.formats.${file.format}`);
  const delimiter = DELIMITERS[file.delimiter];
  const facts: [string, string][] = [
    [t("mapping.format"), file.compression === "gzip" ? t("mapping.packed", { format: named }) : named],
    ...(delimiter === undefined
      ? []
      : [[t("mapping.delimiter"), t(`mapping.delimiters.${delimiter}`)] as [string, string]]),
    ...(file.encoding === "" ? [] : [[t("mapping.encoding"), file.encoding.toUpperCase()] as [string, string]]),
    ...(file.format === "csv"
      ? [
          [t("mapping.headerLine"), t("mapping.headerAt", { line: format.count(file.linesBefore + 1) })] as [
            string,
            string,
          ],
        ]
      : []),
    [t("mapping.size"), formatBytes(file.bytes, format)],
  ];
  return (
    <dl className="file-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the file looks like, before anybody says what it means. */
export function FileCard({ file, another }: { file: UploadDescription; another(): void }) {
  const { t, format } = useWords();
  const count = format.count(file.rows ?? 0);
  const rows =
    file.rows === null
      ? t("mapping.rowsUnknown")
      : t(file.areRowsExact ? "mapping.rowsExact" : "mapping.rowsAbout", { rows: count });
  return (
    <Card
      title={t("mapping.chooseTitle")}
      sentence={t("mapping.seen", { name: strong(file.name), rows, columns: format.count(file.columns.length) })}
      actions={
        <button type="button" className="button" onClick={another}>
          {t("mapping.another")}
        </button>
      }
    >
      <Facts file={file} />
      <ScrollRegion label={t("mapping.sampleTitle")} className="table-scroll sample-scroll">
        <table className="data-table sample-table">
          <caption className="figure-caption">{t("mapping.sampleTitle")}</caption>
          <thead>
            <tr>
              {file.columns.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.sample.map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are known by their place alone
              <tr key={line}>
                {row.map((text, place) => (
                  <td key={file.columns[place]?.name}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
