import type { SavedView } from "@touchline/server/contract";
import { type MouseEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { useOpenAddress, usePlaceToSave } from "./use-views.ts";
import { ViewOptions } from "./ViewOptions.tsx";
import { addressOf } from "./view-address.ts";

interface Props {
  view: SavedView;
  isOwn: boolean;
  isUnfolded: boolean;
  unfold(isUnfolded: boolean): void;
  close(): void;
  say(sentence: string): void;
}

/** A view: opens with one click; what else can be done with it stands behind the dots. */
export function ViewItem({ view, isOwn, isUnfolded, unfold, close, say }: Props) {
  const { t } = useTranslation();
  const optionsId = useId();
  const { basepath, open } = useOpenAddress();
  const place = usePlaceToSave();
  const address = addressOf(view, basepath);
  const follow = (event: MouseEvent) => {
    // A new tab stays the browser's.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    close();
    open(address);
  };
  let origin: string = t("views.sharedBy", { owner: view.owner.name });
  if (isOwn) origin = view.isShared ? `${t("views.mine")}, ${t("views.isShared")}` : t("views.mine");
  return (
    <li>
      <div className="views-item">
        <a
          className="menu-item"
          href={address}
          aria-current={view.page === place.page && view.search === place.search ? "true" : undefined}
          onClick={follow}
        >
          <span className="menu-name">{view.name}</span>
          <span className="hint">{origin}</span>
        </a>
        <button
          type="button"
          className="button button-quiet"
          aria-label={t("views.options", { name: view.name })}
          aria-expanded={isUnfolded}
          aria-controls={optionsId}
          onClick={() => unfold(!isUnfolded)}
        >
          <Icon name="more" />
        </button>
      </div>
      <div id={optionsId} className="views-options" hidden={!isUnfolded}>
        {isUnfolded && <ViewOptions view={view} isOwn={isOwn} say={say} />}
      </div>
    </li>
  );
}
