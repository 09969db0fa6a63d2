import { Button, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import { useWork } from '../state/live-board.js';
import { navigate, usePath } from '../state/router.js';
import { useServer } from '../state/server.js';
import { furthestStage, isStepDone, stepAfter, TARGETS, TOUR_STEPS, type TourStep } from './tour-steps.js';
import { beginTour, changeTour, useTour } from './tour-store.js';

/** Walks a newcomer through one call in the demo; a strip beside the work that covers nothing. */
export function Tour(): ReactNode {
  const { t } = useIntl();
  const { step, seen } = useTour();
  if (!useIsOffered()) return null;
  if (step !== null) return <Steps step={step} />;
  if (seen) return null;
  return (
    <aside className="tour" aria-label={t('tour.title')}>
      <p>
        <strong>{t('tour.offer')}</strong> {t('tour.offerText')}
      </p>
      <div className="ll-actions">
        <Button variant="quiet" size="small" onPress={() => changeTour({ seen: true })}>
          {t('tour.notNow')}
        </Button>
        <Button variant="primary" size="small" onPress={begin}>
          {t('tour.begin')}
        </Button>
      </div>
    </aside>
  );
}

/** Begins the tour again, from the menu. */
export function TourButton({ onBegin }: { onBegin(): void }): ReactNode {
  const { t } = useIntl();
  const { step, seen } = useTour();
  if (!useIsOffered() || step !== null || !seen) return null;
  return (
    <Button
      onPress={() => {
        onBegin();
        begin();
      }}
    >
      {t('tour.again')}
    </Button>
  );
}

function begin(): void {
  navigate('/');
  beginTour();
}

function useIsOffered(): boolean {
  const { info } = useServer();
  const { powers } = useDesk();
  return info.mode === 'demo' && powers.dispatch;
}

const LAST_OF_DRAFT = TOUR_STEPS.indexOf('open');

function Steps({ step }: { readonly step: TourStep }): ReactNode {
  const { t } = useIntl();
  const { draft, openIncident } = useDesk();
  const desk = useDeskState();
  const path = usePath();
  const { incidentId } = useTour();
  const { incidents, assignments } = useWork();

  // The draft names its incident before there is one: whichever door it is opened by, the tour follows it.
  const drafted = draft.draft?.incidentId ?? null;
  const drafting = TOUR_STEPS.indexOf(step) <= LAST_OF_DRAFT;
  const followed = (drafting ? drafted : null) ?? incidentId;
  const incident = followed === null ? null : (incidents.get(followed) ?? null);
  const orders = incident ? [...assignments.values()].filter((each) => each.incidentId === incident.id) : [];
  const done = isStepDone(step, { desk, draft: draft.draft, incident, assignments: orders });

  useEffect(() => {
    if (followed !== incidentId) changeTour({ incidentId: followed });
    if (done) changeTour({ step: stepAfter(step) });
  }, [step, done, followed, incidentId]);
  useMark(TARGETS[step]);

  const stage = furthestStage(orders);
  const elsewhere = incident !== null && step !== 'end' && (path !== '/' || desk.incidentId !== incident.id);
  return (
    <aside className="tour" aria-label={t('tour.title')} data-step={step}>
      <p className="tour-place muted">
        {t('tour.progress', { place: TOUR_STEPS.indexOf(step) + 1, count: TOUR_STEPS.length })}
      </p>
      <p role="status">
        <strong>{t(`tour.${step}`)}</strong> {t(`tour.${step}.text`)}
        {step === 'follow' && stage !== null ? (
          <span className="muted"> {t('tour.stage', { stage: t(`stage.${stage}`) })}</span>
        ) : null}
      </p>
      <div className="ll-actions">
        {elsewhere ? (
          <Button
            size="small"
            onPress={() => {
              navigate('/');
              openIncident(incident.id);
            }}
          >
            {t('tour.back')}
          </Button>
        ) : null}
        {step === 'end' ? null : (
          <Button size="small" variant="quiet" onPress={() => changeTour({ step: null })}>
            {t('tour.leave')}
          </Button>
        )}
        {step === 'welcome' ? (
          <Button size="small" variant="primary" onPress={() => changeTour({ step: 'call' })}>
            {t('tour.go')}
          </Button>
        ) : null}
        {step === 'end' ? (
          <Button size="small" variant="primary" onPress={() => changeTour({ step: null })}>
            {t('tour.finish')}
          </Button>
        ) : null}
      </div>
    </aside>
  );
}

/** Outlines what a step points at; it comes and goes with the work. */
function useMark(selector: string | null): void {
  useEffect(() => {
    if (selector === null) return;
    const clear = (): void => {
      for (const old of document.querySelectorAll('.tour-target')) old.classList.remove('tour-target');
    };
    const mark = (): void => {
      const target = document.querySelector(selector);
      if (target?.classList.contains('tour-target')) return;
      clear();
      target?.classList.add('tour-target');
    };
    mark();
    const timer = setInterval(mark, 500);
    return () => {
      clearInterval(timer);
      clear();
    };
  }, [selector]);
}
