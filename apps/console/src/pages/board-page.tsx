import type { LonLat } from '@lamplight/base';
import type { AccountView } from '@lamplight/contracts';
import { type Call, listRingingCalls, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useRef, useState } from 'react';
import { Announcer } from '../board/announcer.js';
import { Queue, useQueue } from '../board/queue.js';
import { UnitBoard } from '../board/unit-board.js';
import { UnitCard } from '../board/unit-card.js';
import type { DispatchKeys } from '../incident/candidates.js';
import { IncidentPanel, type PanelTab } from '../incident/incident-panel.js';
import { emptyDraft, placeOfCall, useDraft } from '../intake/draft.js';
import { IntakePanel } from '../intake/intake-panel.js';
import type { BoardMap, Picked } from '../map/board-map.js';
import { MapArea } from '../map/map-area.js';
import { type ReachSubject, ReachToggle } from '../map/reach.js';
import { ConditionPanel } from '../roads/condition-panel.js';
import { HelpDialog } from '../shell/help-dialog.js';
import { useTitle } from '../shell/title.js';
import { useAction } from '../state/action.js';
import { useBoardStore, useWork } from '../state/live-board.js';
import { powersOf } from '../state/powers.js';
import { useServer } from '../state/server.js';
import { type Shortcuts, useShortcuts } from '../state/shortcuts.js';
import { useStable } from '../state/stable.js';

/** The areas of the board; on a narrow screen one is in sight at a time. */
const AREAS = ['queue', 'map', 'units', 'panel'] as const;
type Area = (typeof AREAS)[number];

