import type { LonLat } from '@lamplight/base';
import { Button, listDiverted, ModalDialog, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useDesk, useDeskEvent } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useBoardStore } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { shortNumber } from '../state/wording.js';
import { SendToPost } from './send-to-post.js';
import { draggedUnits, UNIT_DRAG } from './unit-drag.js';

interface Order {
  readonly unitIds: readonly string[];
  readonly incidentId: string;
}

/** How long it is said that an order went out, in milliseconds. */
const SAID_FOR = 6000;

/**
 * Carries out what the panels ask for: sending units to an incident, whether dragged there or by key, and to a post.
 * Whoever would have to leave other work is named first, and nothing is sent before somebody has agreed.
 */
export function SendUnit(): ReactNode {
  const { t, list, problem } = useIntl();
  const { powers } = useDesk();
  const { api } = useServer();
  const store = useBoardStore();
  const [asking, setAsking] = useState<Order | null>(null);
  const [posting, setPosting] = useState<{
    readonly unitIds: readonly string[];
    readonly at: LonLat | null;
  } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const dispatch = useAction((key, order: Order, divert: boolean) =>
    api.dispatch(key, order.incidentId, order.unitIds, divert ? 'preempt' : 'refuse'),
  );
  useDropsOnIncidents();

  const { board } = store.getSnapshot();
  const nameOf = (unitId: string): string => board.units.get(unitId)?.callSign ?? unitId;
  const numberOf = (incidentId: string): string => {
    const incident = board.incidents.get(incidentId);
    return incident ? shortNumber(incident) : incidentId;
  };

  const send = async (order: Order, divert: boolean): Promise<void> => {
    setAsking(null);
    if (!(await dispatch.run(order, divert))) return;
    setSaid(t('send.done', { units: list(order.unitIds.map(nameOf)), number: numberOf(order.incidentId) }));
  };
  useDeskEvent('send-unit', ({ unitId, incidentId }) => {
    if (!powers.dispatch) return false;
    const order = { unitIds: draggedUnits(unitId), incidentId };
    dispatch.clear();
    setSaid(null);
    if (listDiverted(store.getSnapshot().board, order.unitIds, incidentId).length > 0) setAsking(order);
    else void send(order, false);
    return true;
  });
  useDeskEvent('send-unit-to', ({ unitId, at }) => {
    if (!powers.dispatch) return false;
    setPosting({ unitIds: draggedUnits(unitId), at });
    return true;
  });
  useDeskEvent('post-units', ({ unitIds }) => {
    if (!powers.dispatch) return false;
    setPosting({ unitIds, at: null });
    return true;
  });
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_FOR);
    return () => clearTimeout(timer);
  }, [said]);

  const diverted = asking ? listDiverted(board, asking.unitIds, asking.incidentId) : [];
  return (
    <>
      <div className="send-said">
        <span role="status">{said === null ? null : <Notice tone="good">{said}</Notice>}</span>
        {dispatch.error === null ? null : (
          <div role="alert">
            <Notice tone="refusal">
              {problem(dispatch.error, nameOf)}{' '}
              <Button size="small" onPress={dispatch.clear}>
                {t('common.close')}
              </Button>
            </Notice>
          </div>
        )}
      </div>
      <ModalDialog
        title={t('send.divertTitle', { number: asking ? numberOf(asking.incidentId) : '' })}
        isOpen={asking !== null}
        onOpenChange={(open) => {
          if (!open) setAsking(null);
        }}
      >
        <ul>
          {diverted.map(({ unitId, from }) => (
            <li key={unitId}>{t('send.leaves', { unit: nameOf(unitId), number: numberOf(from) })}</li>
          ))}
        </ul>
        <div className="ll-actions">
          <Button onPress={() => setAsking(null)}>{t('common.cancel')}</Button>
          <Button variant="danger" autoFocus onPress={() => asking && void send(asking, true)}>
            {t('send.divert')}
          </Button>
        </div>
      </ModalDialog>
      {posting === null ? null : (
        <SendToPost
          key={posting.unitIds.join()}
          {...posting}
          nameOf={nameOf}
          onDone={(text) => {
            setPosting(null);
            setSaid(text);
          }}
          onClose={() => setPosting(null)}
        />
      )}
    </>
  );
}

/** Units may be dropped on whatever says which incident it shows: rows of the queue, and panels. */
function useDropsOnIncidents(): void {
  const { store, powers } = useDesk();
  useEffect(() => {
    if (!powers.dispatch) return;
    let over: HTMLElement | null = null;
    const mark = (target: HTMLElement | null): void => {
      if (over === target) return;
      over?.removeAttribute('data-drop');
      target?.setAttribute('data-drop', '');
      over = target;
    };
    const targetOf = ({ target, dataTransfer }: DragEvent): HTMLElement | null =>
      target instanceof Element && dataTransfer?.types.includes(UNIT_DRAG)
        ? target.closest<HTMLElement>('[data-incident-id]')
        : null;
    const onOver = (event: DragEvent): void => {
      const target = targetOf(event);
      mark(target);
      if (target) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      const incidentId = targetOf(event)?.dataset.incidentId;
      mark(null);
      if (!incidentId) return;
      event.preventDefault();
      store.emit({ type: 'send-unit', unitId: event.dataTransfer?.getData(UNIT_DRAG) ?? '', incidentId });
    };
    const onEnd = (): void => mark(null);
    document.addEventListener('dragover', onOver);
    document.addEventListener('drop', onDrop);
    document.addEventListener('dragend', onEnd);
    return () => {
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('dragend', onEnd);
    };
  }, [store, powers]);
}
