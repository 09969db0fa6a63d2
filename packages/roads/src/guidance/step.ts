import type { LonLat, Metres, Seconds } from '@lamplight/base';
import type { StreetName } from '../network/index.js';

/** What the driver does at the beginning of a step. */
export const STEP_KINDS = [
  'depart',
  'straight',
  'slight-left',
  'left',
  'sharp-left',
  'slight-right',
  'right',
  'sharp-right',
  'u-turn',
  'roundabout',
  'arrive',
] as const;

export type StepKind = (typeof STEP_KINDS)[number];

/** One instruction, and the way until the next. */
export interface RouteStep {
  readonly kind: StepKind;
  /** For a roundabout that is left again: by which exit, counted from 1. */
  readonly exit: number | undefined;
  /** The street driven in this step (after the roundabout), `undefined` for one without a name. */
  readonly name: StreetName | undefined;
  /** From the beginning of the step to that of the next; 0 on arrival. */
  readonly length: Metres;
  readonly duration: Seconds;
  /** Where it begins. */
  readonly position: LonLat;
  /** The direction of travel after the manoeuvre (on arrival: before): degrees clockwise from north. */
  readonly bearing: number;
  /** The instruction in the language asked for. */
  readonly text: string;
}
