import type { SecondFactorSetup } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { CodeField } from "../entry/CodeField.tsx";
import { useConfirmSecondFactor } from "./account-queries.ts";
import { QrCode } from "./QrCode.tsx";
import { printSpareCodes, secretOf } from "./spare-codes.ts";

function SpareCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useWords();
  return (
    <li>
      <h3>{t("account.stepSpare")}</h3>
      <p className="hint">{t("account.stepSpareWhy")}</p>
      <ul className="spare-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="form-send">
        <CopyButton text={codes.join("\n")} label={t("account.copyCodes")} />
        <button type="button" className="button" onClick={() => printSpareCodes(codes, t("account.printTitle"))}>
          {t("account.printCodes")}
        </button>
      </div>
    </li>
  );
}

interface Props {
  setup: SecondFactorSetup;
  onDone(): void;
  cancel(): void;
}

/** The spare codes come before the confirmation: whoever has confirmed has seen them. */
export function SecondFactorSteps({ setup, onDone, cancel }: Props) {
  const { t } = useWords();
  const [code, setCode] = useState("");
  const confirm = useConfirmSecondFactor();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim().length >= 6 && !confirm.isPending) confirm.mutate({ code: code.trim() }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate>
      <ol className="factor-steps">
        <li>
          <h3>{t("account.stepScan")}</h3>
          <QrCode text={setup.uri} label={t("account.qrLabel")} />
          <p className="hint">
            {t("account.stepType")} <code className="secret">{secretOf(setup.uri)}</code>
          </p>
        </li>
        <SpareCodes codes={setup.spareCodes} />
        <li>
          <h3>{t("account.stepConfirm")}</h3>
          <CodeField value={code} onChange={setCode} />
          <FailureLine error={confirm.error} says={{ BAD_REQUEST: t("entry.codeWrong") }} />
          <div className="form-send">
            <button type="submit" className="button button-primary" disabled={confirm.isPending}>
              {t("account.factorConfirm")}
            </button>
            <button type="button" className="button" onClick={cancel}>
              {t("app.cancel")}
            </button>
          </div>
        </li>
      </ol>
    </form>
  );
}
