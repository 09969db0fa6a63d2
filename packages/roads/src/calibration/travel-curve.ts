/**
 * How long a journey takes that would take `cruising` at constant speed, when the vehicle starts from a stop and ends
 * at one. With constant acceleration a and cruising speed v, a distance d takes 2 √(d / a) when it is too short to
 * reach v, and v / a + d / v otherwise: a square root, then a straight line, meeting with the same slope. Written in
 * time, with t = d / v and `ramp` = v / a: 2 √(ramp · t) up to t = ramp, and ramp + t beyond. All in seconds.
 *
 * The shape was fitted to stopwatch runs of New York's fire companies by Kolesar & Walker, "Measuring the Travel
 * Characteristics of New York City's Fire Companies", RAND R-1449, and Kolesar, Walker & Hausner, "Determining the
 * Relation between Fire Engine Travel Times and Travel Distances in New York City", Operations Research 23(4), 1975;
 * Larson & Odoni, Urban Operations Research, section 3.7.2, derive it as here.
 */
export const withStartAndStop = (cruising: number, ramp: number): number =>
  cruising < ramp ? 2 * Math.sqrt(ramp * cruising) : ramp + cruising;

/** The derivative of `withStartAndStop` by `cruising`; bounded for journeys of almost nothing. */
export const slopeWithStartAndStop = (cruising: number, ramp: number): number =>
  cruising < ramp ? Math.min(10, Math.sqrt(ramp / Math.max(1e-9, cruising))) : 1;
