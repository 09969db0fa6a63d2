import { distance, type LonLat } from '@lamplight/base';
import {
  type BoardState,
  Button,
  listDiverted,
  ModalDialog,
  Notice,
  ProblemError,
  SelectInput,
  useIntl,
} from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useDeskState } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useBoardStore } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { shortNumber } from '../state/wording.js';
import { useStations } from './stations.js';

/** The incident type under which a unit stands by at a place, and its priority: anything more urgent may take it away. */
const STANDBY = 'STDBY';
const STANDBY_PRIORITY = 5;
/** Metres within which a place is the same post. */
const SAME_POST = 100;

interface Post {
  readonly id: string;
  readonly label: string;
  readonly position: LonLat;
}

export interface SendToPostProps {
  readonly unitIds: readonly string[];
  /** Where they were dropped on the map; `null` when they were not. */
  readonly at: LonLat | null;
  nameOf(unitId: string): string;
  onDone(text: string): void;
  onClose(): void;
}

/**
 * Sends units to a post: a station, a unit's home, or a place on the map. There is no order without an incident, so a
 * post is one, of the lowest priority: the crews get their order and the log their stamps as for any other, and the
 * next recommendation may take them away again.
 */
export function SendToPost({ unitIds, at, nameOf, onDone, onClose }: SendToPostProps): ReactNode {
  const { t, list, name, problem } = useIntl();
  const { api } = useServer();
  const store = useBoardStore();
  const stations = useStations();
  const { view } = useDeskState();
  const { board } = store.getSnapshot();

  const posts: readonly Post[] = [
    ...(at ? [{ id: 'at', label: t('post.here'), position: at }] : []),
    ...homesOf(board, unitIds).map(({ unitId, position }) => ({
      id: `home ${unitId}`,
      label: t('post.home', { unit: nameOf(unitId) }),
      position,
    })),
    ...stations.map((station) => ({
      id: `station ${station.id}`,
      label: name(station.name),
      position: station.position,
    })),
    ...(view && !at ? [{ id: 'centre', label: t('post.centre'), position: view.centre }] : []),
  ];
  const [chosen, setChosen] = useState<string | null>(posts[0]?.id ?? null);
  const post = posts.find(({ id }) => id === chosen) ?? posts[0];
  const diverted = listDiverted(board, unitIds, '');

  const send = useAction(async (key, to: Post, units: readonly string[]) => {
    const known = findStandby(store.getSnapshot().board, to.position);
    const incidentId =
      known ??
      (
        await api.openIncident(`${key}.open`, {
          source: 'self-initiated',
          location: { position: [...to.position], method: 'map', label: to.label },
          classification: { typeCode: STANDBY, priority: STANDBY_PRIORITY },
        })
      ).incidentId;
    if (incidentId === undefined) throw new Error('an incident was opened and has no name');
    try {
      await api.dispatch(`${key}.send`, incidentId, units, 'preempt');
    } catch (error) {
      // A post that nobody was sent to must not stay in the queue as if somebody were wanted there.
      if (known === null && error instanceof ProblemError) {
        await api.cancelIncident(`${key}.undo`, incidentId, t('post.notSent'));
      }
      throw error;
    }
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!post || !(await send.run(post, unitIds))) return;
    onDone(t('post.done', { units: list(unitIds.map(nameOf)), post: post.label }));
  };

  return (
    <ModalDialog
      title={t('post.title', { units: list(unitIds.map(nameOf)) })}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <form className="ll-form" onSubmit={(event) => void submit(event)}>
        {post ? (
          <SelectInput label={t('post.where')} value={post.id} choices={posts} onChange={setChosen} />
        ) : (
          <Notice>{t('post.none')}</Notice>
        )}
        <p className="muted">{t('post.meaning')}</p>
        {diverted.map(({ unitId, from }) => {
          const incident = board.incidents.get(from);
          return (
            <Notice key={unitId} tone="warning">
              {t('send.leaves', { unit: nameOf(unitId), number: incident ? shortNumber(incident) : from })}
            </Notice>
          );
        })}
        {send.error === null ? null : <Notice tone="refusal">{problem(send.error, nameOf)}</Notice>}
        <div className="ll-actions">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" autoFocus isDisabled={!post || send.pending}>
            {t('post.send')}
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}

/** Where the units are at home, each place once. */
function homesOf(
  board: BoardState,
  unitIds: readonly string[],
): readonly { readonly unitId: string; readonly position: LonLat }[] {
  const homes: { readonly unitId: string; readonly position: LonLat }[] = [];
  for (const unitId of unitIds) {
    const home = board.units.get(unitId)?.home;
    if (home && homes.every(({ position }) => distance(position, home) > SAME_POST)) {
      homes.push({ unitId, position: home });
    }
  }
  return homes;
}

/** The post that is held at a place already, if there is one. */
function findStandby(board: BoardState, place: LonLat): string | null {
  for (const { id, status, typeCode, location } of board.incidents.values()) {
    const position = location?.position;
    if (status === 'open' && typeCode === STANDBY && position && distance(position, place) <= SAME_POST)
      return id;
  }
  return null;
}
