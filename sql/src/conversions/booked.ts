/**
 * SQL for the rows that figures stand on: the conversions of the workspace's books, a table to read FROM. `revenue` is what is left
 * of it: a refund, a cancellation or a correction changes the revenue of the conversion that it names, on that conversion's day,
 * whenever it comes. One that returns more than was paid leaves a negative revenue. `margin` shrinks and grows in proportion, because
 * nobody says what a refund does to it; it is null where the books carry none. `predicted_value` is the customer's and stays.
 */
export function bookedConversions(): string {
  return `(
        SELECT
          sold.occurred_at AS occurred_at, sold.visitor_id AS visitor_id, sold.conversion_id AS conversion_id,
          sold.conversion_type AS conversion_type, sold.revenue + adjusted.amount AS revenue,
          if(adjusted.amount = 0 OR sold.revenue = 0, sold.margin,
            toDecimal128OrNull(toString(round(toFloat64(sold.margin) * (toFloat64(sold.revenue + adjusted.amount) / toFloat64(sold.revenue)), 6)), 9)) AS margin,
          sold.predicted_value AS predicted_value, sold.product_group AS product_group, sold.customer_type AS customer_type, sold.region AS region, sold.source AS source
        FROM conversions AS sold
        LEFT JOIN (
          SELECT adjusts_conversion_id, sum(amount) AS amount
          FROM adjustments
          WHERE workspace_id = {workspaceId:String}
          GROUP BY adjusts_conversion_id
        ) AS adjusted ON sold.conversion_id = adjusted.adjusts_conversion_id
        WHERE sold.workspace_id = {workspaceId:String} AND sold.is_booked
      )`;
}
