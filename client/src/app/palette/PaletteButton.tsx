import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { useCommandDesk } from "./command-context.ts";
import { paletteKeys } from "./palette-keys.ts";

/** Opens the palette, and says by which keys it opens too. */
export function PaletteButton() {
  const { t } = useTranslation();
  const { open, prepare } = useCommandDesk();
  return (
    <button
      type="button"
      className="button palette-button"
      aria-keyshortcuts="Control+K Meta+K"
      title={t("app.palette")}
      onPointerEnter={() => prepare("palette")}
      onFocus={() => prepare("palette")}
      onClick={() => open("palette")}
    >
      <Icon name="search" />
      <span className="visually-hidden">{t("app.palette")}</span>
      <span className="key">{paletteKeys()}</span>
    </button>
  );
}
