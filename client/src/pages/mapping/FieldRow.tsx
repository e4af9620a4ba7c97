import type { FieldOrigin, UploadDescription } from "@touchline/server/contract";
import { findText } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ReplacedTexts } from "./ReplacedTexts.tsx";

type Target = UploadDescription["targets"][keyof UploadDescription["targets"]][number];

interface Props {
  target: Target;
  columns: UploadDescription["columns"];
  origin: FieldOrigin | undefined;
  change(origin: FieldOrigin | null): void;
}

const RULE_PARTS = ["source", "medium", "campaign", "referrer"] as const;

/** A choice as the list of choices names it: a file's column may be called like anything. */
const placeOf = (origin: FieldOrigin | undefined): string => {
  if (origin === undefined) return "absent";
  if ("column" in origin) return `column:${origin.column}`;
  return "text" in origin ? "fixed" : "rules";
};

function originAt(place: string): FieldOrigin | null {
  if (place.startsWith("column:")) return { column: place.slice("column:".length) };
  if (place === "fixed") return { text: "" };
  return place === "rules" ? { rules: {} } : null;
}

/** One column of ours: where it stands in the file, and some of what stands there. */
export function FieldRow({ target, columns, origin, change }: Props) {
  const { t } = useWords();
  const field = findText(t, `mapping.column.${target.name}`) ?? target.name;
  const source =
    origin !== undefined && "column" in origin ? columns.find(({ name }) => name === origin.column) : undefined;
  return (
    <tr>
      <th scope="row">
        {field}
        {target.required && <span className="field-required">{t("mapping.required")}</span>}
      </th>
      <td>
        <select
          className="field-select"
          aria-label={field}
          aria-invalid={target.required && origin === undefined}
          value={placeOf(origin)}
          onChange={(event) => change(originAt(event.target.value))}
        >
          <option value="absent">{t(target.required ? "mapping.missing" : "mapping.absent")}</option>
          {columns.map(({ name }) => (
            <option key={name} value={`column:${name}`}>
              {name}
            </option>
          ))}
          <option value="fixed">{t("mapping.fixed")}</option>
          {target.name === "channel" && <option value="rules">{t("mapping.byRules")}</option>}
        </select>
        {origin !== undefined && "text" in origin && (
          <input
            className="field-text"
            type="text"
            aria-label={t("mapping.fixedText", { field })}
            value={origin.text}
            maxLength={300}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
        {origin !== undefined && "rules" in origin && <RuleParts origin={origin} columns={columns} change={change} />}
        {source !== undefined && origin !== undefined && "column" in origin && target.parsing === "interaction" && (
          <ReplacedTexts samples={source.samples} origin={origin} change={change} />
        )}
      </td>
      <td className="field-samples">{source?.samples.slice(0, 3).join(" · ")}</td>
    </tr>
  );
}

interface RulePartsProps {
  origin: Extract<FieldOrigin, { rules: object }>;
  columns: UploadDescription["columns"];
  change(origin: FieldOrigin): void;
}

/** What the channel rules look at. */
function RuleParts({ origin, columns, change }: RulePartsProps) {
  const { t } = useWords();
  return RULE_PARTS.map((part) => (
    <label key={part} className="rule-part">
      <span className="hint">{t("mapping.rulePart", { part: t(`mapping.column.${part}`) })}</span>
      <select
        className="field-select"
        value={origin.rules[part] ?? ""}
        onChange={(event) => {
          const { [part]: _, ...others } = origin.rules;
          change({ rules: event.target.value === "" ? others : { ...others, [part]: event.target.value } });
        }}
      >
        <option value="">{t("mapping.absent")}</option>
        {columns.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  ));
}
