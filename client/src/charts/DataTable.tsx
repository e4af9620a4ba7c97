import { ScrollRegion } from "../ui/ScrollRegion.tsx";
import { type ChartTable, textOfCell } from "./prepare/chart-model.ts";

/** The figures of a chart as a table that scrolls inside its card. */
export function DataTable({ table, caption }: { table: ChartTable; caption: string }) {
  return (
    <ScrollRegion label={caption} className="table-scroll table-scroll-tall">
      <table className="data-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.label} scope="col" className={column.isNumeric ? "numeric" : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.id}>
              {row.cells.map((cell, index) => {
                const column = table.columns[index];
                const className = column?.isNumeric ? "numeric" : undefined;
                return index === 0 ? (
                  <th key={column?.label} scope="row" className={className}>
                    {textOfCell(cell)}
                  </th>
                ) : (
                  <td key={column?.label} className={className}>
                    {textOfCell(cell)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {table.total !== undefined && (
          <tfoot>
            <tr>
              {table.total.map((cell, index) => {
                const column = table.columns[index];
                const className = column?.isNumeric ? "numeric" : undefined;
                return index === 0 ? (
                  <th key={column?.label} scope="row">
                    {textOfCell(cell)}
                  </th>
                ) : (
                  <td key={column?.label} className={className}>
                    {textOfCell(cell)}
                  </td>
                );
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </ScrollRegion>
  );
}
