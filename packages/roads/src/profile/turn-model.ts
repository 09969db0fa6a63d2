import type { MetresPerSecond, Seconds } from '@lamplight/base';
import type { OsmTags } from '../osm/index.js';
import type { RoadClass } from './road-class.js';

/** On which side of the road traffic keeps. */
export type DrivingSide = 'right' | 'left';

/**
 * What a driver faces at a junction, from the least to the most that it asks of him. The order is fixed by the file
 * format, which stores the index: add at the end only.
 */
export const NODE_CONTROLS = ['none', 'mini-roundabout', 'give-way', 'stop', 'signal'] as const;

export type NodeControl = (typeof NODE_CONTROLS)[number];

/** From one arc to the next at the node between them. */
export interface TurnFacts {
  /** `u-turn` is back along the edge one came by; a sharp bend into another edge is a left or right turn. */
  readonly kind: 'straight' | 'left' | 'right' | 'u-turn';
  /** By how much the direction changes: degrees in (−180, 180], left is positive. */
  readonly angle: number;
  readonly drivingSide: DrivingSide;
  readonly fromClass: RoadClass;
  readonly toClass: RoadClass;
  readonly fromSpeed: MetresPerSecond;
  readonly toSpeed: MetresPerSecond;
  /** What the driver who comes by this arc faces. A roundabout that he enters is a give-way. */
  readonly control: NodeControl;
  /**
   * The control has been faced already: this short arc leads from one signal of a junction to the next, as on the
   * crossing of two dual carriageways.
   */
  readonly passedControl: boolean;
  /** How many ends of edges meet at the node; 2 where nothing but the road itself goes on. */
  readonly degree: number;
  /** The most important class of road, ramps aside, among the other edges of the node. */
  readonly crossedClass: RoadClass | undefined;
}

/**
 * What a vehicle makes of a restriction. `exempt`: it is not meant for this vehicle, or not always in force.
 * `disregarded`: it is meant for it, and it may break it, at a cost.
 */
export type RestrictionVerdict =
  | { readonly kind: 'exempt' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'obeyed' | 'disregarded'; readonly rule: RestrictionRule };

/** `no_left_turn` forbids one way on, `only_left_turn` all others; `any` (`no_entry`, `no_exit`) does not tell the side. */
export interface RestrictionRule {
  readonly mandatory: boolean;
  readonly turn: 'left' | 'right' | 'straight' | 'u-turn' | 'any';
}

/** How a kind of vehicle takes turns. */
export interface TurnModel {
  /** What a relation of type `restriction` with these tags means to this vehicle. */
  restriction(tags: OsmTags): RestrictionVerdict;
  /** What it costs to do what a disregarded restriction forbids. */
  readonly disregarding: Seconds;
  /** Turning round where nothing else leads on, which is always allowed. */
  readonly turningRound: Seconds;
  /** What the turn takes beyond driving both arcs at their speeds, never negative; `undefined` where it is not made. */
  delay(turn: TurnFacts): Seconds | undefined;
}
