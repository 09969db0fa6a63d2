export { positionAlong, type Route, type RoutePosition, type StreetRun } from './route.js';
export { createTravelTimes, type Nearest, type SearchOptions, type TravelTimes } from './travel-times.js';
