import { MEMBERS } from "../identities/members.ts";
import { ofTypes } from "../journeys/journey-set.ts";
import { bookedConversions } from "./booked.ts";

/**
 * SQL for the booked conversions of a journey set's types under the person who made them; person 0: nobody knows who. `customer_type`
 * is what the books say, in small letters; where they say nothing, somebody who has an earlier booked conversion of the same type is
 * returning and others are new, and of a conversion without an identifier it stays empty. Conversions before the data begins are not
 * known: the first ones in it look newer than they are.
 */
export function bookedByPerson(): string {
  return `(
      SELECT
        if(members.person_id = 0, booked.visitor_id, members.person_id) AS person_id, occurred_at, conversion_type, revenue, margin,
        predicted_value, product_group, region,
        multiIf(
          booked.customer_type != '', lower(booked.customer_type),
          person_id = 0, '',
          occurred_at > min(occurred_at) OVER (PARTITION BY person_id, conversion_type), 'returning',
          'new') AS customer_type
      FROM ${bookedConversions()} AS booked
      LEFT JOIN ${MEMBERS} AS members ON booked.visitor_id = members.visitor_id
      WHERE ${ofTypes("booked.conversion_type")})`;
}
