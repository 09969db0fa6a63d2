export type { Fix, MatchOptions } from './fix.js';
export { createFollower, type FollowedPlace, type Follower, type FollowerOptions } from './follower.js';
export {
  createMatcher,
  type DrivenPart,
  type FixMatch,
  type MatchedSegment,
  type Matcher,
  type TraceMatch,
  type UnmatchedReason,
} from './matcher.js';
