/** The kind of data that a dragged unit carries; the map and the queue take it. */
export const UNIT_DRAG = 'application/x-lamplight-unit';

/** Several units are dragged as one thing, their ids separated by commas, which no id has in it. */
const SEPARATOR = ',';

export function writeDraggedUnits(transfer: DataTransfer, unitIds: readonly string[], text: string): void {
  transfer.setData(UNIT_DRAG, unitIds.join(SEPARATOR));
  transfer.setData('text/plain', text);
  transfer.effectAllowed = 'copyMove';
}

/** The ids in what {@link writeDraggedUnits} wrote. */
export const draggedUnits = (data: string): readonly string[] => data.split(SEPARATOR).filter(Boolean);
