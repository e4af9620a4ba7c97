import { FileMapping, LegalBasis } from "@touchline/server/contract";
import { useState } from "react";
import { useTimeZone } from "../../app/workspace-context.ts";
import { isTimeZone } from "../../format/is-time-zone.ts";
import { parsePercent } from "../../format/parse-amount.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { SelectField, TextField } from "../experiments/fields.tsx";

interface Props {
  mapping: FileMapping;
  change(mapping: FileMapping): void;
}

const { numbers: Numbers, dates: Dates } = FileMapping.shape;
const ENCODINGS = ["windows-1252", "utf-16le", "utf-16be"] as const;
const WITH_MONEY: readonly string[] = ["spend", "conversions", "adjustments"];
const WITH_PEOPLE: readonly string[] = ["touchpoints", "conversions", "identities"];
const FRENCH_TAX = 20;

/** How numbers, dates and letters are written, and what the rows stand on. */
export function ReadingFields({ mapping, change }: Props) {
  const { t } = useWords();
  const { kind, legalBasis, encoding } = mapping;
  return (
    <fieldset className="reading">
      <legend className="field-label">{t("mapping.readingTitle")}</legend>
      <SelectField
        label={t("mapping.numbers")}
        value={mapping.numbers}
        onChange={(value) => change({ ...mapping, numbers: Numbers.parse(value) })}
      >
        <option value="point">{t("mapping.numbersPoint")}</option>
        <option value="comma">{t("mapping.numbersComma")}</option>
      </SelectField>
      <SelectField
        label={t("mapping.dates")}
        value={mapping.dates}
        onChange={(value) => change({ ...mapping, dates: Dates.parse(value) })}
      >
        <option value="year-first">{t("mapping.datesYear")}</option>
        <option value="day-first">{t("mapping.datesDay")}</option>
        <option value="month-first">{t("mapping.datesMonth")}</option>
      </SelectField>
      <ZoneField zone={mapping.timeZone} change={(timeZone) => change({ ...mapping, timeZone })} />
      <SelectField
        label={t("mapping.letters")}
        value={encoding ?? ""}
        onChange={(value) => change({ ...mapping, encoding: ENCODINGS.find((each) => each === value) ?? null })}
      >
        <option value="">{t("mapping.lettersAuto")}</option>
        {ENCODINGS.map((each) => (
          <option key={each} value={each}>
            {each.toUpperCase()}
          </option>
        ))}
      </SelectField>
      {WITH_MONEY.includes(kind) && <TaxFields mapping={mapping} change={change} />}
      {WITH_PEOPLE.includes(kind) && (
        <SelectField
          label={t("mapping.basis")}
          value={legalBasis ?? ""}
          onChange={(value) =>
            change({ ...mapping, legalBasis: LegalBasis.options.find((each) => each === value) ?? null })
          }
        >
          <option value="">{t("mapping.basisUnsaid")}</option>
          {LegalBasis.options.map((each) => (
            <option key={each} value={each}>
              {t(`mapping.basisOf.${each}`)}
            </option>
          ))}
        </SelectField>
      )}
      <SelectField
        label={t("mapping.replaces")}
        value={mapping.replaces ?? ""}
        onChange={(value) => change({ ...mapping, replaces: value === "rows" || value === "days" ? value : null })}
      >
        <option value="">{t(kind === "spend" ? "mapping.replacesSpend" : "mapping.replacesNever")}</option>
        {kind !== "spend" && <option value="rows">{t("mapping.replacesRows")}</option>}
        <option value="days">{t("mapping.replacesDays")}</option>
      </SelectField>
    </fieldset>
  );
}

/** A zone is taken once it is one: while it is being typed, the last one holds. */
function ZoneField({ zone, change }: { zone: string | null; change(zone: string | null): void }) {
  const { t } = useWords();
  const own = useTimeZone();
  const [text, setText] = useState(zone ?? "");
  return (
    <TextField
      label={t("mapping.zone")}
      value={text}
      placeholder={t("mapping.zoneOwn", { zone: own })}
      problem={text === "" || isTimeZone(text) ? null : t("mapping.zoneWrong")}
      onChange={(next) => {
        setText(next);
        if (next === "") change(null);
        else if (isTimeZone(next)) change(next);
      }}
    />
  );
}

function TaxFields({ mapping, change }: Props) {
  const { t, format } = useWords();
  const { taxPercent } = mapping;
  const [text, setText] = useState(taxPercent === null ? "" : format.typed(taxPercent));
  return (
    <>
      <SelectField
        label={t("mapping.tax")}
        value={taxPercent === null ? "net" : "gross"}
        onChange={(value) => {
          setText(format.typed(FRENCH_TAX));
          change({ ...mapping, taxPercent: value === "net" ? null : FRENCH_TAX });
        }}
      >
        <option value="net">{t("mapping.taxNet")}</option>
        <option value="gross">{t("mapping.taxGross")}</option>
      </SelectField>
      {taxPercent !== null && (
        <TextField
          label={t("mapping.taxRate")}
          isNumber
          unit="%"
          value={text}
          onChange={(next) => {
            setText(next);
            const typed = parsePercent(next, format.language);
            if (typed.kind === "ok" && typed.value > 0 && typed.value <= 1) {
              change({ ...mapping, taxPercent: Number((typed.value * 100).toFixed(3)) });
            }
          }}
        />
      )}
    </>
  );
}
