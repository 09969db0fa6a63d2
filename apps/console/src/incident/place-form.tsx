import type { LonLat } from '@lamplight/base';
import { Button, type Incident, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useDesk, useDeskState, usePicking } from '../desk/desk.js';
import { PlaceField } from '../intake/place-field.js';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';
import { ChangedMeanwhile, useSeen } from './changed-meanwhile.js';
import { changeFacts } from './seen-facts.js';

/** What is to be sent: where, how it is known, and how the place is called. */
interface Chosen {
  readonly position: LonLat;
  readonly method: 'address' | 'map';
  readonly label: string | null;
}

/**
 * Another place for the incident: by its name, or by a press on the map, for which the form stands in the panel and not
 * over the page. What the caller said stays as it was said unless somebody writes it anew.
 */
export function PlaceForm({ incident, onDone }: { readonly incident: Incident; onDone(): void }): ReactNode {
  const intl = useIntl();
  const { t, problem, name } = intl;
  const { api } = useServer();
  const { reveal } = useDesk();
  const { view } = useDeskState();
  const seen = useSeen(incident);
  const input = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(incident.location?.words ?? '');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  useEffect(() => input.current?.focus(), []);
  usePicking('incident-place', true, (at) => {
    setChosen({ position: at, method: 'map', label: null });
    api.placeAt(at).then(
      ({ label }) => setChosen((now) => (now?.position === at ? { ...now, label: name(label) } : now)),
      // Nothing is near: degrees must do.
      () => undefined,
    );
  });
  const locate = useAction((key, place: Chosen | null, said: string, _version: number) =>
    changeFacts(api, seen.seen, key, (attempt, version) =>
      api.locate(
        attempt,
        incident.id,
        {
          position: place?.position ?? null,
          method: place?.method ?? 'words',
          words: said.trim() || null,
          label: place?.label ?? null,
        },
        version,
      ),
    ),
  );
  const save = async (): Promise<void> => {
    if (await locate.run(chosen, words, seen.seen.version)) onDone();
  };
  const degrees = chosen && `${chosen.position[1].toFixed(5)}, ${chosen.position[0].toFixed(5)}`;
  const nothing = chosen === null && (words.trim() === '' || words === (incident.location?.words ?? ''));
  const blocked = nothing || seen.changed || locate.pending;
  return (
    <section
      className="place-form"
      aria-label={t('place.title', { number: incident.number })}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <h3 className="panel-heading">{t('place.title', { number: incident.number })}</h3>
      <PlaceField
        words={words}
        inputRef={input}
        near={() => incident.location?.position ?? view?.centre ?? null}
        onWords={setWords}
        onLeave={() => {
          if (!blocked) void save();
        }}
        onChoose={({ position, label }) => {
          setChosen({ position, method: 'address', label: name(label) });
          reveal(position);
        }}
      />
      <p className="muted">
        {chosen === null ? t('place.pick') : t('place.chosen', { place: chosen.label ?? degrees ?? '' })}
      </p>
      <ChangedMeanwhile seen={seen} />
      {locate.error === null ? null : <Notice tone="refusal">{problem(locate.error)}</Notice>}
      <div className="ll-actions">
        <Button size="small" onPress={onDone}>
          {t('common.cancel')}
        </Button>
        {chosen === null && view ? (
          <Button
            size="small"
            onPress={() => setChosen({ position: view.centre, method: 'map', label: null })}
          >
            {t('intake.useCentre')}
          </Button>
        ) : null}
        <Button size="small" variant="primary" isDisabled={blocked} onPress={() => void save()}>
          {t('place.save')}
        </Button>
      </div>
    </section>
  );
}
