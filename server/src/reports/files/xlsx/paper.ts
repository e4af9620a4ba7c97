const A4 = 9;
const MARGINS = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>';
/** The name of the sheet on the left, the page on the right. */
const FOOT = "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>";

/** A sheet that prints across A4, on so many pages beside each other. The order of the elements is the format's. */
export function printAcross(xml: string, pages: number): string {
  const setup = `<pageSetup paperSize="${A4}" orientation="landscape" fitToWidth="${pages}" fitToHeight="0"/>`;
  return xml
    .replace(/<worksheet[^>]*>/, (root) => `${root}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
    .replace("</sheetData>", `</sheetData>${MARGINS}${setup}${FOOT}`);
}

export interface PrintedHead {
  readonly sheet: string;
  /** Columns of names, which stand on every page beside the figures. */
  readonly names: string;
}

/** Heads and names on every page that a sheet prints on; null for a sheet without. */
export function repeatHeads(xml: string, heads: readonly (PrintedHead | null)[]): string {
  const titles = heads.map((head, at) => {
    if (head === null) return "";
    const sheet = `'${head.sheet.replaceAll("'", "''")}'`.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${sheet}!$A:$${head.names},${sheet}!$1:$1</definedName>`;
  });
  return xml.replace("<definedNames/>", `<definedNames>${titles.join("")}</definedNames>`);
}
