import type { RecommendationView } from '@lamplight/contracts';
import {
  Button,
  type Incident,
  type Language,
  Notice,
  TextInput,
  UnitMarkIcon,
  unitMarkOf,
  unitViewOf,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { useDesk, useDeskEvent } from '../desk/desk.js';
import { type Action, useAction } from '../state/action.js';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import { priorityText } from '../state/wording.js';

/** How often the list is taken anew: while nobody has been sent, and after. */
const FRESH = 3000;
const RELAXED = 10_000;
/** A number pressed this soon after the order changed was meant for what stood there before. */
const GRACE = 700;

type Candidate = RecommendationView['candidates'][number];

export interface CandidatesProps {
  readonly incident: Incident;
  readonly activeCount: number;
  /** Some crew has already worked here and gone. */
  readonly relieved: boolean;
  readonly mayDispatch: boolean;
}

export function Candidates({ incident, activeCount, relieved, mayDispatch }: CandidatesProps): ReactNode {
  const intl = useIntl();
  const { t, problem, list, time } = intl;
  const { api } = useServer();
  const { selectUnit } = useDesk();
  const board = useWork();
  const located = incident.location?.position != null;
  const ready = incident.typeCode !== null && located;
  const { value, error } = usePolling(
    // A change of what is asked for, or of who is sent, is asked about at once.
    ready ? `${incident.id} ${incident.typeCode} ${incident.alarmLevel} ${activeCount}` : null,
    activeCount === 0 && !relieved ? FRESH : RELAXED,
    () => api.recommendation(incident.id),
  );
  const callSign = (id: string): string => board.units.get(id)?.callSign ?? id;
  const dispatch = useAction((key, unitIds: readonly string[], divert: boolean) =>
    api.dispatch(key, incident.id, unitIds, divert ? 'preempt' : 'refuse'),
  );
  const changed = useOrderChanged(value?.candidates ?? []);
  const [hint, setHint] = useState(false);
  const [unfolded, setUnfolded] = useState(false);

  const suggested = value?.candidates.filter((candidate) => candidate.suggested) ?? [];
  // Once units are on their way and nothing more is suggested, or some have done their part and gone, sending more
  // takes a deliberate step: a key pressed by habit must not call anyone back.
  const folded = value !== null && (relieved || (activeCount > 0 && suggested.length === 0));
  const keysRest = folded && !unfolded;
  const send = (candidates: readonly Candidate[]): void => {
    setHint(false);
    if (candidates.length === 0 || !mayDispatch) return;
    void dispatch.run(
      candidates.map(({ unitId }) => unitId),
      candidates.some(({ divertFrom }) => divertFrom !== null),
    );
  };
  useDeskEvent('dispatch', ({ rank }) => {
    if (keysRest) return;
    if (rank === null) send(suggested);
    else {
      const candidate = value?.candidates[rank - 1];
      if (!candidate) return;
      if (changed()) setHint(true);
      else send([candidate]);
    }
  });

  if (!ready) {
    return <Notice>{t(located ? 'recommendation.needsType' : 'recommendation.needsPlace')}</Notice>;
  }
  const dispatchButton =
    mayDispatch && suggested.length > 0 ? (
      <Button
        variant="primary"
        shortcut="D"
        className="dispatch-button"
        isDisabled={dispatch.pending}
        onPress={() => send(suggested)}
      >
        {dispatch.pending
          ? t('common.working')
          : t('recommendation.dispatchSuggested', {
              units: list(suggested.map(({ unitId }) => callSign(unitId))),
            })}
      </Button>
    ) : null;
  const choices =
    value === null ? (
      error === null ? (
        <p className="muted">{t('recommendation.waiting')}</p>
      ) : null
    ) : value.candidates.length === 0 ? (
      <p className="muted">{t('recommendation.nobody')}</p>
    ) : (
      <CandidateList
        candidates={value.candidates}
        callSign={callSign}
        mayDispatch={mayDispatch}
        pending={dispatch.pending}
        onSend={(candidate) => send([candidate])}
        onSelectUnit={selectUnit}
      />
    );
  return (
    <section className="candidates" aria-labelledby="candidates-title">
      <header className="panel-heading-row">
        <h3 id="candidates-title" className="panel-heading">
          {t('recommendation.title')}
        </h3>
        {value ? <span className="muted">{t('recommendation.asOf', { time: time(value.at) })}</span> : null}
      </header>
      {error === null ? null : (
        <Notice tone="warning">{t('common.loadFailed', { reason: problem(error, callSign) })}</Notice>
      )}
      {value && !relieved ? <RunCard requirements={value.requirements} /> : null}
      <Refusal action={dispatch} subject={callSign} />
      {hint ? <Notice tone="warning">{t('recommendation.justChanged')}</Notice> : null}
      {folded ? (
        <Disclosure className="disclosure" isExpanded={unfolded} onExpandedChange={setUnfolded}>
          <Heading>
            <AriaButton slot="trigger" className="disclosure-button">
              <span className="disclosure-caret" aria-hidden="true" />
              {t('recommendation.others', { count: value.candidates.length })}
            </AriaButton>
          </Heading>
          <DisclosurePanel className="candidates">
            {dispatchButton}
            {choices}
          </DisclosurePanel>
        </Disclosure>
      ) : (
        <>
          {dispatchButton}
          {choices}
        </>
      )}
      {value && value.excluded.length > 0 ? <Excluded excluded={value.excluded} callSign={callSign} /> : null}
    </section>
  );
}

/** Says, when asked, whether the list took a new order within the last moment. */
function useOrderChanged(candidates: readonly Candidate[]): () => boolean {
  const order = candidates.map(({ unitId }) => unitId).join(' ');
  const seen = useRef({ order, at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    if (seen.current.order === order) return;
    const first = seen.current.order === '';
    seen.current = { order, at: first ? Number.NEGATIVE_INFINITY : performance.now() };
  }, [order]);
  return () => performance.now() - seen.current.at < GRACE;
}

function Refusal({
  action,
  subject,
}: {
  readonly action: Pick<Action<readonly unknown[]>, 'error' | 'clear'>;
  subject(id: string): string;
}): ReactNode {
  const { t, problem } = useIntl();
  if (action.error === null) return null;
  return (
    <Notice
      tone="refusal"
      action={
        <Button size="small" variant="quiet" onPress={action.clear} aria-label={t('common.close')}>
          <span aria-hidden="true">✕</span>
        </Button>
      }
    >
      {problem(action.error, subject)}
    </Notice>
  );
}

/** How far the run card is filled, and in one sentence what it lacks. */
function RunCard({ requirements }: Pick<RecommendationView, 'requirements'>): ReactNode {
  const intl = useIntl();
  const { t, list } = intl;
  const catalogue = useCatalogue();
  const lacking = requirements.filter((each) => each.lacking > 0);
  return (
    <div className="run-card">
      <ul className="run-card-list" aria-label={t('recommendation.requires')}>
        {requirements.map(({ capability, required, assigned, suggested, lacking: missing }) => (
          <li key={capability} className={missing > 0 ? 'run-card-lacking' : ''}>
            {t('recommendation.tally', {
              capability: catalogue.capabilityName(capability, intl),
              have: assigned + suggested,
              required,
            })}
          </li>
        ))}
      </ul>
      {lacking.length > 0 ? (
        <p className="run-card-lacks">
          <span aria-hidden="true">⚠ </span>
          {t('recommendation.lacks', {
            what: list(
              lacking.map((each) =>
                t('recommendation.lackItem', {
                  count: each.lacking,
                  capability: catalogue.capabilityName(each.capability, intl),
                }),
              ),
            ),
          })}
        </p>
      ) : null}
    </div>
  );
}

/** More than this many candidates are a page to scroll, not a choice. */
const SHOWN = 9;

function CandidateList({
  candidates,
  callSign,
  mayDispatch,
  pending,
  onSend,
  onSelectUnit,
}: {
  readonly candidates: readonly Candidate[];
  readonly mayDispatch: boolean;
  readonly pending: boolean;
  callSign(id: string): string;
  onSend(candidate: Candidate): void;
  onSelectUnit(unitId: string): void;
}): ReactNode {
  const intl = useIntl();
  const { t, duration } = intl;
  const board = useWork();
  const catalogue = useCatalogue();
  const reasonsOf = (candidate: Candidate): string =>
    candidate.reasons
      .map((reason) => reasonText(reason, { intl, catalogue, callSign, numberOf: numberIn(board.incidents) }))
      .join(' · ');
  const ageOfPosition = ({ positionAge }: Candidate): string =>
    positionAge === null ? t('units.noPosition') : t('units.positionAge', { age: duration(positionAge) });
  return (
    <ol className="candidate-list">
      {candidates.slice(0, SHOWN).map((candidate, index) => {
        const unit = board.units.get(candidate.unitId);
        const eta = duration(candidate.eta);
        return (
          <li
            key={candidate.unitId}
            className={`candidate ${candidate.suggested ? 'candidate-suggested' : ''}`}
          >
            <span className="ll-key" aria-hidden="true">
              {index + 1}
            </span>
            <button type="button" className="candidate-main" onClick={() => onSelectUnit(candidate.unitId)}>
              <span className="candidate-name">
                {unit ? (
                  <UnitMarkIcon mark={unitMarkOf(unitViewOf(board, unit, catalogue.effectOf))} size={15} />
                ) : null}
                <strong>{callSign(candidate.unitId)}</strong>
                {candidate.suggested ? <span className="tag">{t('recommendation.suggested')}</span> : null}
              </span>
              <span className="candidate-why">
                {reasonsOf(candidate)} · <span className="candidate-age">{ageOfPosition(candidate)}</span>
              </span>
            </button>
            <span className="candidate-times">
              <strong>{eta}</strong>
              <span className="muted">{t('recommendation.mostly', { eta: duration(candidate.etaP90) })}</span>
            </span>
            {mayDispatch ? (
              <Button
                size="small"
                variant={candidate.divertFrom === null ? 'plain' : 'danger'}
                isDisabled={pending}
                aria-label={t('recommendation.dispatchOne', { callSign: callSign(candidate.unitId), eta })}
                onPress={() => onSend(candidate)}
              >
                {t(candidate.divertFrom === null ? 'recommendation.dispatch' : 'recommendation.preempt')}
              </Button>
            ) : null}
          </li>
        );
      })}
      {candidates.length > SHOWN ? (
        <li className="muted">{t('common.more', { count: candidates.length - SHOWN })}</li>
      ) : null}
    </ol>
  );
}

const numberIn =
  (incidents: ReadonlyMap<string, Incident>) =>
  (id: string): string =>
    incidents.get(id)?.number ?? id;

function reasonText(
  reason: Candidate['reasons'][number],
  {
    intl,
    catalogue,
    callSign,
    numberOf,
  }: {
    readonly intl: Language;
    readonly catalogue: CatalogueIndex;
    callSign(id: string): string;
    numberOf(id: string): string;
  },
): string {
  const { t, duration } = intl;
  switch (reason.code) {
    case 'behind':
      return t('rank.behind', { seconds: duration(reason.seconds), callSign: callSign(reason.unitId) });
    case 'diverted':
      return t('rank.diverted', {
        number: numberOf(reason.incidentId),
        priority: priorityText(reason.priority, intl),
      });
    case 'fills':
      return t('rank.fills', { capability: catalogue.capabilityName(reason.capability, intl) });
    case 'nearest':
    case 'delayed':
    case 'returning':
    case 'assumed-at-home':
    case 'reserve':
      return t(`rank.${reason.code}`);
  }
}

/** Units that were left out, by reason; a call sign answers "why not this one?". */
function Excluded({
  excluded,
  callSign,
}: {
  readonly excluded: RecommendationView['excluded'];
  callSign(id: string): string;
}): ReactNode {
  const { t, code, list } = useIntl();
  const [sought, setSought] = useState('');
  const wanted = sought.trim().toLowerCase();
  const byReason = new Map<string, string[]>();
  for (const { unitId, reason } of excluded) {
    const name = callSign(unitId);
    if (wanted !== '' && !name.toLowerCase().includes(wanted)) continue;
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  return (
    <Disclosure className="disclosure">
      <Heading>
        <AriaButton slot="trigger" className="disclosure-button">
          <span className="disclosure-caret" aria-hidden="true" />
          {t('recommendation.excluded', { count: excluded.length })}
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <TextInput
          label={t('recommendation.whyNot')}
          type="search"
          value={sought}
          placeholder={t('recommendation.whyNotHint')}
          onChange={setSought}
        />
        <dl className="excluded" aria-live="polite">
          {[...byReason].map(([reason, units]) => (
            <div key={reason}>
              <dt>
                {code('excluded', reason)} <span className="count">{units.length}</span>
              </dt>
              <dd className="muted">{list(units.slice(0, NAMED))}</dd>
              {units.length > NAMED ? (
                <dd className="muted">{t('common.more', { count: units.length - NAMED })}</dd>
              ) : null}
            </div>
          ))}
        </dl>
        {byReason.size === 0 ? <p className="muted">{t('recommendation.whyNotNone')}</p> : null}
      </DisclosurePanel>
    </Disclosure>
  );
}

/** So many call signs of one reason are named; typing finds the others. */
const NAMED = 40;
