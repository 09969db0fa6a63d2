import type { OsmTags } from '../osm/index.js';
import { NODE_CONTROLS, type NodeControl } from '../profile/index.js';

/** A control in one byte: the index into `NODE_CONTROLS`, and whether it faces one direction of the way only. */
const KIND = 7;
const FORWARD = 8;
const BACKWARD = 16;

const CONTROL_OF: ReadonlyMap<string, NodeControl> = new Map([
  ['traffic_signals', 'signal'],
  ['stop', 'stop'],
  ['give_way', 'give-way'],
  ['mini_roundabout', 'mini-roundabout'],
]);

/**
 * The control that a node of a way has by its tags (https://wiki.openstreetmap.org/wiki/Key:highway): signals, stop and
 * give-way signs, with the direction of the way that they face, and mini roundabouts. 0 for none.
 */
export function readControl(tags: OsmTags): number {
  if (tags.size === 0) return 0;
  const control = CONTROL_OF.get(tags.get('highway') ?? '');
  if (!control) return 0;
  const direction = tags.get('traffic_signals:direction') ?? tags.get('direction');
  const facing = direction === 'forward' ? FORWARD : direction === 'backward' ? BACKWARD : 0;
  return NODE_CONTROLS.indexOf(control) | (control === 'mini-roundabout' ? 0 : facing);
}

export const controlKind = (code: number): number => code & KIND;

/** Whether the control says which direction it faces. */
export const facesOneWay = (code: number): boolean => (code & (FORWARD | BACKWARD)) !== 0;

/** Whether it faces who goes along the way, or against it. */
export const facesDirection = (code: number, against: boolean): boolean =>
  (code & (against ? BACKWARD : FORWARD)) !== 0;
