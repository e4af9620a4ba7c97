import { SourceName, type UploadDescription } from "@touchline/server/contract";
import { useId } from "react";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { TextField } from "../experiments/fields.tsx";
import type { Draft } from "./draft.ts";

interface Props {
  file: UploadDescription;
  draft: Draft;
  change(draft: Draft): void;
}

interface Choice {
  readonly id: string;
  readonly text: string;
  readonly isChosen: boolean;
  readonly draft: Draft;
}

/** Which tool wrote the file, or which mapping reads it. */
export function LayoutCard({ file, draft, change }: Props) {
  const { t } = useWords();
  const name = useId();
  const [tool] = file.known;
  const [kept] = file.saved;
  const { choice, mapping } = draft;
  const isKept = (each: UploadDescription["saved"][number]) =>
    choice.type === "own" && each.source === mapping.source && each.kind === mapping.kind;
  const choices: Choice[] = [
    ...file.known.map((each) => ({
      id: each.name,
      text: t("mapping.layoutKnown", { title: each.title }),
      isChosen: choice.type === "known" && choice.name === each.name,
      draft: { ...draft, choice: { type: "known" as const, name: each.name }, account: each.name },
    })),
    ...file.saved.map((each) => ({
      id: `${each.source} ${each.kind}`,
      text: t("mapping.layoutSaved", { source: each.source, kind: t(`data.kinds.${each.kind}`) }),
      isChosen: isKept(each),
      draft: { ...draft, choice: { type: "own" as const }, mapping: each },
    })),
    {
      id: "",
      text: t("mapping.layoutOwn"),
      isChosen: choice.type === "own" && !file.saved.some(isKept),
      draft: { ...draft, choice: { type: "own" }, mapping: file.proposals[0]! },
    },
  ];
  const sentence =
    kept !== undefined
      ? t("mapping.fitSaved", { source: strong(kept.source) })
      : tool !== undefined
        ? t("mapping.fitKnown", { title: strong(tool.title) })
        : t("mapping.fitOwn");
  const account = choice.type === "known" ? draft.account : mapping.source;
  return (
    <Card title={t("mapping.fitTitle")} sentence={sentence}>
      <div className="layout-choice">
        <fieldset className="scopes">
          <legend className="field-label">{t("mapping.layout")}</legend>
          {choices.map((each) => (
            <label key={each.id} className="scope">
              <input type="radio" name={name} checked={each.isChosen} onChange={() => change(each.draft)} />
              <span>{each.text}</span>
            </label>
          ))}
        </fieldset>
        <TextField
          label={t("mapping.account")}
          value={account}
          hint={t("mapping.accountHint")}
          problem={SourceName.safeParse(account).success ? null : t("mapping.nameWrong")}
          onChange={(text) =>
            change(
              choice.type === "known"
                ? { ...draft, account: text }
                : { ...draft, mapping: { ...mapping, source: text } },
            )
          }
        />
      </div>
    </Card>
  );
}