export function BoardPage({ account }: { readonly account: AccountView }): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const board = useWork();
  const store = useBoardStore();
  const queue = useQueue();
  const powers = powersOf(account);
  const { draft, begin, change, discard } = useDraft(account.id);
  const [incidentId, setIncidentId] = useState<string | null>(null);
  const [unitId, setUnitId] = useState<string | null>(null);
  const [showing, setShowing] = useState<'incident' | 'intake' | 'roads'>(draft ? 'intake' : 'incident');
  const [tab, setTab] = useState<PanelTab>('work');
  const [area, setArea] = useState<Area>(draft ? 'panel' : 'queue');
  const [help, setHelp] = useState(false);
  /** Whose reach the map shows; that of something no longer selected is not shown. */
  const [reach, setReach] = useState<ReachSubject | null>(null);
  const keys = useRef<DispatchKeys | null>(null);
  const map = useRef<BoardMap | null>(null);
  /** What a press on the map means while a place is being described in the panel of road conditions. */
  const [takePosition, setTakePosition] = useState<((at: LonLat) => void) | null>(null);
  const answer = useAction((key, call: Call) => api.answerCall(key, call.id));
  useTitle(t('nav.board'));

  const intake = draft !== null && showing === 'intake' ? draft : null;
  const roads = showing === 'roads';
  const panelOpen = intake !== null || roads || incidentId !== null;

  const openIncident = useStable((id: string): void => {
    if (id !== incidentId) setTab('work');
    setIncidentId(id);
    setShowing('incident');
    setArea('panel');
  });
  const closePanel = (): void => {
    if (intake || roads) setShowing('incident');
    else setIncidentId(null);
    setUnitId(null);
    setArea('queue');
  };
  const openRoads = useStable((): void => {
    setShowing('roads');
    setArea('panel');
  });
  const newCall = (): void => {
    if (!powers.takeCalls) return;
    if (!draft) begin(emptyDraft());
    setShowing('intake');
    setArea('panel');
  };
  const takeCall = async (call: Call): Promise<void> => {
    if (call.answeredAt === null && !(await answer.run(call))) return;
    if (draft?.callId !== call.id) {
      begin({
        ...emptyDraft(),
        callId: call.id,
        words: call.location?.words ?? '',
        position: call.location?.position ?? null,
        method: call.location?.method ?? 'map',
        place: placeOfCall(call.location),
        callerName: call.callerName ?? '',
        callerNumber: call.callerNumber ?? '',
      });
    }
    setShowing('intake');
    setArea('panel');
  };
  const selectUnit = useStable((id: string): void => {
    setUnitId(id);
    const place = store.getSnapshot().board.fixes.get(id)?.position;
    if (place) map.current?.reveal(place);
  });
  const onPicking = useStable((take: ((at: LonLat) => void) | null): void => setTakePosition(() => take));
  const showUnit = useStable((id: string): void => {
    selectUnit(id);
    setArea('map');
  });
  const onPick = (picked: Picked | null, at: LonLat): void => {
    if (intake) {
      change({ position: at, method: 'map', place: null });
      setArea('panel');
    } else if (takePosition) {
      takePosition(at);
    } else if (picked?.kind === 'incident') openIncident(picked.id);
    else setUnitId(picked?.id ?? null);
  };
  const goTo = (target: Area): void => {
    setArea(target);
    // The area may be hidden until it has been drawn.
    requestAnimationFrame(() => {
      if (target === 'map') map.current?.focus();
      else focusIn(target);
    });
  };

  const ringing = listRingingCalls(board)[0];
  const digits: Record<string, () => void> = {};
  for (let rank = 1; rank <= 9; rank += 1) digits[String(rank)] = () => keys.current?.one(rank);
  const shortcuts: Shortcuts = {
    ...digits,
    n: newCall,
    a: () => {
      if (ringing && powers.takeCalls) void takeCall(ringing);
    },
    d: () => keys.current?.suggested(),
    r: () => {
      if (incidentId) setTab('calls');
    },
    j: () => {
      const waiting = queue.filter(({ needsHand }) => needsHand);
      const at = waiting.findIndex(({ incident }) => incident.id === incidentId);
      const next = waiting[(at + 1) % Math.max(1, waiting.length)];
      if (next) openIncident(next.incident.id);
    },
    q: () => goTo('queue'),
    m: () => goTo('map'),
    u: () => goTo('units'),
    i: () => goTo('panel'),
    w: openRoads,
    '?': () => setHelp(true),
    Escape: closePanel,
  };
  useShortcuts(shortcuts);

  const isReach = ({ kind, id }: ReachSubject): boolean => reach?.kind === kind && reach.id === id;
  const shownReach =
    reach && !intake && reach.id === (reach.kind === 'unit' ? unitId : incidentId) ? reach : null;
  const reachToggle = (subject: ReachSubject): ReactNode => (
    <ReachToggle
      isOn={isReach(subject)}
      onChange={(on) => {
        setReach(on ? subject : null);
        if (on) setArea('map');
      }}
    />
  );

  return (
    <main id="main" tabIndex={-1} className={`board ${panelOpen ? 'board-with-panel' : ''}`} data-area={area}>
      <h1 className="ll-visually-hidden">{t('nav.board')}</h1>
      <Announcer />
      <div className="board-queue">
        {answer.error === null ? null : <Notice tone="refusal">{problem(answer.error)}</Notice>}
        <Queue
          selected={incidentId}
          mayTakeCalls={powers.takeCalls}
          onSelect={openIncident}
          onNewCall={newCall}
          onTakeCall={(call) => void takeCall(call)}
        />
      </div>
      <MapArea
        selectedIncident={incidentId}
        selectedUnit={unitId}
        draft={draft?.position ?? null}
        reach={shownReach}
        picking={intake !== null || takePosition !== null}
        mapRef={map}
        onPick={onPick}
        onOpenRoads={openRoads}
      >
        {intake || takePosition ? (
          <p className="map-hint">{t(intake ? 'intake.picking' : 'roads.picking')}</p>
        ) : null}
        {unitId ? (
          <UnitCard
            unitId={unitId}
            mayDispatch={powers.dispatch}
            reach={reachToggle({ kind: 'unit', id: unitId })}
            onOpenIncident={openIncident}
            onClose={() => setUnitId(null)}
          />
        ) : null}
      </MapArea>
      <UnitBoard selectedUnit={unitId} onSelectUnit={showUnit} />
      <aside
        id="panel"
        className="area panel"
        aria-label={t(roads && !intake ? 'roads.title' : 'panel.title')}
        tabIndex={-1}
      >
        {intake ? (
          <IntakePanel
            draft={intake}
            onChange={change}
            onDiscard={() => {
              discard();
              setShowing('incident');
              setArea('queue');
            }}
            onDone={(id) => {
              discard();
              openIncident(id);
            }}
            onPickOnMap={() => setArea('map')}
            centreOfMap={() => map.current?.centre ?? null}
            onShowPlace={(at) => map.current?.reveal(at)}
          />
        ) : roads ? (
          <ConditionPanel
            mayDeclare={powers.dispatch}
            viewOfMap={() => map.current?.view ?? null}
            onPicking={onPicking}
            onClose={closePanel}
          />
        ) : incidentId ? (
          <IncidentPanel
            incidentId={incidentId}
            account={account}
            tab={tab}
            keys={keys}
            reach={reachToggle({ kind: 'incident', id: incidentId })}
            onTab={setTab}
            onSelectUnit={selectUnit}
            onClose={closePanel}
          />
        ) : (
          <p className="empty">
            {t('incident.none')}
            <span className="muted">{t('incident.noneHint')}</span>
          </p>
        )}
      </aside>
      <AreaTabs area={area} onArea={setArea} waiting={queue.filter(({ needsHand }) => needsHand).length} />
      <HelpDialog isOpen={help} onOpenChange={setHelp} />
    </main>
  );
}

/** Puts the focus on what is current in an area, else on the area itself. */
function focusIn(area: Area): void {
  const root = document.getElementById(area);
  const first = root?.querySelector<HTMLElement>('[tabindex="0"], button, input, textarea');
  (first ?? root)?.focus();
}

/** At the foot of a narrow screen. */
function AreaTabs({
  area,
  waiting,
  onArea,
}: {
  readonly area: Area;
  readonly waiting: number;
  onArea(area: Area): void;
}): ReactNode {
  const { t } = useIntl();
  return (
    <nav className="area-tabs" aria-label={t('nav.views')}>
      {AREAS.map((each) => (
        <button
          key={each}
          type="button"
          aria-current={each === area ? 'true' : undefined}
          onClick={() => onArea(each)}
        >
          {t(`area.${each}`)}
          {each === 'queue' && waiting > 0 ? <span className="count">{waiting}</span> : null}
        </button>
      ))}
    </nav>
  );
}
