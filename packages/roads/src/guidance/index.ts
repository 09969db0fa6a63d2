export { type FollowOptions, followRoute, type RouteFollower } from './follow-route.js';
export { type RouteStep, STEP_KINDS, type StepKind } from './step.js';
export { stepsOf } from './steps.js';
export { describeStep } from './wording.js';
