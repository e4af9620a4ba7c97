import { Icon } from "../../app/Icon.tsx";
import { useWords } from "../../app/words-context.tsx";
import { MODEL_ORDER } from "../../charts/prepare/credit-measure.ts";

/** Each model in a sentence, one click away. */
export function ModelDefinitions() {
  const { t } = useWords();
  return (
    <details className="card card-details">
      <summary>
        <span className="card-title">{t("attribution.whyTitle")}</span>
        <Icon name="chevron" />
      </summary>
      <dl className="definitions">
        {MODEL_ORDER.map((model) => (
          <div key={model}>
            <dt>{t(`models.${model}`)}</dt>
            <dd>{t(`modelWhy.${model}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
