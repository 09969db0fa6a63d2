import { ResponseBoard } from './board.js';
import { ENTITY_OF_EVENT, type EntityKind, type ResponseEvent } from './events.js';

/**
 * What a moment of the past was like: the board after these events of the log and no others. Where events are chosen
 * by when they happened, a late report may stand before the thing it belongs to was opened; that one is left out.
 */
export function boardAfter(events: Iterable<ResponseEvent>): ResponseBoard {
  const board = new ResponseBoard();
  for (const event of events) if (OPENING.has(event.type) || has(board, event)) board.apply(event);
  return board;
}

/** What opens an entity; every other event needs one that is there. */
const OPENING: ReadonlySet<string> = new Set<ResponseEvent['type']>([
  'CallReceived',
  'IncidentOpened',
  'UnitRegistered',
  'AssignmentProposed',
  'UnitDispatched',
  'RoadConditionDeclared',
]);

function has(board: ResponseBoard, { type, id }: ResponseEvent): boolean {
  const kind: EntityKind = ENTITY_OF_EVENT[type];
  switch (kind) {
    case 'call':
      return board.calls.has(id);
    case 'incident':
      return board.incidents.has(id);
    case 'unit':
      return board.units.has(id);
    case 'assignment':
      return board.assignments.has(id);
    case 'condition':
      return board.conditions.has(id);
  }
}
